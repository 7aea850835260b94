/** What an application answers, as far as its own words tell: whether all that it does is to send clients to https. */
import type { Block, Definition, Expression } from "../rust/index.ts";
import { ANSWERS_REDIRECT, CHALLENGE, REDIRECTING, SPEAKS_TLS } from "./lexicon.ts";
import type { Machine } from "./machine.ts";
import { expressionsIn } from "./spelling/trail.ts";
import { examined, type Value } from "./values.ts";

interface Written {
  readonly whole: string;
  readonly text: (of: { readonly start: number; readonly end: number }) => string;
  readonly expressions: readonly Expression[];
  readonly scope: Definition["scope"];
}

/** An application that a factory builds: `HttpServer::new(|| App::new()…)`. */
export function onlyRedirects(machine: Machine, factory: Value): boolean {
  const written = writtenIn(factory);
  if (written === undefined) return false;
  const calls = written.expressions.flatMap((it) => (it.kind === "method" ? [it] : []));
  const wraps = calls.filter((it) => it.name === "wrap" || it.name === "wrap_fn");
  if (wraps.some((it) => it.arguments.some((one) => redirects(machine, one, written, it.name === "wrap")))) return true;
  const handlers = calls.flatMap((it) => {
    const [argument] = it.arguments;
    if (argument === undefined) return [];
    if (it.name === "to" || it.name === "configure") return [argument];
    // What a route is made of stands inside, as a handler of its own.
    const holdsHandlers = expressionsIn(asBlock(argument)).some((one) => isHandler(one));
    return (it.name === "service" || it.name === "default_service") && !holdsHandlers ? [argument] : [];
  });
  const calledTo = written.expressions.flatMap((it) => (it.kind === "call" && isHandler(it) ? it.arguments.slice(0, 1) : []));
  const all = [...handlers, ...calledTo];
  const sending = all.filter((it) => redirects(machine, it, written, false));
  return sending.length > 0 && all.every((it) => sending.includes(it) || CHALLENGE.test(written.text(it.span)));
}

/** A handler of connections that speaks TLS on what it was given: `move |stream| acceptor.accept(stream)`. */
export function speaksTls(handler: Value): boolean | undefined {
  const written = writtenIn(handler);
  return written?.expressions.some((it) => it.kind === "method" && it.name === "accept") && SPEAKS_TLS.test(written.whole);
}

const isHandler = (it: Expression): boolean =>
  (it.kind === "method" && it.name === "to") ||
  (it.kind === "call" && it.callee.kind === "path" && it.callee.path.segments.at(-1)?.name === "to" && it.callee.path.segments.length > 1);

/** By its name, or by what the function of that name answers. */
function redirects(machine: Machine, argument: Expression, written: Written, isMiddleware: boolean): boolean {
  const text = written.text(argument.span);
  if (argument.kind === "closure") return ANSWERS_REDIRECT.test(text);
  if (REDIRECTING.test(text)) return true;
  if (isMiddleware || argument.kind !== "path") return false;
  const found = machine.scopes.resolve(argument.path, written.scope);
  const item = found.kind === "local" ? found.definition.item : undefined;
  if (found.kind !== "local" || item?.kind !== "function") return false;
  return ANSWERS_REDIRECT.test(found.definition.scope.source.text.slice(item.span.start, item.span.end));
}

function writtenIn(value: Value): Written | undefined {
  const it = examined(value);
  const of = (source: { readonly text: string }, block: Block | undefined, scope: Definition["scope"]): Written => ({
    whole: block === undefined ? "" : source.text.slice(block.span.start, block.span.end),
    text: ({ start, end }) => source.text.slice(start, end),
    expressions: block === undefined ? [] : expressionsIn(block),
    scope,
  });
  if (it.kind === "closure") {
    const { body, frame } = it.closure;
    return of(frame.source, asBlock(body), frame.scope);
  }
  if (it.kind !== "function" || it.definition.item.kind !== "function") return undefined;
  return of(it.definition.scope.source, it.definition.item.body(), it.definition.scope);
}

const asBlock = (tail: Expression): Block => ({ span: tail.span, items: [], statements: [], tail });
