/** An error that was caught, logged and forgotten is returned after that; a fallback that opens the door is the error instead. */
import { err, ok, type Result } from "../base/result.ts";
import { covers } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Block, Expression, FunctionItem, MatchArm, Path, Pattern, RustFile } from "../rust/index.ts";
import { type Handling, handlingAt, handlingOf, returning } from "./fallible.ts";
import type { Ground } from "./ground.ts";
import type { Imports } from "./imports.ts";
import { indentationAt, styleOf } from "./lines.ts";
import { errorOfCall, means } from "./meaning.ts";
import type { Ancestor } from "./trail.ts";

/** How the function around a place returns an error of that name; undefined where it cannot. */
export type Returns = (name: string) => string | undefined;

/** `asked`: what failed. Of a function of the user's its own error is known. */
export function returnsAt(
  trail: readonly Ancestor[],
  asked: Expression | undefined,
  ownError: string | undefined,
  ground: Ground,
  imports: Imports,
): Returns {
  const handling = handlingAt(trail, ground);
  const own = ofCall(asked, ground);
  return (name) => returning(handling, name, own, ownError, (path) => imports.written(path));
}

/** What a function of the user's returns that is called there. */
export function ofCall(asked: Expression | undefined, ground: Ground): Handling | undefined {
  if (asked?.kind === "await") return ofCall(asked.operand, ground);
  return asked?.kind === "call" && asked.callee.kind === "path" ? ofCalled(asked.callee.path, ground) : undefined;
}

export function ofCalled(callee: Path | undefined, ground: Ground): Handling | undefined {
  const item = functionAt(callee, ground);
  const handling = item && handlingOf(item.returns, ground);
  // The name of another file's own type may be that of another type here.
  const isForeign = handling?.kind === "one" && !handling.error.includes("::") && item !== undefined && !ground.source.items.includes(item);
  return isForeign ? undefined : handling;
}

export function functionAt(callee: Path | undefined, { scopes, scope }: Ground): FunctionItem | undefined {
  const found = callee && scopes.resolve(callee, scope);
  return found?.kind === "local" && found.definition.item.kind === "function" ? found.definition.item : undefined;
}

/** `if let Err(error) = call { warn!(…); }` gets a `return` at the end of its block. */
export function afterLogging(block: Block, pattern: Pattern, returns: Returns, source: RustFile): Result<readonly TextEdit[], string> {
  const name = nameOf(pattern);
  const text = name === undefined ? undefined : returns(name);
  if (name === undefined || text === undefined || block.tail?.kind === "return" || leaves(block)) return err(BY_HAND);
  const { tail } = block;
  const ended = tail === undefined ? [] : [{ span: { start: tail.span.end, end: tail.span.end }, text: ";" }];
  if (tail !== undefined && tail.kind !== "macro") return err(BY_HAND);
  return ok([...renamed(pattern, name), ...ended, atEndOf(block, `return ${text};`, source)]);
}

/** `Err(error) => warn!(…),` */
export function inArm({ pattern: whole, body }: MatchArm, returns: Returns, source: RustFile): Result<readonly TextEdit[], string> {
  const pattern = insideErr(whole);
  if (pattern === undefined) return err(BY_HAND);
  if (body.kind === "block" && body.flavour === "plain") return afterLogging(body.block, pattern, returns, source);
  const name = nameOf(pattern);
  const text = name === undefined ? undefined : returns(name);
  if (name === undefined || text === undefined || (body.kind !== "macro" && !isUnit(body))) return err(BY_HAND);
  const style = styleOf(source.text);
  const outer = indentationAt(source.text, body.span.start);
  const inner = outer + style.unit;
  const said = isUnit(body) ? "" : `${inner}${source.text.slice(body.span.start, body.span.end)};${style.eol}`;
  const comma = source.text[body.span.end] === "," ? 1 : 0;
  const end = body.span.end + comma;
  const lines = `{${style.eol}${said}${inner}return ${text};${style.eol}${outer}}`;
  return ok([...renamed(pattern, name), { span: { start: body.span.start, end }, text: lines }]);
}

/** The arm for the failure that a fallback stands in, from the function's body inwards. */
export function insteadOfFallback(
  trail: readonly Ancestor[],
  ground: Ground,
  imports: Imports,
  source: RustFile,
): Result<readonly TextEdit[], string> {
  const at = trail.findLastIndex((it) => it.of === "arm" && insideErr(it.node.pattern) !== undefined);
  const [arm, decides, around] = [trail[at], trail[at - 1], trail[at - 2]];
  if (arm?.of !== "arm" || decides?.of !== "expression" || decides.node.kind !== "match") return err(STOPS);
  const pattern = insideErr(arm.node.pattern);
  const name = pattern && nameOf(pattern);
  const text =
    name === undefined
      ? undefined
      : returnsAt(trail.slice(0, at), decides.node.scrutinee, modelledError(decides.node.scrutinee, ground), ground, imports)(name);
  if (pattern === undefined || name === undefined || text === undefined) return err(STOPS);
  const isLast = around?.of === "block" && around.node.tail === decides.node && trail[at - 3]?.of === "item";
  const value = isLast ? text : `return ${text}`;
  const { body } = arm.node;
  if (body.kind !== "block" || body.flavour !== "plain") return ok([...renamed(pattern, name), { span: body.span, text: value }]);
  const { statements, tail } = body.block;
  const fallback = statements.find((it) => it.kind !== "expression" || it.expression.kind !== "macro") ?? tail;
  const end = tail?.span.end ?? statements.at(-1)?.span.end;
  if (fallback === undefined || end === undefined) return err(STOPS);
  if (source.comments.some((it) => covers({ start: fallback.span.start, end }, it))) return err(STOPS);
  const written = isLast ? value : `${value};`;
  return ok([...renamed(pattern, name), { span: { start: fallback.span.start, end }, text: written }]);
}

/** The type of error of a modelled call. */
function modelledError(it: Expression, ground: Ground): string | undefined {
  if (it.kind === "await") return modelledError(it.operand, ground);
  const path = it.kind === "call" && it.callee.kind === "path" ? means(it.callee.path.segments, ground) : undefined;
  return path === undefined ? undefined : errorOfCall(path, ground.models);
}

const BY_HAND = "the error is handled here: decide by hand what becomes of it";
const STOPS = "whether the program stops, or keeps what worked, is for you to decide";

/** What stands in `Err(…)`. */
export function insideErr(it: Pattern): Pattern | undefined {
  if (it.kind !== "tuple-struct" || it.path.segments.at(-1)?.name !== "Err" || it.elements.length !== 1) return undefined;
  return it.elements[0];
}

function nameOf(it: Pattern): string | undefined {
  if (it.kind === "wildcard") return "error";
  return it.kind === "binding" && it.inside === undefined && !it.reference ? it.name.replace(/^_+(?=[a-z])/, "") : undefined;
}

const renamed = (it: Pattern, name: string): readonly TextEdit[] =>
  it.kind === "binding" && it.name === name ? [] : [{ span: it.span, text: name }];

const isUnit = (it: Expression): boolean => it.kind === "tuple" && it.elements.length === 0;

/** It does not come to its end. */
export function leaves({ statements }: Block): boolean {
  const last = statements.at(-1);
  return last?.kind === "expression" && ["return", "break", "continue"].includes(last.expression.kind);
}

/** A statement as the last of a block. */
export function atEndOf({ span }: Block, statement: string, { text }: RustFile): TextEdit {
  const style = styleOf(text);
  const end = span.end - 1;
  const isOpen = /[\r\n][ \t]*$/.test(text.slice(span.start, end));
  const after = isOpen ? style.eol + indentationAt(text, end) : " ";
  return { span: { start: end, end }, text: `${isOpen ? style.unit : " "}${statement}${after}` };
}
