/** What an application or handler does, as far as its own words tell: it only sends clients to https, or speaks TLS on what it is given. */
import type { FunctionId, Value } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { ANSWERS_REDIRECT, CHALLENGE, REDIRECTING, SPEAKS_TLS } from "./lexicon.ts";
import type { Sites } from "./sites.ts";

interface Written {
  readonly owner: FunctionId;
  readonly body: Body;
}

/** An application that a factory builds: `HttpServer::new(|| App::new()…)`. */
export function onlyRedirects(sites: Sites, factory: Value): boolean {
  const written = writtenIn(sites, factory);
  if (written === undefined) return false;
  const { body } = written;
  const operations = body.blocks.flatMap((it) => it.operations);
  const wraps = operations.flatMap((it) => (it.kind === "method" && WRAPPING.has(it.name) ? it.arguments : []));
  if (wraps.some((it) => redirects(sites, written, it))) return true;
  const handlers = operations.flatMap((it) => handlersOf(it));
  const sending = handlers.filter((it) => redirects(sites, written, it));
  return sending.length > 0 && handlers.every((it) => sending.includes(it) || CHALLENGE.test(textOf(sites, written, it)));
}

/** A handler of connections that accepts TLS on what it was given; undefined for one that was not read. */
export function speaksTls(sites: Sites, handler: Value): boolean | undefined {
  const written = writtenIn(sites, handler);
  if (written === undefined) return undefined;
  const all = [written.body];
  for (const it of all) all.push(...it.closures);
  const accepts = all.some(({ blocks }) =>
    blocks.some((it) => it.operations.some((one) => one.kind === "method" && one.name === "accept")),
  );
  return accepts && SPEAKS_TLS.test(sites.text(sites.place(written, written.body.span)));
}

const WRAPPING: ReadonlySet<string> = new Set(["wrap", "wrap_fn"]);

/** What answers requests: the argument of `to` and `configure`, and of a service that is no route with a handler of its own. */
function handlersOf(it: Operation): readonly Local[] {
  if (it.kind === "method" && HANDING.has(it.name)) return it.arguments.slice(0, 1);
  const path = it.kind === "call" && it.callee.kind === "path" ? it.callee.path.segments : [];
  return it.kind === "call" && path.length > 1 && path.at(-1)?.name === "to" ? it.arguments.slice(0, 1) : [];
}

const HANDING: ReadonlySet<string> = new Set(["to", "configure"]);

/** By its name, or by what a function or closure answers. */
function redirects(sites: Sites, written: Written, argument: Local): boolean {
  const made = definition(written.body, argument);
  const text = textOf(sites, written, argument);
  if (made?.kind === "closure") return ANSWERS_REDIRECT.test(text);
  if (REDIRECTING.test(text)) return true;
  const target = made?.kind === "path" ? sites.program.names.path(written.owner, made.path) : undefined;
  if (target?.kind !== "function") return false;
  const answered = sites.flow.callable(target.id)?.body.span;
  return answered !== undefined && ANSWERS_REDIRECT.test(sites.text(sites.place({ owner: target.id }, answered)));
}

const definition = ({ blocks }: Body, local: Local): Operation | undefined =>
  blocks.flatMap((it) => it.operations).find((it) => it.to === local && it.kind !== "store");

function textOf(sites: Sites, { owner, body }: Written, local: Local): string {
  const made = definition(body, local);
  return made === undefined ? "" : sites.text(sites.place({ owner }, made.span));
}

function writtenIn(sites: Sites, value: Value): Written | undefined {
  if (value.kind === "labelled") return writtenIn(sites, value.of);
  const owner =
    value.kind === "closure" ? value.of : value.kind === "function" && value.target.kind === "function" ? value.target.id : undefined;
  const body = owner === undefined ? undefined : sites.flow.callable(owner)?.body;
  return owner === undefined || body === undefined ? undefined : { owner, body };
}
