/** Which branch stands in front of an operation, where what it asks cannot be resolved: its words are all that can be told of it. */
import { type Condition, type FunctionId, not } from "../flow/index.ts";
import type { Questions } from "../flow/questions.ts";
import type { Body, Operation } from "../rust/bodies/index.ts";
import { askedText } from "./asked-text.ts";
import { type Branch, branchesBefore } from "./branches-before.ts";
import type { Asked, Unresolved } from "./conditions.ts";
import { polarityOfName } from "./option-names.ts";
import type { Site, Sites } from "./sites.ts";

/**
 * The nearest one, of the innermost of several calls. Where none is but attempts, which everything behind a `?` has passed, a condition that
 * is stated may be the one that was too much to tell apart.
 */
export function unresolvedBefore(sites: Sites, chain: readonly Site[]): Unresolved | undefined {
  const before = chain.map((site, at) => known(sites, site, chain[at - 1])).toReversed();
  const [unresolved, ...others] = before.flatMap((it) => it.unresolved ?? []);
  if (unresolved?.attempt !== undefined && others.length > 0) return withoutAttempt(unresolved);
  if (unresolved !== undefined || !before.some((it) => it.attempts)) return unresolved;
  return before.find((it) => it.stated !== undefined)?.stated ?? "passed";
}

/** What else is asked, and not known, leaves open more than the two outcomes. */
const withoutAttempt = ({ attempt: _, ...rest }: Asked): Asked => rest;

/** What stands before an operation in its body. */
interface Before {
  /** The nearest condition whose question has no known answer. */
  readonly unresolved: Asked | undefined;
  /** The nearest condition of all. */
  readonly stated: Asked | undefined;
  /** Attempts whose outcome is not known. */
  readonly attempts: boolean;
}

/** Everything that happens under an unknown condition asks for it. */
const all = new WeakMap<Sites, Map<Operation, Map<string, Before>>>();

/** `call`: that of the body. */
function known(sites: Sites, site: Site, call: Site | undefined): Before {
  const here = all.get(sites) ?? new Map<Operation, Map<string, Before>>();
  all.set(sites, here);
  const ways = here.get(site.operation) ?? new Map<string, Before>();
  here.set(site.operation, ways);
  const caller = call?.owner ?? "";
  // Others may have asked before.
  for (const it of [site.owner, caller]) sites.program.looks.at(it);
  const found = ways.get(caller) ?? beforeIn(sites, site, sites.flow.questions(caller));
  ways.set(caller, found);
  return found;
}

function beforeIn(sites: Sites, site: Site, caller: Questions | undefined): Before {
  const { owner, body, operation } = site;
  const questions = sites.flow.questions(owner);
  const branches = branchesBefore(body, operation).flatMap(({ asked, ...it }) => (asked === undefined ? [] : [{ ...it, asked }]));
  const lost = ({ span }: Operation): Condition | undefined => questions && caller?.lost(owner, span, questions);
  const isUnresolved = ({ asked }: AskedBranch): boolean => questions?.isUnresolved(asked.span) === true || lost(asked) !== undefined;
  const stated = branches.filter((it) => it.guards);
  const words = (it: AskedBranch | undefined): Asked | undefined => it && wordsOf(sites, site, it, lost(it.asked));
  const [nearest, ...others] = stated.filter(isUnresolved);
  const optIn = stated.find((it) => isUnresolved(it) && isOptIn(it, body));
  const isAlone = others.every((it) => nearest !== undefined && isOfSame(it.asked, nearest.asked));
  return {
    unresolved:
      words(optIn) ??
      (nearest && {
        ...wordsOf(sites, site, nearest, lost(nearest.asked)),
        ...(isAlone && { ...variantIn(sites, owner, nearest), ...attemptIn(owner, nearest) }),
      }),
    stated: words(stated[0]),
    attempts: branches.some((it) => !it.guards && isUnresolved(it)),
  };
}

/** Arms of one `match`. */
const isOfSame = (a: Operation, b: Operation): boolean =>
  a.kind === "test" && b.kind === "test" && a.place.local === b.place.local && a.place.path.length + b.place.path.length === 0;

/** By its name, who makes it true chooses insecurity; what has to be set to be safe may be off by default. */
const isOptIn = ({ asked, isNegated, holds }: AskedBranch, body: Body): boolean =>
  holds !== isNegated && polarityOfName(nameIn(asked, body) ?? "") > 0;

function nameIn(asked: Operation, { locals }: Body): string | undefined {
  switch (asked.kind) {
    case "copy": {
      const field = asked.from.path.findLast((it) => it.kind === "field" || it.kind === "payload");
      return field?.name ?? locals[asked.from.local]?.name;
    }
    case "method":
      return asked.name;
    case "call":
      return asked.callee.kind === "path" ? asked.callee.path.segments.at(-1)?.name : locals[asked.callee.local]?.name;
    case "path":
      return asked.path.segments.at(-1)?.name;
    default:
      return undefined;
  }
}

/** Which variant of an enum is asked for. */
function variantIn(sites: Sites, owner: FunctionId, { asked }: AskedBranch): Pick<Asked, "variant"> {
  const target = asked.kind === "test" && asked.test.kind === "path" ? sites.program.names.path(owner, asked.test.path) : undefined;
  return target?.kind === "variant" ? { variant: target.path } : {};
}

/** Whose outcome is asked for. */
function attemptIn(owner: FunctionId, { asked, isNegated, holds }: AskedBranch): Pick<Asked, "attempt"> {
  const isOutcome = isFailure(asked, holds !== isNegated) || isFailure(asked, holds === isNegated);
  return isOutcome && asked.kind === "test" ? { attempt: `attempt ${owner} ${asked.place.local} ${asked.place.path.length}` } : {};
}

function wordsOf(sites: Sites, { owner, body }: Site, branch: AskedBranch, lost: Condition | undefined): Asked {
  const { asked, isNegated, holds } = branch;
  const place = sites.place({ owner }, asked.span);
  const text = askedText(sites, { in: owner, span: asked.span }) ?? sites.text(place);
  const side = holds !== isNegated;
  const optIn = isOptIn(branch, body);
  const outcome = isFailure(asked, side) ? ({ failed: true } as const) : isFailure(asked, !side) ? ({ passed: true } as const) : {};
  const inside = lost && { in: owner, condition: side ? lost : not(lost) };
  return { place, text, holds: side, ...(optIn && { optIn: true as const }), ...outcome, ...(inside && { inside }) };
}

/** Of a `Result`, that it is an error. */
function isFailure(asked: Operation, holds: boolean): boolean {
  const name = asked.kind === "test" && asked.test.kind === "path" ? asked.test.path.segments.at(-1)?.name : undefined;
  return name === (holds ? "Err" : "Ok");
}

type AskedBranch = Branch & { readonly asked: Operation };
