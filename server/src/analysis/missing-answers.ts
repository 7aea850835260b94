/**
 * Options that hold nothing where an attempt has failed, whatever its error was dropped by on the way: a method or a pattern here, in a closure, or in
 * a function that gives the option.
 */

import { firstOf } from "../base/first-of.ts";
import type { FunctionId } from "../flow/index.ts";
import { FAILURES } from "../models/failures.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import { isOfEnvironment } from "./failed-questions.ts";
import { type Held, leadsTo } from "./lost-attempts.ts";
import type { Site, Sites } from "./sites.ts";
import type { Use } from "./uses.ts";
import { lineOf } from "./uses.ts";

/** The attempt that has failed where a pattern finds nothing. */
export function attemptMissing(sites: Sites, owner: FunctionId, body: Body, asking: Operation): Site | undefined {
  return lostIn(sites, owner, body, ({ operation }, { isAbsent }) => isAbsent && operation === asking, new Set([owner]));
}

/** The attempt that has failed where an operation is given nothing. */
export function attemptGiven(sites: Sites, { owner, body, operation: told }: Site, given: readonly Local[]): Site | undefined {
  const isGiven = ({ operation }: Use, { local, isAbsent }: Held): boolean => isAbsent && operation === told && given.includes(local);
  return lostIn(sites, owner, body, isGiven, new Set([owner]));
}

/** `seen`: functions that are asked already. */
function lostIn(
  sites: Sites,
  owner: FunctionId,
  body: Body,
  isDone: (use: Use, held: Held) => boolean,
  seen: ReadonlySet<FunctionId>,
): Site | undefined {
  const operations = body.blocks.flatMap((it) => it.operations);
  return firstOf(operations, (operation) => {
    const begun = beginning(sites, { owner, body, operation, part: undefined }, seen);
    const held = begun && { owner, body, local: operation.to, isAbsent: begun.isAbsent };
    return held !== undefined && leadsTo(sites, held, isDone) ? begun?.attempt : undefined;
  });
}

interface Beginning {
  readonly attempt: Site;
  /** Nothing is left of it already. */
  readonly isAbsent: boolean;
}

/** An attempt, or what holds nothing where one has failed elsewhere. */
function beginning(sites: Sites, site: Site, seen: ReadonlySet<FunctionId>): Beginning | undefined {
  const { owner, body, operation } = site;
  if (operation.kind !== "call" && operation.kind !== "method") return undefined;
  const becomes = operation.kind === "method" ? FAILURES[operation.name] : undefined;
  const closures = (becomes === "passes" ? closuresIn(body, operation.arguments) : calledIn(body, operation)).map((it) => `${owner}|${it}`);
  const functions = sites.called(owner, operation).flatMap((it) => (it.kind === "function" ? [it.id] : []));
  const attempt = firstOf([...closures, ...functions], (it) => attemptIn(sites, it, seen));
  if (attempt !== undefined) return { attempt, isAbsent: true };
  // What hands a failure on has not failed itself.
  return becomes !== undefined || isOfEnvironment(sites, site) ? undefined : { attempt: site, isAbsent: false };
}

const closuresIn = (body: Body, locals: readonly Local[]): readonly number[] =>
  body.blocks.flatMap(({ operations }) => operations.flatMap((it) => (it.kind === "closure" && locals.includes(it.to) ? [it.body] : [])));

/** The closure that is called, by its variable or where it is written. */
const calledIn = (body: Body, it: Operation): readonly number[] =>
  it.kind === "call" && it.callee.kind === "local" ? closuresIn(body, lineOf(body, it.callee.local)) : [];

/** In a function that gives nothing where it fails. */
function attemptIn(sites: Sites, id: FunctionId, seen: ReadonlySet<FunctionId>): Site | undefined {
  const body = sites.flow.callable(id)?.body;
  if (body === undefined || seen.has(id)) return undefined;
  const isGiven = ({ operation }: Use, { owner, isAbsent }: Held): boolean =>
    isAbsent && owner === id && (operation === undefined || operation.kind === "residual");
  return lostIn(sites, id, body, isGiven, new Set([...seen, id]));
}
