/** Completion in files of settings: keys, rules and values. What Rust code has to offer is the business of its own server. */
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionOptions,
  type CompletionParams,
  CompletionRequest,
  MarkupKind,
} from "vscode-languageserver";
import type { SettingCompletion } from "../service/api.ts";
import { aboutDocument } from "./about-document.ts";
import { rangeOf } from "./positions.ts";
import type { Session } from "./session.ts";

const KINDS: Readonly<Record<SettingCompletion["kind"], CompletionItemKind>> = {
  setting: CompletionItemKind.Property,
  rule: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
};

/** A quote or the space behind `=` asks for values. */
const TRIGGERS = [" ", '"', "'"];
const FILES = ["**/tlslint.toml", "**/Cargo.toml"];

/** Where the client cannot be told of which files: in code nobody wants to be asked at each space. */
export const COMPLETION: CompletionOptions = {};

export function offerCompletion(session: Session): void {
  const { abilities, connection, service } = session;
  connection.onCompletion(
    aboutDocument<CompletionParams, CompletionItem[]>(session, "textDocument/completion", async ({ path, lines }, { position }) => {
      const found = await service.settingCompletions(path, lines.offset(position, abilities.unit));
      return found.map(({ kind, label, insert, markdown, place }) => ({
        label,
        kind: KINDS[kind],
        documentation: { kind: MarkupKind.Markdown, value: markdown },
        // An editor compares what is written with the text that it would replace, quotes included.
        filterText: kind === "value" ? insert : label,
        textEdit: { range: rangeOf(lines, place, abilities.unit), newText: insert },
      }));
    }),
  );
}

/** To be called when the client has said "initialized". */
export function registerCompletion({ abilities, connection, runSafe }: Session): void {
  if (!abilities.registerCompletion) return;
  runSafe.task("client/registerCapability", async () => {
    const documentSelector = FILES.map((pattern) => ({ pattern }));
    await connection.client.register(CompletionRequest.type, { documentSelector, triggerCharacters: TRIGGERS });
  });
}
