/** Functions that attributes name, in strings or as they stand: `#[serde(default = "path")]`, `#[arg(value_parser = parse)]`. */
import { type Span, span } from "../../base/span.ts";
import { partnersOf } from "../items/brackets.ts";
import { attributeOf } from "../lower/attribute.ts";
import { stringOf } from "../lower/literals.ts";
import { type Declared, plain } from "../names/index.ts";
import { lex } from "../syntax/lexer.ts";
import * as token from "../syntax/tokens.ts";

export interface NamedPath {
  readonly segments: readonly string[];
  readonly span: Span;
}

/** At an item and at its fields; the attributes of other items that it holds are theirs. */
export function pathsInAttributes({ fragment, start, end, kind, tree }: Declared): readonly NamedPath[] {
  const hasFields = kind === "struct" || kind === "enum" || kind === "union";
  if (!hasFields && tree.attributes.length === 0) return [];
  const text = fragment.text.slice(start - fragment.shift, end - fragment.shift);
  if (!text.includes("#")) return [];
  const tokens = lex(text);
  const partners = partnersOf(tokens);
  const found: NamedPath[] = [];
  for (let at = 0; at < tokens.count; at++) {
    if (tokens.kinds[at] === token.HASH && tokens.kinds[at + 1] === token.LEFT_BRACKET) {
      const close = partners[at + 1] ?? at + 1;
      found.push(...pathsBetween(tokens, at + 2, close, start));
      at = close;
    } else if (!hasFields) break;
  }
  return found;
}

/** What strings hold, and what stands behind `=`. */
function pathsBetween({ kinds, starts, ends, text }: token.Tokens, from: number, to: number, shift: number): readonly NamedPath[] {
  const found: NamedPath[] = [];
  const add = (first: number, last: number, written: string): void => {
    const segments = written.split("::").map((it) => plain(it.trim()));
    if (segments.every(isName)) found.push({ segments, span: span((starts[first] ?? 0) + shift, (ends[last] ?? 0) + shift) });
  };
  for (let at = from; at < to; at++) {
    const kind = kinds[at] ?? token.END;
    if (kind === token.STRING) add(at, at, stringOf(text.slice(starts[at] ?? 0, ends[at] ?? 0), 0).value);
    else if (kind >= token.NAME && kind <= token.LAST_SEGMENT && kinds[at - 1] === token.EQUALS) {
      const first = at;
      while (kinds[at + 1] === token.PATH_SEPARATOR && at + 2 < to) at += 2;
      add(first, at, text.slice(starts[first] ?? 0, ends[at] ?? 0));
    }
  }
  return found;
}

const isName = (text: string): boolean => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(text);

/** Attributes of the language and of the tools around it: none of them calls what it stands at. */
const INERT: ReadonlySet<string> = new Set([
  ...["allow", "automatically_derived", "cfg", "cfg_attr", "cold", "deny", "deprecated", "derive", "doc", "expect", "forbid", "ignore"],
  ...["inline", "instrument", "link_name", "must_use", "non_exhaustive", "repr", "should_panic", "target_feature", "track_caller", "warn"],
  ...["rustfmt", "clippy", "tracing", "serde", "async_trait", "diagnostic", "macro_use", "path", "global_allocator", "link_section"],
]);

/** `#[get("/")]`, `#[tokio::main]`, `#[test]`, `#[no_mangle]`, `#[pymethods] impl`: somebody calls it whom nobody sees. */
export const isHandler = ({ tree, holder }: Declared): boolean =>
  (holder?.kind === "impl" && isHandler(holder)) ||
  tree.attributes.some((it) => {
    const [name = ""] = attributeOf(it).path.split("::", 1);
    return name !== "" && !INERT.has(name);
  });
