/** Variables that only served what an edit takes away: their `let` goes too, if making the value does nothing else. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Block, Expression, RustFile, Statement } from "../rust/index.ts";
import { enclosingFunction } from "./inventory.ts";
import { wholeLines } from "./lines.ts";
import { wholeStatement } from "./statements.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export interface Orphans {
  readonly spans: readonly Span[];
  readonly edits: readonly TextEdit[];
}

export function orphansOf(removed: readonly Span[], trail: readonly Ancestor[], source: RustFile): Orphans {
  const body = enclosingFunction(trail)?.body();
  if (body === undefined) return { spans: [], edits: [] };
  const all = expressionsIn(body);
  const declared = [body, ...all.flatMap(blocksIn)].flatMap((it) => it.statements);
  const gone: Span[] = [...removed];
  const statements: Statement[] = [];
  for (let changed = true; changed; ) {
    changed = false;
    for (const it of declared) {
      if (statements.includes(it) || it.kind !== "let" || it.pattern.kind !== "binding" || it.otherwise !== undefined) continue;
      const { name } = it.pattern;
      const same = declared.filter((one) => one.kind === "let" && one.pattern.kind === "binding" && one.pattern.name === name);
      const uses = all.filter((one) => isNamed(one, name));
      const inMacro = all.some(
        (one) => one.kind === "macro" && new RegExp(`\\b${name}\\b`).test(source.text.slice(one.span.start, one.span.end)),
      );
      if (same.length > 1 || uses.length === 0 || inMacro || it.value === undefined || !isIdle(it.value)) continue;
      if (!uses.every((one) => gone.some((span) => span.start <= one.span.start && one.span.end <= span.end))) continue;
      gone.push(it.span);
      statements.push(it);
      changed = true;
    }
  }
  const edits = statements.map((node): TextEdit => {
    const span = wholeStatement({ of: "statement", node, span: node.span }, source);
    const lines = wholeLines(source.text, span);
    return { span: lines ?? { start: span.start, end: span.end + (/^[ \t]/.test(source.text.slice(span.end)) ? 1 : 0) }, text: "" };
  });
  return { spans: statements.map((it) => it.span), edits };
}

const isNamed = (it: Expression, name: string): boolean =>
  it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === name;

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
