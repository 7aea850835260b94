/** Variables that only served what an edit takes away: their `let` goes too, if making the value does nothing else. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type Block, type Expression, namesIn, type Statement, type Type } from "../rust/index.ts";
import { withAttributes } from "./attribute-edits.ts";
import type { Ground } from "./ground.ts";
import { enclosingFunction } from "./inventory.ts";
import { wholeLines } from "./lines.ts";
import { means } from "./meaning.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export interface Orphans {
  readonly spans: readonly Span[];
  readonly edits: readonly TextEdit[];
}

export function orphansOf(removed: readonly Span[], trail: readonly Ancestor[], ground: Ground): Orphans {
  const { source } = ground;
  const body = enclosingFunction(trail)?.body();
  if (body === undefined) return { spans: [], edits: [] };
  const all = expressionsIn(body);
  const declared = [body, ...all.flatMap(blocksIn)].flatMap((block) => block.statements.map((it) => ({ it, block })));
  const gone: Span[] = [...removed];
  const statements: Statement[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const { it, block } of declared) {
      if (statements.includes(it) || it.kind !== "let" || it.pattern.kind !== "binding" || it.otherwise !== undefined) continue;
      const { name } = it.pattern;
      const same = declared.filter((one) => isBindingOf(one.it, name));
      // Of one block, each variable of a name is followed by the next.
      if (same.some((one) => one.block !== block) || it.value === undefined) continue;
      const next = same.find((one) => one.it.span.start > it.span.start)?.it.span.end ?? body.span.end;
      const isLater = ({ span }: Expression): boolean => it.span.end <= span.start && span.end <= next;
      const isGone = ({ span }: Expression): boolean => gone.some((one) => one.start <= span.start && span.end <= one.end);
      const inMacro = all.some(
        (one) => one.kind === "macro" && isLater(one) && !isGone(one) && namesIn(source.text.slice(one.span.start, one.span.end)).has(name),
      );
      const uses = all.filter((one) => isNamed(one, name) && isLater(one));
      if (uses.length === 0 || inMacro || !(isIdle(it.value) || opensFile(it.value, ground)) || !uses.every(isGone)) continue;
      gone.push(it.span);
      statements.push(it);
      changed = true;
    }
  }
  const edits = statements.map((node): TextEdit => {
    const span = withAttributes(node);
    const lines = wholeLines(source.text, span);
    return { span: lines ?? { start: span.start, end: span.end + (/^[ \t]/.test(source.text.slice(span.end)) ? 1 : 0) }, text: "" };
  });
  return { spans: statements.map((it) => it.span), edits };
}

const isNamed = (it: Expression, name: string): boolean =>
  it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === name;

const isBindingOf = (it: Statement, name: string): boolean =>
  it.kind === "let" && it.pattern.kind === "binding" && it.pattern.name === name;

/** A file that nothing is read from, or written to. */
function opensFile(value: Expression, ground: Ground): boolean {
  if (value.kind === "try") return opensFile(value.operand, ground);
  if (value.kind === "method") return SETTLING.has(value.name) && opensFile(value.receiver, ground);
  if (value.kind !== "call" || value.callee.kind !== "path") return false;
  const found = ground.scopes.resolve(value.callee.path, ground.scope);
  const item = found.kind === "local" ? found.definition.item : undefined;
  if (item?.kind === "function") return item.returns !== undefined && !item.async && isFile(item.returns, ground);
  return means(value.callee.path.segments.slice(0, -1), ground) === FILE;
}
const FILE = "std::fs::File";
const SETTLING: ReadonlySet<string> = new Set(["context", "with_context", "map_err", "unwrap", "expect"]);

function isFile(it: Type, ground: Ground): boolean {
  if (it.kind !== "path") return false;
  const last = it.path.segments.at(-1);
  const [inner] = last?.generics ?? [];
  return last?.name === "Result" && inner !== undefined ? isFile(inner, ground) : means(it.path.segments, ground) === FILE;
}

/** Literals, paths and constructors: nothing is read, written or asked for. */
function isIdle(value: Expression): boolean {
  switch (value.kind) {
    case "literal":
    case "path":
      return true;
    case "reference":
      return isIdle(value.operand);
    case "struct":
      return value.fields.every((it) => isIdle(it.value));
    case "array":
    case "tuple":
      return value.elements.every(isIdle);
    case "macro":
      return value.path.segments.at(-1)?.name === "vec" && value.arguments.every(isIdle);
    case "call": {
      const name = value.callee.kind === "path" ? (value.callee.path.segments.at(-1)?.name ?? "") : "";
      return /^(?:new|default|empty|from|some|ok|with_capacity|[A-Z]\w*)$/i.test(name) && value.arguments.every(isIdle);
    }
    default:
      return false;
  }
}

export function blocksIn(it: Expression): readonly Block[] {
  switch (it.kind) {
    case "block":
      return [it.block];
    case "if":
      return [it.then];
    case "loop":
    case "while":
    case "for":
      return [it.body];
    default:
      return [];
  }
}
