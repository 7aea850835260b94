/** Inlay hints: beside a path that names a certificate file, when that ends and how much is wrong with it. */
import { type InlayHint, type InlayHintParams, InlayHintRequest } from "vscode-languageserver";
import { aboutDocument } from "./about-document.ts";
import { property } from "./client-abilities.ts";
import { rangeOf } from "./positions.ts";
import type { Session } from "./session.ts";

const WISHES = ["off", "problems", "always"] as const;

/** Of the editor's settings: what is not one of the words is the default. */
export const hintsWished = (settings: unknown): (typeof WISHES)[number] =>
  WISHES.find((it) => it === property(settings, "inlay-hints")) ?? "problems";

/** `changed`: a certificate file, or the setting. */
export function offerHints(session: Session): { changed(): void } {
  const { abilities, connection, documents, runSafe, service } = session;
  connection.onRequest(
    InlayHintRequest.type,
    aboutDocument<InlayHintParams, InlayHint[]>(session, "textDocument/inlayHint", async ({ path, lines }, { range }, signal) => {
      const wish = session.hints();
      if (wish === "off") return [];
      const within = { start: lines.offset(range.start, abilities.unit), end: lines.offset(range.end, abilities.unit) };
      const hints = await service.navigation.hints(path, wish, within, signal);
      return hints.map(({ span, target, label, tooltip }) => ({
        position: rangeOf(lines, span, abilities.unit).end,
        label: [{ value: label, tooltip, location: { uri: documents.uri(target), range: TOP } }],
        paddingLeft: true,
      }));
    }),
  );
  return {
    changed() {
      if (abilities.refreshHints) runSafe.task("workspace/inlayHint/refresh", () => connection.languages.inlayHint.refresh());
    },
  };
}

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
