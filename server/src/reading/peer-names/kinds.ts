/** What is known of a value on its way from the peer's certificate to the text of a name in it, and how methods lead from one to the next. */
import {
  CERTIFICATE_READERS,
  FROM_CERTIFICATE,
  FROM_NAME,
  NAME_VARIANTS,
  NAME_VERDICTS,
  type NameStep,
  TEXT_VARIANTS,
} from "../../models/certificate-names.ts";
import type { Definition } from "../../rust/index.ts";
import type { Place } from "../../tls/facts.ts";
import type { Answer } from "./answers.ts";

/**
 * `made`: what a constructor made of a name (`Id::parse(name)`). `record`: a value of one of the program's own types that such a value
 * was put into. `many`: a list or iterator of it. `cut`: only the beginning of a text. `source`: where the connection or the verifier
 * gave the certificate.
 */
export type Kind =
  | Answer
  | { readonly is: "certificate" | "name" | "made"; readonly many: boolean; readonly source: Place }
  | { readonly is: "text"; readonly many: boolean; readonly source: Place; readonly cut?: true }
  | { readonly is: "record"; readonly type: Definition };

const lastName = (path: string): string => path.split(/::|\./).at(-1) ?? path;
const bySegment = (steps: Readonly<Record<string, NameStep>>): ReadonlyMap<string, NameStep> =>
  new Map(Object.entries(steps).map(([path, step]) => [lastName(path), step]));

const STEPS = {
  certificate: bySegment(FROM_CERTIFICATE),
  name: bySegment(FROM_NAME),
  text: new Map<string, NameStep>(),
  made: new Map<string, NameStep>(),
};
const READERS: ReadonlySet<string> = new Set(CERTIFICATE_READERS.map(lastName));
const TEXTS: ReadonlySet<string> = new Set(TEXT_VARIANTS.map(lastName));
const VERDICTS: ReadonlySet<string> = new Set(NAME_VERDICTS.map(lastName));
const NAMES: ReadonlySet<string> = new Set(NAME_VARIANTS.map(lastName));

/** Without one of these words there is no name to compare. */
export const NAME_WORDS: readonly string[] = [...STEPS.certificate.keys(), ...STEPS.name.keys(), ...TEXTS, ...VERDICTS].filter(
  (it) => it !== "value" && it !== "to_string" && it !== "as_str",
);

/** Options, results, copies and views of the same. */
const SAME: ReadonlySet<string> = new Set([
  "unwrap",
  "unwrap_or",
  "unwrap_or_default",
  "unwrap_or_else",
  "expect",
  "ok",
  "ok_or",
  "ok_or_else",
  "map_err",
  "or",
  "or_else",
  "context",
  "with_context",
  "transpose",
  "flatten",
  "as_ref",
  "as_deref",
  "as_slice",
  "to_vec",
  "to_der",
  "clone",
  "cloned",
  "copied",
  "to_owned",
  "into_owned",
  "into",
  "into_inner",
  "borrow",
  "deref",
  "inspect",
  "filter",
  "rev",
  "skip",
  "take",
  "chain",
  "peekable",
  "by_ref",
]);
const TO_MANY: ReadonlySet<string> = new Set(["iter", "into_iter"]);
const TO_ONE: ReadonlySet<string> = new Set(["next", "next_back", "first", "last", "get", "nth", "pop", "find", "max", "min"]);

/** A text that is still the name, however it is written or trimmed. */
const SAME_TEXT: ReadonlySet<string> = new Set([
  "to_string",
  "as_str",
  "as_bytes",
  "to_lowercase",
  "to_ascii_lowercase",
  "to_uppercase",
  "to_ascii_uppercase",
  "trim",
  "trim_start",
  "trim_end",
  "trim_matches",
  "trim_start_matches",
  "trim_end_matches",
  "strip_prefix",
  "strip_suffix",
  "replace",
]);
const PIECES: ReadonlySet<string> = new Set(["split", "rsplit", "splitn", "split_whitespace", "split_terminator", "lines"]);
const PAIR: ReadonlySet<string> = new Set(["split_once", "rsplit_once", "split_at"]);

/** What a method (or field) gives; undefined: nothing of the name. */
export function step(kind: Kind, name: string): Kind | undefined {
  if (isAnswer(kind)) return undefined;
  if (kind.is === "record") return SAME.has(name) || TO_ONE.has(name) || TO_MANY.has(name) || name === "collect" ? kind : undefined;
  if (kind.is === "text" && !kind.many) {
    if (PARSING.has(name)) return { is: "made", many: false, source: kind.source };
    if (SAME_TEXT.has(name)) return kind;
    if (PIECES.has(name)) return { ...kind, many: true };
    if (PAIR.has(name)) return kind;
  }
  if (kind.is === "certificate" && VERDICTS.has(name)) return { is: "verdict" };
  const found = STEPS[kind.is].get(name);
  if (found !== undefined) return { is: found.gives, many: found.many === true, source: kind.source };
  if (SAME.has(name) || name === "collect") return kind;
  if (TO_MANY.has(name)) return { ...kind, many: true };
  if (TO_ONE.has(name)) return one(kind);
  return kind.is === "text" && (name === "join" || name === "concat") ? one(kind) : undefined;
}

export const isAnswer = (kind: Kind | undefined): kind is Answer => kind?.is === "answer" || kind?.is === "verdict";
/** The peer's certificate, or something of it, as such. */
export const isOfPeer = (kind: Kind | undefined): kind is Exclude<Kind, Answer | { readonly is: "record" }> =>
  kind !== undefined && !isAnswer(kind) && kind.is !== "record";

export const one = (kind: Kind): Kind => (isOfPeer(kind) && kind.many ? { ...kind, many: false } : kind);
export const listed = (kind: Kind): Kind => (isOfPeer(kind) && !kind.many ? { ...kind, many: true } : kind);

const PARSING: ReadonlySet<string> = new Set(["parse", "try_into"]);
const MAKING = /^(?:parse|from|try_from|try_new)(?:_|$)/;

/** Constructors and conversions that give what they are given. */
const HOLDERS: ReadonlySet<string> = new Set(["Some", "Ok", "from", "new", "from_utf8", "from_utf8_lossy"]);

/** What a function that is not of the program makes of such a value. */
export function called(kind: Kind, segments: readonly string[]): Kind | undefined {
  const name = segments.at(-1) ?? "";
  if (kind.is === "certificate" && READERS.has(name)) return one(kind);
  if (kind.is === "certificate" && VERDICTS.has(name)) return { is: "verdict" };
  if (HOLDERS.has(name)) return kind;
  const makes = MAKING.test(name) && /^[A-Z]/.test(segments.at(-2) ?? "");
  return makes && (kind.is === "text" || kind.is === "name") ? { is: "made", many: kind.many, source: kind.source } : undefined;
}

/** What the pattern `name(…)` finds in such a value. */
export function inside(kind: Kind, name: string): Kind | undefined {
  if (isAnswer(kind)) return undefined;
  if (name === "Some" || name === "Ok") return kind;
  if (kind.is !== "name") return undefined;
  if (TEXTS.has(name)) return { is: "text", many: false, source: kind.source };
  return NAMES.has(name) ? one(kind) : undefined;
}
