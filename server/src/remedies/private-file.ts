/** A file that is created for its owner alone: the options that say so in place of a call that asks for the usual permissions. */
import { err, ok, type Result } from "../base/result.ts";
import { type Span, sameSpan } from "../base/span.ts";
import type { FileEdits, TextEdit } from "../base/text-edit.ts";
import { CONTEXT_TYPES } from "../models/error-context.ts";
import type { Expression, ExpressionOf, Type } from "../rust/index.ts";
import { handlingAt, trySuffix } from "./fallible.ts";
import { freeName } from "./free-name.ts";
import type { Ground } from "./ground.ts";
import { type Imports, importsAt } from "./imports.ts";
import { enclosingFunction } from "./inventory.ts";
import { means } from "./meaning.ts";
import { hostOf, placeStatements } from "./statements.ts";
import type { Ancestor } from "./trail.ts";

export const CLOSED = "Create the file with mode 0600 (on Unix)";

/** What is opened, by which options, and which trait gives these their mode: tokio's have it themselves. */
interface Opening {
  readonly options: string;
  readonly trait?: string;
}
const STANDARD: Opening = { options: "std::fs::OpenOptions", trait: "std::os::unix::fs::OpenOptionsExt" };
const WRITES = "std::fs::write";
const CREATES: ReadonlyMap<string, Opening> = new Map([
  ["std::fs::File::create", STANDARD],
  ["tokio::fs::File::create", { options: "tokio::fs::OpenOptions" }],
]);
const OPTIONS: ReadonlyMap<string, Opening> = new Map(
  [STANDARD, ...CREATES.values()].map((it): [string, Opening] => [`${it.options}::new`, it]),
);

/** `place`: the name of the call by which the file is made. */
export function closedToOthers(
  file: string,
  place: Span,
  trail: readonly Ancestor[],
  ground: Ground,
): Result<readonly FileEdits[], string> {
  const imports = importsAt(ground, enclosingFunction(trail));
  const call = trail.findLast((it) => it.of === "expression" && isCalledAt(it.node, place));
  if (call?.of !== "expression") return err(BY_HAND);
  const around = trail.slice(0, trail.indexOf(call) + 1);
  const edits = editsOf(call.node, around, ground, imports);
  return edits.ok ? ok([{ file, edits: [...edits.value, ...imports.edits()] }]) : edits;
}
const BY_HAND = "the file is not made by a call whose place for a mode is known: create it with `OpenOptions` and `mode(0o600)`";

const isCalledAt = (it: Expression, place: Span): boolean =>
  (it.kind === "call" && sameSpan(it.callee.span, place)) || (it.kind === "method" && sameSpan(it.nameSpan, place));

function editsOf(it: Expression, trail: readonly Ancestor[], ground: Ground, imports: Imports): Result<readonly TextEdit[], string> {
  if (it.kind === "method") return withMode(it, ground, imports);
  if (it.kind !== "call" || it.callee.kind !== "path") return err(BY_HAND);
  const path = means(it.callee.path.segments, ground) ?? "";
  const opening = CREATES.get(path);
  const [name, content] = it.arguments;
  if (opening !== undefined && name !== undefined) return ok([{ span: it.span, text: opened(name, opening, ground, imports) }]);
  return path === WRITES && name !== undefined && content !== undefined ? written(it, name, content, trail, ground, imports) : err(BY_HAND);
}

/** All that these calls ask for, and who may read it. */
function opened(name: Expression, { options, trait }: Opening, { source }: Ground, imports: Imports): string {
  if (trait !== undefined) imports.need(trait);
  return `${imports.spell(options)}::new().write(true).create(true).truncate(true).mode(0o600).open(${textIn(name.span, source)})`;
}

const textIn = ({ start, end }: Span, { text }: Ground["source"]): string => text.slice(start, end);

/** The file is opened before what writes it, and what follows the call stays. */
function written(
  call: ExpressionOf<"call">,
  name: Expression,
  content: Expression,
  trail: readonly Ancestor[],
  ground: Ground,
  imports: Imports,
): Result<readonly TextEdit[], string> {
  const { source } = ground;
  const host = hostOf(trail);
  if (!host.ok) return host;
  const here = enclosingFunction(trail);
  const file = freeName("file", { source, ...(here === undefined ? {} : { function: here }) }, [], []);
  const suffix =
    settled(call, trail.slice(0, -1), source) ??
    trySuffix(handlingAt(trail, ground), "the file could not be created", "std::io::Error", (path) => imports.written(path));
  imports.need("std::io::Write");
  const before = `let mut ${file} = ${opened(name, STANDARD, ground, imports)}${suffix};`;
  const placed = placeStatements(host.value, before, undefined, source);
  if (!placed.ok) return placed;
  const bytes = bytesOf(content, here?.parameters ?? [], source);
  return ok([...placed.value, { span: call.span, text: `${file}.write_all(${bytes})` }]);
}

/** What is done with the failure of a call, up to the end of it: `.context("…")?`, `.unwrap()`. `outer`: what stands around it. */
function settled(call: Expression, outer: readonly Ancestor[], source: Ground["source"]): string | undefined {
  let whole = call;
  for (const { of, node } of outer.toReversed()) {
    if (of !== "expression") break;
    if (node.kind === "method" && node.receiver === whole && (isContext(node.name) || ENDS.has(node.name))) whole = node;
    else if (node.kind === "try" && node.operand === whole) whole = node;
    else break;
  }
  const isSettled = whole.kind === "try" || (whole.kind === "method" && ENDS.has(whole.name));
  return isSettled ? textIn({ start: call.span.end, end: whole.span.end }, source) : undefined;
}
const ENDS: ReadonlySet<string> = new Set(["unwrap", "expect"]);
const isContext = (name: string): boolean => name === "map_err" || Object.hasOwn(CONTEXT_TYPES["{explained}"] ?? {}, name);

/** What is given as anything that has bytes, as these. */
function bytesOf(
  it: Expression,
  parameters: readonly { readonly pattern: { readonly kind: string }; readonly type?: Type }[],
  source: Ground["source"],
): string {
  const whole = textIn(it.span, source);
  if (it.kind === "reference") return bytesOf(it.operand, parameters, source);
  if (it.kind === "method" && (it.name === "as_bytes" || it.name === "as_ref")) return whole;
  const isSlice = parameters.some(
    ({ pattern, type }) => "name" in pattern && pattern.name === whole && type !== undefined && textIn(type.span, source) === "&[u8]",
  );
  if (isSlice) return whole;
  return `${SIMPLE.has(it.kind) ? whole : `(${whole})`}.as_ref()`;
}
const SIMPLE: ReadonlySet<string> = new Set(["path", "call", "method", "field", "index", "macro", "literal", "try", "await"]);

/** `OpenOptions::new().write(true).open(path)`: a mode before it is opened, or this one in place of another. */
function withMode(it: ExpressionOf<"method">, ground: Ground, imports: Imports): Result<readonly TextEdit[], string> {
  let mode: ExpressionOf<"method"> | undefined;
  let root: Expression = it.receiver;
  for (; root.kind === "method"; root = root.receiver) if (root.name === "mode") mode ??= root;
  const opening =
    root.kind === "call" && root.callee.kind === "path" ? OPTIONS.get(means(root.callee.path.segments, ground) ?? "") : undefined;
  if (opening === undefined) return err(BY_HAND);
  const [wrong] = mode?.arguments ?? [];
  if (wrong !== undefined) return wrong.kind === "literal" ? ok([{ span: wrong.span, text: "0o600" }]) : err(BY_HAND);
  if (opening.trait !== undefined) imports.need(opening.trait);
  const { start } = it.segmentSpan;
  return ok([{ span: { start, end: start }, text: ".mode(0o600)" }]);
}
