/** A variable that nothing changes any more, once an edit has taken the last change away, needs no `mut`: the compiler would say so. */
import { covers, type Span, touches } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type Block, type Expression, type FunctionItem, namesIn, type RustFile } from "../rust/index.ts";
import { enclosingFunction } from "./inventory.ts";
import { blocksIn } from "./orphans.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

/** `trail`: the way to the edited place. Only variables of the function around it can have been changed there. */
export function withoutNeedlessMut(edits: readonly TextEdit[], trail: readonly Ancestor[], source: RustFile): readonly TextEdit[] {
  const { text } = source;
  const around = enclosingFunction(trail);
  const body = around?.body();
  if (around === undefined || body === undefined) return edits;
  const all = expressionsIn(body);
  const bindings = [...givenTo(around), ...bindingsIn(body, all)];
  const added: TextEdit[] = [];
  for (const { name, mutable, span } of bindings) {
    const end = untilShadowed(name, span, bindings);
    if (!mutable || end === undefined || edits.some((it) => namesIn(it.text).has(name))) continue;
    const changes = all.filter((it) => span.start < it.span.start && it.span.start < end && changed(it, name, text));
    const left = changes.filter((it) => !edits.some((edit) => covers(edit.span, it.span)));
    if (changes.length === 0 || left.length > 0 || edits.some((it) => touches(it.span, span))) continue;
    const word = source.tokenBefore(span.start);
    if (word !== undefined && text.slice(word.start, word.end) === "mut")
      added.push({ span: { start: word.start, end: span.start }, text: "" });
  }
  return added.length === 0 ? edits : [...edits, ...added];
}

interface Binding {
  readonly name: string;
  readonly mutable: boolean;
  readonly span: Span;
  /** Its `let`, and the block that has it among its statements; a closure's parameter has none. */
  readonly statement?: Span;
  readonly block?: Block;
}

/** What it takes by value, itself included. */
function givenTo({ receiver, parameters }: FunctionItem): readonly Binding[] {
  const own =
    receiver === undefined || receiver.reference || !receiver.mutable
      ? []
      : [{ name: "self", mutable: true, span: { start: receiver.span.end - "self".length, end: receiver.span.end } }];
  return [...own, ...parameters.flatMap(({ pattern }) => (pattern.kind === "binding" ? [pattern] : []))];
}

/** Where the name begins to mean the next variable; undefined where others of the name stand in other blocks. */
function untilShadowed(name: string, span: Span, bindings: readonly Binding[]): number | undefined {
  const same = bindings.filter((it) => it.name === name);
  const own = same.find((it) => it.span === span);
  if (same.length === 1) return Number.POSITIVE_INFINITY;
  if (own?.block === undefined || same.some((it) => it.block !== own.block)) return undefined;
  const ends = same.flatMap((it) => (it.statement !== undefined && it.span.start > span.start ? [it.statement.end] : []));
  return Math.min(...ends, Number.POSITIVE_INFINITY);
}

function bindingsIn(body: Block, all: readonly Expression[]): readonly Binding[] {
  const declared = [body, ...all.flatMap(blocksIn)].flatMap((block) =>
    block.statements.flatMap((it) =>
      it.kind === "let" && it.pattern.kind === "binding" ? [{ ...it.pattern, statement: it.span, block }] : [],
    ),
  );
  const given = all.flatMap((it) => (it.kind === "closure" ? it.parameters.map((one) => one.pattern) : []));
  return [...declared, ...given.flatMap((it) => (it.kind === "binding" ? [it] : []))];
}

/** Methods that take a value, or look at it: of any other it is not known here. */
const HARMLESS: ReadonlySet<string> = new Set(["build", "clone", "into", "as_ref", "to_owned", "iter", "len", "is_empty"]);

function changed(it: Expression, name: string, text: string): boolean {
  switch (it.kind) {
    case "assign":
      return rootOf(it.target) === name;
    case "method":
      return rootOf(it.receiver) === name && !HARMLESS.has(firstCallOn(it));
    case "reference":
      return it.mutable && rootOf(it.operand) === name;
    case "macro":
      return namesIn(text.slice(it.tokens.start, it.tokens.end)).has(name);
    default:
      return false;
  }
}

/** What is done with the variable itself; the rest of the chain has to do with what came of it. */
function firstCallOn({ name, receiver }: Extract<Expression, { readonly kind: "method" }>): string {
  const inner = receiver.kind === "try" || receiver.kind === "await" ? receiver.operand : receiver;
  return inner.kind === "method" ? firstCallOn(inner) : receiver.kind === "path" ? name : "";
}

/** The variable that a place is a part of. */
function rootOf(it: Expression): string | undefined {
  if (it.kind === "path") return it.path.segments.length === 1 ? it.path.segments[0]?.name : undefined;
  if (it.kind === "field") return rootOf(it.base);
  if (it.kind === "index") return rootOf(it.base);
  if (it.kind === "method") return rootOf(it.receiver);
  return it.kind === "unary" || it.kind === "try" || it.kind === "await" ? rootOf(it.operand) : undefined;
}
