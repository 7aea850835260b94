/** Files of directives that lie in one manifest: those of one map take in each other by their names. */
import { nameOf } from "../../base/path.ts";
import type { EmbeddedFile } from "../kubernetes/config-maps.ts";
import type { EdgeGap } from "../sources.ts";
import type { Beginning, DirectiveConfiguration, DirectiveReading } from "./files.ts";
import { placeOf, writtenIn } from "./places.ts";
import type { Dialect, Directive, DirectiveText } from "./tree.ts";

export function readEmbedded(
  files: readonly EmbeddedFile<unknown>[],
  dialect: Dialect,
  configurationOf: (beginning: Beginning) => DirectiveConfiguration,
): DirectiveReading {
  const read = files.map((it) => ({ ...it, read: dialect.read(it.text, it.path) }));
  const gaps: EdgeGap[] = read.flatMap(({ path, read: { problems } }) =>
    problems.slice(0, 1).map(({ span, what }) => ({
      file: path,
      kind: "failed",
      reason: `${what}: ${dialect.product} refuses the file; the rest was read`,
      span,
    })),
  );
  const included = new Set<DirectiveText>();
  const taken = new Map<Directive, readonly DirectiveText[]>();
  for (const { read: text, map, path } of read)
    for (const { directive } of dialect.includesOf(text, path)) {
      const pattern = nameOf(directive.words[0]?.value ?? "");
      const found = read.filter((it) => it.map === map && it.read !== text && matches(pattern, it.name)).map((it) => it.read);
      for (const it of found) included.add(it);
      if (found.length > 0) taken.set(directive, found);
    }
  const missed = new Set<Directive>();
  const configurations = read
    .filter((it) => !included.has(it.read))
    .map(({ read: text, path, whole }) => {
      const texts = new Map([[path, whole]]);
      const includes = (directive: Directive): readonly DirectiveText[] | undefined => {
        if (dialect.isDistributed(directive)) return [];
        const found = taken.get(directive);
        if (found === undefined && !missed.has(directive)) {
          missed.add(directive);
          const reason = `\`${writtenIn(directive, texts)}\`: there is no such file beside it`;
          gaps.push({ ...placeOf(directive), kind: "out of reach", reason });
        }
        return found;
      };
      return configurationOf({ text, includes, texts });
    });
  return { configurations, gaps };
}

/** With one `*` at most, as configurations have it: `*.conf`. */
function matches(pattern: string, name: string): boolean {
  const star = pattern.indexOf("*");
  return star < 0 ? pattern === name : name.startsWith(pattern.slice(0, star)) && name.endsWith(pattern.slice(star + 1));
}
