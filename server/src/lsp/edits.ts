/** Fixes as workspace edits: versioned, confirmed and with placeholders as far as the client goes along. */
import {
  type AnnotatedTextEdit,
  type ChangeAnnotation,
  CreateFile,
  type Range,
  type SnippetTextEdit,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { LineIndex } from "../base/line-index.ts";
import { applyEdits, type TextEdit as Edit } from "../base/text-edit.ts";
import type { Fix } from "../service/api.ts";
import { rangeOf } from "./positions.ts";
import { lineReader, type Session } from "./session.ts";
import { snippetsOf } from "./snippets.ts";

/** Name of the one annotation that an edit of ours may have. */
const CONFIRM = "confirm";

/** `path`: the document in front of the user. */
export async function workspaceEdit(session: Session, path: string, fix: Fix): Promise<WorkspaceEdit> {
  const { abilities, documents } = session;
  const read = lineReader(session);
  const changes = await Promise.all(
    fix.edits.map(async ({ file, edits }) => {
      const lines = await read(file);
      const isThere = (await session.service.text(file)) !== undefined;
      return {
        file,
        isThere,
        edits,
        convert: ({ span, text }: Edit): TextEdit => ({ range: rangeOf(lines, span, abilities.unit), newText: text }),
      };
    }),
  );
  if (!abilities.versionedEdits) {
    return { changes: Object.fromEntries(changes.map(({ file, edits, convert }) => [documents.uri(file), edits.map(convert)])) };
  }
  const confirm = isConfirmed(session, path, fix);
  const annotated = <E extends TextEdit | SnippetTextEdit>(edit: E): E | AnnotatedTextEdit =>
    confirm ? { ...edit, annotationId: CONFIRM } : edit;
  const snippets = abilities.snippetEdits && abilities.selectCommand === undefined;
  return {
    documentChanges: changes.flatMap(({ file, edits, convert, isThere }, index): (CreateFile | TextDocumentEdit)[] => {
      const uri = documents.uri(file);
      const converted = snippets && index === 0 ? snippetsOf(edits, fix.placeholders, convert) : edits.map(convert);
      return [
        ...(isThere ? [] : [CreateFile.create(uri, { ignoreIfExists: true })]),
        { textDocument: { uri, version: documents.at(file)?.version ?? null }, edits: converted.map(annotated) },
      ];
    }),
    ...(confirm && { changeAnnotations: { [CONFIRM]: annotation(fix) } }),
  };
}

/** Whether the client will show the change, with the fix's notes, and ask before it is made. */
export function isConfirmed({ abilities }: Session, path: string, { applicability, edits }: Fix): boolean {
  if (applicability === "safe" || !abilities.confirmChanges || !abilities.versionedEdits) return false;
  return !abilities.confirmElsewhereOnly || edits.some(({ file }) => file !== path);
}

/** Ranges of the placeholders in the first file as it will be. */
export async function placeholderRanges(
  session: Session,
  fix: Fix,
): Promise<{ readonly uri: string; readonly ranges: Range[] } | undefined> {
  const [first] = fix.edits;
  if (!first || fix.placeholders.length === 0) return undefined;
  const { abilities, documents, service } = session;
  const text = documents.at(first.file)?.text ?? (await service.text(first.file)) ?? "";
  const lines = new LineIndex(applyEdits(text, first.edits));
  return { uri: documents.uri(first.file), ranges: fix.placeholders.map((it) => rangeOf(lines, it, abilities.unit)) };
}

const annotation = ({ title, notes }: Fix): ChangeAnnotation => ({
  label: title,
  needsConfirmation: true,
  ...(notes.length > 0 && { description: notes.join("\n") }),
});
