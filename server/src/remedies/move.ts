/** A hook that is registered after an address was bound is moved before the first binding, where the server copies it from. */

import { err, ok, type Result } from "../base/result.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { type Expression, namesIn } from "../rust/index.ts";
import { type Chain, chainAround, isIdle, rewriteChain } from "./chain.ts";
import { enclosingFunction } from "./inventory.ts";
import { wholeLines } from "./lines.ts";
import { variableIn } from "./local-let.ts";
import type { Site } from "./site.ts";
import { takeStatement } from "./statements.ts";
import { type Ancestor, trailTo } from "./trail.ts";

export function moveBeforeListener(site: Site, trail: readonly Ancestor[]): Result<readonly TextEdit[], string> {
  const { source, expression } = site;
  if (expression === undefined) return err("the call was not found");
  const { text } = source;
  const chain = chainAround(expression, trail, source);
  const own = chain.pieces[chain.index];
  if (own === undefined) return err("the call is not a part of a chain of calls");
  const target = firstListener(chain, chain.index) ?? earlierListener(chain, site, trail);
  if (target === undefined) return err("the call that binds the address stands elsewhere: register the hook before it by hand");
  const { chain: there, index } = target;
  const listener = there.pieces[index];
  if (listener === undefined) return err("the call that binds the address was not found");
  const gap = text.slice(there.pieces[index - 1]?.span.end ?? there.root.end, listener.span.start);
  const separator = /^\s*$/.test(gap) ? gap : (/(\r\n|\n|\r)[ \t]*$/.exec(gap)?.[0] ?? "");
  const call = text.slice(own.span.start, own.span.end);
  const from = chain.pieces[chain.index - 1]?.span.end ?? chain.root.end;
  const statement = trail.findLast((it) => it.of === "statement");
  // Without the hook the statement would only give a variable its own value.
  const idle = statement !== undefined && chain.pieces.length === 1 && isIdle(statement, chain, text);
  const lines = wholeLines(text, own.span);
  const blank = /^\s*$/.test(text.slice(from, own.span.start));
  return ok([
    ...(there === chain
      ? [{ span: { start: listener.span.start, end: listener.span.start }, text: call + separator }]
      : rewriteChain(there, [...there.pieces.slice(0, index), { text: call }, ...there.pieces.slice(index)], source)),
    idle ? takeStatement(statement, source) : { span: blank ? { start: from, end: own.span.end } : (lines ?? own.span), text: "" },
  ]);
}

interface Target {
  readonly chain: Chain;
  readonly index: number;
}

function firstListener(chain: Chain, before: number): Target | undefined {
  const index = chain.pieces.findIndex((it, at) => at < before && /^(?:bind|listen)(?:_|$)/.test(it.name));
  return index < 0 ? undefined : { chain, index };
}

/** `let server = HttpServer::new(…).bind(…)?; server.on_connect(f)`: the hook must not use what is declared in between. */
function earlierListener(chain: Chain, site: Site, trail: readonly Ancestor[]): Target | undefined {
  const { source } = site;
  const root = trailTo(source, chain.root).at(-1);
  const name = root?.of === "expression" ? variableIn(root.node) : undefined;
  const body = enclosingFunction(trail)?.body();
  if (body === undefined || name === undefined) return undefined;
  const own = chain.pieces[chain.index];
  const words = namesIn(source.text.slice(own?.span.start ?? 0, own?.span.end ?? 0));
  let found: Target | undefined;
  for (const statement of body.statements) {
    if (statement.kind !== "let" || statement.span.end > chain.root.start || statement.pattern.kind !== "binding") continue;
    if (found !== undefined && words.has(statement.pattern.name)) return undefined;
    if (statement.pattern.name !== name || statement.value === undefined) continue;
    const last = lastCall(statement.value);
    if (last === undefined) continue;
    const whole = chainAround(last, trailTo(source, last.span), source);
    found = firstListener(whole, whole.pieces.length) ?? found;
  }
  return found;
}

function lastCall(value: Expression): Expression | undefined {
  if (value.kind === "try" || value.kind === "await") return lastCall(value.operand);
  return value.kind === "method" ? value : undefined;
}
