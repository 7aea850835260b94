/** What lies ready around a place: the endpoint's variable, a trust store, verifier or revocation lists without use, the files it names. */
import { covers, type Span } from "../base/span.ts";
import type { Block, Expression, FunctionItem, Statement } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { type Held, ofType, ofValue, type Spare } from "./held-values.ts";
import { type Calling, loaderOf, loaderOfClients } from "./loaders.ts";
import { type FileRole, fileIn } from "./named-file.ts";
import type { Site } from "./site.ts";
import { type Ancestor, expressionsIn } from "./trail.ts";

export interface Inventory {
  /** The variable that holds the endpoint. */
  binding(): string | undefined;
  spare(sort: SpareSort): Spare | undefined;
  /** A variable without use of exactly this type. */
  spareOf(type: string): Spare | undefined;
  /** A function that loads one from a file, with the file that it is to load. */
  loader(sort: "trust-store" | "crls"): Spare | undefined;
  /** What names the file of the endpoint's own chain, its key or its clients' CA. */
  file(role: FileRole): string | undefined;
}
export type SpareSort = "trust-store" | "verifier" | "crls";
/** `released`: what edits take away spends nothing. */
export function createInventory(
  site: Site,
  trail: readonly Ancestor[],
  ground: Ground,
  calling: Calling,
  released: readonly Span[],
): Inventory {
  const here = enclosingFunction(trail);
  const body = here?.body();
  return {
    binding: () => (site.expression?.kind === "method" ? rootOf(site.expression) : undefined) ?? bindingOf(site, trail),
    spare: (sort) =>
      body === undefined || here === undefined
        ? undefined
        : (spareIn(sort, here, body, trail, site, ground, released) ??
          (sort === "trust-store" ? loaderOfClients(here, ground, calling) : undefined)),
    spareOf: (type) =>
      body === undefined || here === undefined
        ? undefined
        : unspent((held) => held.type === type && !held.borrowed && !held.shared, here, body, trail, site, ground, released),
    loader: (sort) => (here === undefined ? undefined : loaderOf(sort, here, ground, calling)),
    file: (role) => (body === undefined ? undefined : fileIn(role, body, site, ground)),
  };
}

interface Variable {
  readonly name: string;
  readonly at: number;
  readonly held: Held;
}

export const enclosingFunction = (trail: readonly Ancestor[]): FunctionItem | undefined => {
  for (const ancestor of [...trail].reverse()) if (ancestor.of === "item" && ancestor.node.kind === "function") return ancestor.node;
  return undefined;
};

/** The variable at the start of a chain of method calls. */
function rootOf(expression: Expression): string | undefined {
  let node = expression;
  for (;;) {
    if (node.kind === "method") node = node.receiver;
    else if (node.kind === "try" || node.kind === "await") node = node.operand;
    else break;
  }
  return node.kind === "path" && node.path.segments.length === 1 ? node.path.segments[0]?.name : undefined;
}

/** A constructor's value is in the variable only if nothing but `?` and its kin stands between: `let name = Type::new()?;`. */
function bindingOf(site: Site, trail: readonly Ancestor[]): string | undefined {
  if (site.expression?.kind !== "call") return site.binding;
  let passed = true;
  for (const ancestor of [...trail].reverse()) {
    if (ancestor.of === "statement") {
      if (ancestor.node.kind !== "let" || ancestor.node.pattern.kind !== "binding" || !passed) return undefined;
      return ancestor.node.pattern.name;
    }
    if (ancestor.of !== "expression" || ancestor.node.kind === "closure" || ancestor.node.kind === "block") return undefined;
    if (ancestor.node === site.expression) continue;
    passed &&=
      ancestor.node.kind === "try" ||
      (ancestor.node.kind === "method" && /^(?:unwrap|expect|map_err|context|with_context)$/.test(ancestor.node.name));
  }
  return undefined;
}

function spareIn(
  sort: SpareSort,
  here: FunctionItem,
  body: Block,
  trail: readonly Ancestor[],
  site: Site,
  ground: Ground,
  released: readonly Span[],
): Spare | undefined {
  const isFit = (held: Held): boolean =>
    held.model.sort === sort &&
    (sort !== "verifier" || (held.model.role === "server" && isFinished(held, site))) &&
    (sort !== "crls" || (held.listed === true && !held.borrowed));
  return unspent(isFit, here, body, trail, site, ground, released);
}

/** A variable that holds what fits and is given to nobody. */
function unspent(
  isFit: (held: Held) => boolean,
  here: FunctionItem,
  body: Block,
  trail: readonly Ancestor[],
  site: Site,
  ground: Ground,
  released: readonly Span[],
): Spare | undefined {
  const limit = site.expression?.span.start ?? site.nameSpan.start;
  const forgotten = body.statements.filter((it) => forgottenIn(it) !== undefined);
  const unused = new Set(forgotten.map((it) => it.kind === "let" && it.value));
  const all = expressionsIn(body).filter((it) => !unused.has(it) && !released.some((span) => covers(span, it.span)));
  const candidates = variables(here, trail, limit, ground).filter((it) => isFit(it.held) && !isSpent(it, all, limit));
  const best = candidates.find((it) => /client|ca(?![a-z])|trust/i.test(it.name)) ?? candidates[0];
  if (best === undefined) return undefined;
  const take = best.held.borrowed ? `${best.name}.clone()` : best.name;
  return { take, shared: best.held.shared, forgotten: forgotten.filter((it) => forgottenIn(it) === best.name) };
}

/** The variable of `let _ = variable;`. */
function forgottenIn(it: Statement): string | undefined {
  const value = it.kind === "let" && it.pattern.kind === "wildcard" && it.otherwise === undefined ? it.value : undefined;
  return value?.kind === "path" && value.path.segments.length === 1 ? value.path.segments[0]?.name : undefined;
}

/** What `with_client_cert_verifier` takes: an `Arc`, which the builder of 0.22 and later gives by itself. */
const isFinished = (held: Held, site: Site): boolean =>
  held.shared || /WebPkiClientVerifier$/.test(held.type) || (site.version ?? "").startsWith("0.20");

/** Variables in scope at the place, nearest first; a shadowed one is left out. */
function variables(here: FunctionItem, trail: readonly Ancestor[], limit: number, ground: Ground): readonly Variable[] {
  const apart = trail.findLastIndex((it) => it.of === "expression" && runsApart(it.node));
  const found: Variable[] = apart < 0 ? given(here, ground) : [];
  const lookup = (name: string): Held | undefined => found.findLast((it) => it.name === name)?.held;
  for (const ancestor of trail.slice(apart + 1)) {
    if (ancestor.of !== "block") continue;
    for (const statement of ancestor.node.statements) {
      if (statement.span.end > limit || statement.kind !== "let" || statement.pattern.kind !== "binding") continue;
      const { name } = statement.pattern;
      const held =
        (statement.type === undefined ? undefined : ofType(statement.type, ground)) ??
        (statement.value === undefined ? undefined : ofValue(statement.value, ground, lookup));
      for (let at = found.length - 1; at >= 0; at--) if (found[at]?.name === name) found.splice(at, 1);
      if (held !== undefined) found.push({ name, at: statement.span.end, held });
    }
  }
  return found.reverse();
}

const given = ({ parameters }: FunctionItem, ground: Ground): Variable[] =>
  parameters.flatMap(({ pattern, type }): readonly Variable[] => {
    const held = type === undefined ? undefined : ofType(type, ground);
    return pattern.kind === "binding" && held !== undefined ? [{ name: pattern.name, at: pattern.span.end, held }] : [];
  });

/** What it takes from around it may be gone when it runs again, or borrowed when it runs later. */
const runsApart = (it: Expression): boolean =>
  ["loop", "while", "for", "closure"].includes(it.kind) || (it.kind === "block" && it.flavour !== "plain" && it.flavour !== "unsafe");

/** Whether a variable is given away: anything but being filled, looked at or lent before the place. What follows has to do without it. */
function isSpent(variable: Variable, all: readonly Expression[], place: number): boolean {
  const isIt = (it: Expression): boolean =>
    it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === variable.name;
  const harmless = new Set<Expression>();
  for (const it of all) {
    if (it.kind === "method" && isIt(it.receiver) && it.name !== "clone") harmless.add(it.receiver);
    if (it.kind === "reference" && isIt(it.operand)) harmless.add(it.operand);
  }
  return all.some((it) => it.span.start > variable.at && isIt(it) && (it.span.start > place || !harmless.has(it)));
}
