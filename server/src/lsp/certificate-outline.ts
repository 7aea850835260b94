/** Outline, lenses and selections of certificate files: their objects, and the fields in them. */
import {
  type CodeLens,
  type CodeLensParams,
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SelectionRange,
  type SelectionRangeParams,
  SymbolKind,
} from "vscode-languageserver";
import type { OutlineEntry } from "../service/api.ts";
import { aboutDocument } from "./about-document.ts";
import { property } from "./client-abilities.ts";
import type { OpenDocument } from "./documents.ts";
import { rangeOf } from "./positions.ts";
import { locationsOf, type Session } from "./session.ts";

const SYMBOLS = {
  certificate: SymbolKind.Class,
  "revocation-list": SymbolKind.Array,
  request: SymbolKind.Interface,
  "private-key": SymbolKind.Key,
  "public-key": SymbolKind.Key,
  "key-store": SymbolKind.Package,
  other: SymbolKind.Object,
} as const satisfies Record<OutlineEntry["kind"], SymbolKind>;

/** Fields of five thousand objects are 12 MB, which editors read in one go, again after each key: of so many objects the names are enough. */
const MOST_WITH_FIELDS = 500;

export function offerOutline(session: Session): void {
  const { abilities, connection, service } = session;
  connection.onDocumentSymbol(
    aboutDocument<DocumentSymbolParams, DocumentSymbol[]>(session, "textDocument/documentSymbol", async (document) => {
      const entries = await service.navigation.outline(document.path);
      const withFields = entries.length <= MOST_WITH_FIELDS;
      return entries.map((it) => symbolOf(withFields ? it : { ...it, fields: [] }, document, abilities.unit));
    }),
  );
  connection.onSelectionRanges(
    aboutDocument<SelectionRangeParams, SelectionRange[]>(
      session,
      "textDocument/selectionRange",
      async ({ path, lines, text }, { positions }) =>
        Promise.all(
          positions.map(async (position) => {
            const spans = await service.navigation.around(path, lines.offset(position, abilities.unit));
            const ranges = [...spans, { start: 0, end: text.length }].map((it) => rangeOf(lines, it, abilities.unit));
            return (
              ranges.reduceRight<SelectionRange | undefined>((parent, range) => ({ range, ...(parent && { parent }) }), undefined) ?? {
                range: { start: position, end: position },
              }
            );
          }),
        ),
    ),
  );
}

function symbolOf(
  { kind, name, title, validity, span, heading, fields }: OutlineEntry,
  { lines }: OpenDocument,
  unit: Session["abilities"]["unit"],
): DocumentSymbol {
  const range = rangeOf(lines, span, unit);
  return {
    name,
    detail: [...(name === title ? [] : [title]), ...(validity === "" ? [] : [validity])].join(" · "),
    kind: SYMBOLS[kind],
    range,
    selectionRange: rangeOf(lines, heading, unit),
    children: fields.map((field) => {
      const at = rangeOf(lines, field.span, unit);
      return { name: field.name, kind: SymbolKind.Field, range: at, selectionRange: at };
    }),
  };
}

/** Above each object what people ask first, and who takes it in: that takes an analysis, and is found out for lenses in view. */
export function offerLenses(session: Session): void {
  const { abilities, connection, documents, reports, runSafe, service } = session;
  connection.onCodeLens(
    aboutDocument<CodeLensParams, CodeLens[]>(session, "textDocument/codeLens", async ({ uri, path, lines }) =>
      (await service.navigation.outline(path)).map(({ caption, validity, heading }) => ({
        range: rangeOf(lines, heading, abilities.unit),
        data: { uri, at: heading.start, text: [caption, validity].filter((it) => it !== "").join(" · ") },
      })),
    ),
  );
  connection.onCodeLensResolve(
    runSafe.request<CodeLens, CodeLens>(
      "codeLens/resolve",
      async (lens, signal) => {
        await reports.ready();
        const [uri, text, at] = [property(lens.data, "uri"), property(lens.data, "text"), property(lens.data, "at")];
        if (typeof uri !== "string" || typeof text !== "string" || typeof at !== "number") return lens;
        const places = await service.navigation.uses(documents.path(uri), at, signal);
        // Others may read it by a path that nobody wrote.
        if (places.length === 0) return { ...lens, command: { title: text, command: "" } };
        const title = `${text} · read in ${places.length} ${places.length === 1 ? "place" : "places"}`;
        const show = abilities.referencesCommand;
        const shown = show === undefined ? [] : [uri, lens.range.start, await locationsOf(session, places)];
        return { ...lens, command: { title, command: show ?? "", arguments: shown } };
      },
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } },
    ),
  );
}
