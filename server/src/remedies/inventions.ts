/** Names that a fix has invented for files that the workspace lacks. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Lacking, SpelledFix, Surroundings } from "./spelled-fix.ts";
import { PLACEHOLDERS, unknownList } from "./template.ts";

/** Where the names that stand for unknown files lie in the edited text, without their quotes, and what they stand for. */
export function inventionsIn(edits: readonly TextEdit[], surroundings: Surroundings): Pick<SpelledFix, "placeholders" | "lacks"> {
  const names: readonly (readonly [string, Lacking])[] = [
    ...(surroundings.clientCa === undefined ? [[PLACEHOLDERS.ca, "client-ca"] as const] : []),
    ...(["server", "client"] as const).flatMap((role) => {
      const name = unknownList(surroundings, role);
      const known = (surroundings.lists ?? []).includes(name) || surroundings.crlOf?.([], role) === name;
      return known ? [] : [[name, role === "server" ? "crl" : "server-crl"] as const];
    }),
    ...(surroundings.serverCa === undefined ? [[PLACEHOLDERS["server-ca"], "server-ca"] as const] : []),
    [PLACEHOLDERS.chain, "own-chain"],
    [PLACEHOLDERS.key, "own-key"],
  ];
  const found: Span[] = [];
  const lacks = new Map<string, Lacking>();
  let shift = 0;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)) {
    for (const [name, kind] of names) {
      for (const match of edit.text.matchAll(new RegExp(`"${name.replaceAll(".", "\\.")}"`, "g"))) {
        const start = edit.span.start + shift + match.index + 1;
        found.push({ start, end: start + name.length });
        lacks.set(name, kind);
      }
    }
    shift += edit.text.length - (edit.span.end - edit.span.start);
  }
  return { placeholders: found.sort((a, b) => a.start - b.start), lacks: [...lacks].map(([name, of]) => ({ of, name })) };
}
