/** Attempts whose failure leaves nothing behind, and what is served then without what they were for. */
import { FieldReads, type FunctionId, type Value } from "../flow/index.ts";
import { FAILURES } from "../models/failures.ts";
import type { BlockId, Body, Place as In, Local, Operation } from "../rust/bodies/index.ts";
import { isTestCode } from "../rust/index.ts";
import type { Place } from "../tls/facts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { Consequences } from "./consequences.ts";
import { closuresOf } from "./roots.ts";
import { servesWithout } from "./served-without.ts";
import { nameSpanOf, type Site, type Sites } from "./sites.ts";
import { isNone, rootOf } from "./stand-ins.ts";
import { OK } from "./std-names.ts";
import { branchOn, onlyFrom, type Use, usesOf } from "./uses.ts";

export interface LostAttempt {
  readonly call: string;
  /** Where it fails. */
  readonly at: Place;
}

/** Of the calls that lead to an operation, the one whose failure is let go like that. */
export function lostAttempt(sites: Sites, chain: readonly Site[]): LostAttempt | undefined {
  const calls = chain.slice(0, -1).filter(({ operation }) => isAttempt(operation));
  const site = calls.find((it) => isLost(sites, it));
  return site && { call: sites.written(site), at: sites.place(site, nameSpanOf(site.operation)) };
}

/** The attempt in a function where it gives nothing if that fails. */
export function lostAnswer(sites: Sites, id: FunctionId): LostAttempt | undefined {
  const body = sites.flow.callable(id)?.body;
  const operations = body?.blocks.flatMap((it) => it.operations) ?? [];
  const isAnswer = ({ operation }: Use, { owner, isAbsent }: Held): boolean => isAbsent && operation === undefined && owner === id;
  for (const operation of body === undefined ? [] : operations) {
    const site: Site | undefined = body && { owner: id, body, operation, part: undefined };
    if (site !== undefined && isAttempt(operation) && mayFail(sites, site) && isLost(sites, site, isAnswer))
      return { call: sites.written(site), at: sites.place(site, nameSpanOf(operation)) };
  }
  return undefined;
}

const isAttempt = ({ kind }: Operation): boolean => kind === "call" || kind === "method";

/** It calls a function of the program that gives an error, or what it has made. */
export const mayFail = (sites: Sites, { owner, operation }: Site): boolean =>
  sites.called(owner, operation).some((it) => {
    const result = it.kind === "function" ? sites.flow.summary(it.id)?.result : undefined;
    return result !== undefined && (result.kind === "alternatives" ? result.of.some(({ value }) => isSuccess(value)) : isSuccess(result));
  });

const isSuccess = (value: Value): boolean => value.kind === "record" && value.type === OK;

/** What holds the attempt, or nothing where it has failed. */
export interface Held {
  readonly owner: FunctionId;
  readonly body: Body;
  readonly local: Local;
  readonly isAbsent: boolean;
}

/** `isDone`: what is done with nothing. */
const isLost = (sites: Sites, { owner, body, operation }: Site, isDone?: (use: Use, held: Held) => boolean): boolean =>
  leadsTo(sites, { owner, body, local: operation.to, isAbsent: false }, isDone);

/** Whether something is done with nothing: without `isDone`, whether something is served then. */
export function leadsTo(sites: Sites, first: Held, isDone?: (use: Use, held: Held) => boolean): boolean {
  const open: Held[] = [first];
  const seen = new Set<string>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = `${next.owner} ${next.local} ${next.isAbsent}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const use of usesOf(next.body, next.local)) {
      if (isDone === undefined ? isServed(sites, use, next) : isDone(use, next)) return true;
      const kept = next.isAbsent && use.operation?.kind === "record" ? takenFrom(sites, next, use.operation) : NOWHERE;
      if (kept.isLost) return true;
      open.push(...goesOn(sites, use, next), ...kept.held);
    }
  }
  return false;
}

const isServed = (sites: Sites, use: Use, { owner, body, isAbsent }: Held): boolean =>
  isAbsent && isAsked(use) && servesWithout(sites, owner, body, use.operation);

type Test = Operation & { readonly kind: "test" };

const isAsked = (use: Use): use is Use & { readonly operation: Test } => use.operation?.kind === "test";

function goesOn(sites: Sites, { operation: it, block }: Use, held: Held): readonly Held[] {
  switch (it?.kind) {
    case "copy":
      return it.from.path.length === 0 || (held.isAbsent && isFailureOf(it.from)) ? [{ ...held, local: it.to }] : [];
    case "reference":
      return it.place.path.length === 0 ? [{ ...held, local: it.to }] : [];
    case "await":
      return [{ ...held, local: it.to }];
    case "method":
      return it.receiver.local === held.local && it.receiver.path.length === 0 ? given(it.name, it.to, held) : [];
    case "test":
      return held.isAbsent ? [] : standIns(sites, held, it, block);
    case "closure":
      return captured(held, it.body);
    default:
      return [];
  }
}

/** What `?` leaves with. */
const isFailureOf = ({ path }: In): boolean => path.length === 1 && path[0]?.kind === "failure";

/** Where it goes on, and whether something is served without it there. */
interface Taken {
  readonly isLost: boolean;
  readonly held: readonly Held[];
}
const NOWHERE: Taken = { isLost: false, held: [] };

/** A type of the program's own keeps it in a field, out of which others take it. */
function takenFrom(sites: Sites, { owner, local }: Held, { path, fields }: Operation & { readonly kind: "record" }): Taken {
  const { program, flow } = sites;
  const target = program.names.path(owner, path);
  const type = target.kind === "variant" && program.ids.type(target.path) !== undefined ? target.path : undefined;
  const field = fields.find((it) => it.value === local)?.name;
  if (type === undefined || field === undefined) return NOWHERE;
  const takers = bodiesNaming(program, new Set([field])).filter((it) => it.kind === "function" && !isTestCode(it));
  const reads = takers.flatMap((declared) => {
    const id = program.ids.id(declared);
    return [id, ...closuresOf(flow, id)].flatMap((it) => {
      const body = flow.callable(it)?.body;
      const own = body === undefined ? [] : flow.watch(it, new FieldReads(field)).all.filter(({ of }) => sites.inputType(of, it) === type);
      return own.flatMap(({ operation }) => (body === undefined ? [] : [{ owner: it, body, operation }]));
    });
  });
  const isLost = reads.some((it) => it.operation.kind === "test" && servesWithout(sites, it.owner, it.body, it.operation));
  const taken = reads.filter(({ operation: { kind } }) => kind === "copy" || kind === "reference" || kind === "method");
  const held = taken.flatMap(({ operation: it, ...where }): readonly Held[] =>
    it.kind !== "method" ? [{ ...where, local: it.to, isAbsent: true }] : given(it.name, it.to, { ...where, local: it.to, isAbsent: true }),
  );
  return { isLost, held };
}

function given(name: string, local: Local, held: Held): readonly Held[] {
  const becomes = FAILURES[name];
  if (becomes === "absent") return [{ ...held, local, isAbsent: true }];
  return becomes === "passes" || becomes === "told" ? [{ ...held, local }] : [];
}

function captured(held: Held, index: number): readonly Held[] {
  const body = held.body.closures[index];
  const captures = body?.captures.filter(({ outer }) => outer === held.local) ?? [];
  return body === undefined ? [] : captures.map(({ inner }) => ({ ...held, owner: `${held.owner}|${index}`, body, local: inner }));
}

/** Nothing, where a pattern finds that it has failed, unless somebody has the failure, or some of it. */
function standIns(sites: Sites, held: Held, it: Test, block: BlockId): readonly Held[] {
  const { owner, body } = held;
  const branch = branchOn(body, it.to, block);
  const name = it.test.kind === "path" ? it.test.path.segments.at(-1)?.name : undefined;
  if (branch === undefined || (name !== "Ok" && name !== "Err")) return [];
  const [failing, other] = name === "Err" ? [branch.yes, branch.no] : [branch.no, branch.yes];
  const blocks = onlyFrom(body, failing, other, block);
  const nothing = [...blocks].flatMap((at) => body.blocks[at]?.operations ?? []).filter((one) => isNone(rootOf(body, one)));
  const isKept = new Consequences(sites).of(owner, body, blocks, (local) => nothing.some((one) => one.to === local)) === "kept";
  return isKept ? [] : nothing.map(({ to }) => ({ ...held, local: to, isAbsent: true }));
}
