/**
 * Words of settings that choose whether there is TLS. A word that nobody knows means a mistake: where it is taken for the mode without TLS, or
 * leaves that one in place, whoever mistyped the other one has none, and nobody is told.
 */
import { type Condition, type FunctionId, partsOf, type Value } from "../flow/index.ts";
import { FAILURES } from "../models/failures.ts";
import type { Operation } from "../rust/bodies/index.ts";
import { isTestCode } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Fact, Place } from "../tls/facts.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { BodyIndex } from "./body-index.ts";
import { state } from "./fail-open-facts.ts";
import { WORDS_OF_TRUTH } from "./guards.ts";
import type { Event, ModelObject } from "./model-object.ts";
import type { Path } from "./path-conditions.ts";
import type { Records } from "./records.ts";
import { closuresOf } from "./roots.ts";
import { isOfScheme } from "./schemes-asked.ts";
import type { Site, Sites } from "./sites.ts";
import { WRAPPING } from "./std-names.ts";
import { usesOf } from "./uses.ts";

/** `pathTo`: under which a function is there at all. */
export function stateWordsOfModes(records: Records, pathTo: (id: FunctionId) => Path): void {
  for (const [type, modes] of modesIn(records)) {
    const weak = new Map([...modes.plain].filter(([it]) => !modes.secured.has(it)));
    const [plain] = weak.values();
    const secured = new Set(
      [...modes.secured].flatMap(([it, by]) => (plain && [...by].some((one) => isAlike(one, plain.object)) ? [it] : [])),
    );
    if (plain === undefined || secured.size === 0) continue;
    const { object, event } = plain;
    for (const id of functionsAbout(records, type)) {
      const causes = [
        ...restsIn(records, id, weak, secured).map((it) => ({ at: it.at, cause: { kind: "words", known: it.words } }) as const),
        ...lostIn(records, id, type, weak).map((it) => ({ at: it.at, cause: { kind: "attempt", call: it.call } }) as const),
      ];
      for (const { at, cause } of causes) state(object, at, event.draft, { loses: "tls", cause, path: pathTo(id) });
    }
  }
}

/** Of an enum of the program's own, by their paths: variants under which something is done without TLS, and the same with it. */
interface Modes {
  readonly plain: Map<string, { readonly object: ModelObject; readonly event: Event }>;
  readonly secured: Map<string, Set<ModelObject>>;
}

function modesIn(records: Records): ReadonlyMap<string, Modes> {
  const found = new Map<string, Modes>();
  const conditions = new Decisions(records.sites);
  const plainOf = ({ events }: ModelObject): readonly Event[] =>
    events.filter((it, at) => it.facts.any.some(isPlaintext) && !events.slice(at + 1).some((later) => later.kind === it.kind));
  const note = (object: ModelObject, event: Event, isPlain: boolean): void => {
    const isAside = event.path.some(({ guard }) => guard?.kind === "test" || guard?.kind === "example");
    for (const variant of isAside || event.byDefault ? [] : chosenFor(records, event, conditions)) {
      const type = variant.slice(0, variant.lastIndexOf("::"));
      const modes = found.get(type) ?? { plain: new Map(), secured: new Map() };
      found.set(type, modes);
      if (isPlain) modes.plain.set(variant, modes.plain.get(variant) ?? { object, event });
      else modes.secured.set(variant, (modes.secured.get(variant) ?? new Set()).add(object));
    }
  };
  const secured = records.objects.all.filter((object) => {
    const plain = plainOf(object);
    for (const event of plain) note(object, event, true);
    return plain.length === 0 && !isLax(object);
  });
  // Most programs decide nothing so.
  if (found.size === 0) return found;
  for (const object of secured) for (const event of object.events) note(object, event, false);
  return found;
}

/** Under which conditions an operation does something in a function, asked once for each function. */
class Decisions {
  readonly #sites: Sites;
  readonly #known = new Map<FunctionId, ReadonlyMap<Operation, readonly Condition[]>>();

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  of(owner: FunctionId, operation: Operation): readonly Condition[] {
    const known = this.#known.get(owner) ?? this.#in(owner);
    this.#known.set(owner, known);
    return known.get(operation) ?? [];
  }

  #in(owner: FunctionId): ReadonlyMap<Operation, readonly Condition[]> {
    const found = new Map<Operation, Condition[]>();
    for (const it of this.#sites.flow.summary(owner)?.events ?? []) {
      const operation = it.kind === "effect" ? this.#sites.chain(it.key).at(-1)?.operation : undefined;
      if (operation === undefined) continue;
      const conditions = found.get(operation) ?? [];
      found.set(operation, conditions);
      conditions.push(it.condition);
    }
    return found;
  }
}

/** Of the same library, or of whatever one for servers. */
const isAlike = (one: ModelObject, other: ModelObject): boolean =>
  one.model === other.model || [one, other].every(({ events }) => events.some(({ kind }) => kind === "listener"));

/** By default, too. */
const isLax = ({ events }: ModelObject): boolean =>
  events.some(({ kind, facts }, at) => facts.any.some(isOptional) && !events.slice(at + 1).some((it) => it.kind === kind));

/** Variants of the program's own enums that are asked for where something is stated; each other one, where one is not. */
function chosenFor({ drafts, sites }: Records, { draft }: Event, decisions: Decisions): readonly string[] {
  const { chain = [] } = drafts[draft] ?? {};
  const last = chain.at(-1);
  const conditions = last === undefined ? [] : chain.flatMap(({ owner }) => decisions.of(owner, last.operation));
  return conditions.flat().flatMap(({ atoms }) =>
    atoms.flatMap(({ value, holds }) => {
      if (value?.kind !== "test" || !value.what.includes("::")) return [];
      const type = value.what.slice(0, value.what.lastIndexOf("::"));
      const siblings = sites.program.ids.variantsOf(type).map((it) => `${type}::${it.name}`);
      if (!siblings.includes(value.what)) return [];
      const isExcluded = (it: string): boolean => atoms.some((one) => !one.holds && one.value?.kind === "test" && one.value.what === it);
      return holds ? [value.what] : siblings.filter((it) => !isExcluded(it));
    }),
  );
}

/** What speaks of it, and what it implements. */
function functionsAbout({ sites }: Records, type: string): readonly FunctionId[] {
  const { program } = sites;
  const naming = bodiesNaming(program, new Set([lastOf(type)])).filter((it) => it.kind === "function" && !isTestCode(it));
  return [...new Set([...naming.map((it) => program.ids.id(it)), ...program.producers.members(type)])];
}

/** Any other text than those that are known. */
interface Rest {
  readonly at: Place;
  readonly words: readonly string[];
}

type Named = ReadonlyMap<string, unknown>;

function restsIn(records: Records, id: FunctionId, weak: Named, secured: ReadonlySet<string>): readonly Rest[] {
  const summary = records.sites.flow.summary(id);
  if (summary === undefined) return [];
  const { result, contents, writes, events } = summary;
  const seen = new Set([
    result,
    ...contents.values(),
    ...writes.values(),
    ...events.flatMap((it) => (it.kind === "effect" ? it.with : [])),
  ]);
  const found = new Map<number, Rest>();
  for (const value of seen) {
    for (const it of partsOf(value)) seen.add(it);
    const rest = value.kind === "alternatives" ? restOf(value.of, weak, secured) : undefined;
    const at = rest && placeOf(records, id, rest.variant);
    if (rest !== undefined && at !== undefined) found.set(at.span.start, { at, words: rest.words });
  }
  return [...found.values()];
}

type Arms = Extract<Value, { readonly kind: "alternatives" }>["of"];

function restOf(
  arms: Arms,
  weak: Named,
  secured: ReadonlySet<string>,
): { readonly variant: string; readonly words: readonly string[] } | undefined {
  const variants = arms.map(({ value, condition }) => ({ variant: variantIn(value), condition }));
  const rest = variants.find(({ variant, condition }) => variant !== undefined && weak.has(variant) && isAnyOther(condition));
  const of = rest?.condition[0]?.atoms[0]?.value;
  if (rest?.variant === undefined || of?.kind !== "test") return undefined;
  const wordsOf = (condition: Condition): readonly string[] =>
    condition.flatMap(({ atoms }) => atoms.flatMap(({ value, holds }) => (holds && value?.kind === "test" ? wordIn(value, of.of) : [])));
  const meant = variants.flatMap(({ variant, condition }) => (variant !== undefined && secured.has(variant) ? wordsOf(condition) : []));
  const words = variants.flatMap(({ condition }) => wordsOf(condition));
  // What stands for yes and no stands for nothing else, and an address says whether it asks for TLS.
  const isMode = meant.some((it) => !WORDS_OF_TRUTH.has(it.toLowerCase())) && !rest.condition.some((it) => it.atoms.some(isAboutScheme));
  return isMode ? { variant: rest.variant, words: [...new Set(words)] } : undefined;
}

const isAboutScheme = ({ value }: Condition[number]["atoms"][number]): boolean => value !== undefined && isOfScheme(value);

/** A variant by itself, or what an attempt gives that has not failed. */
function variantIn(value: Value): string | undefined {
  if (value.kind !== "record") return undefined;
  const [held] = value.fields;
  return WRAPPING.has(value.type) && held !== undefined ? variantIn(held[1]) : value.type;
}

/** It is none of the texts that are known, and that is all that is asked. */
const isAnyOther = (condition: Condition): boolean =>
  condition.length === 1 &&
  condition.every(
    ({ atoms, some }) => !some && atoms.length > 0 && atoms.every(({ value, holds }) => !holds && value?.kind === "test" && isText(value)),
  );

const isText = (value: Value & { readonly kind: "test" }): boolean => value.what.startsWith('="');

const wordIn = (value: Value & { readonly kind: "test" }, of: Value): readonly string[] =>
  isText(value) && value.of === of ? [value.what.slice(2, -1)] : [];

/** Where a variant is written last: what is for all others comes behind them. */
function placeOf({ sites }: Records, id: FunctionId, variant: string): Place | undefined {
  const made = bodiesIn(sites, id).flatMap(({ owner, body }) =>
    body.blocks.flatMap(({ operations }) =>
      operations.flatMap((it) => {
        const target = it.kind === "path" ? sites.program.names.path(owner, it.path) : undefined;
        return target?.kind === "variant" && target.path === variant ? [sites.place({ owner }, it.span)] : [];
      }),
    ),
  );
  return made.sort((a, b) => b.span.start - a.span.start)[0];
}

function bodiesIn({ flow }: Records["sites"], id: FunctionId): readonly Pick<Site, "owner" | "body">[] {
  return [id, ...closuresOf(flow, id)].flatMap((owner) => {
    const body = flow.callable(owner)?.body;
    return body === undefined ? [] : [{ owner, body }];
  });
}

/** An attempt to read one of these from a text, whose failure leaves one of them. */
interface Lost {
  readonly at: Place;
  readonly call: string;
}

function lostIn(records: Records, id: FunctionId, type: string, weak: Named): readonly Lost[] {
  const { sites, attempts, defaults } = records;
  const readers = new Set(sites.program.producers.members(type));
  return bodiesIn(sites, id).flatMap(({ owner, body }) =>
    body.blocks.flatMap(({ operations }) =>
      operations.flatMap((operation) => {
        const called = operation.kind === "method" || operation.kind === "call" ? sites.called(owner, operation) : [];
        if (!called.some((it) => it.kind === "function" && readers.has(it.id) && givesFailures(sites, it.id, type))) return [];
        const site: Site = { owner, body, operation, part: undefined };
        const fate = attempts.fateOf([site]);
        if (fate === undefined || fate.logged) return [];
        const instead = standingIn(records, site);
        const isWeak = instead === "default" ? [...weak.keys()].some((it) => defaults.isDefault(it) === true) : weak.has(instead);
        return isWeak ? [{ at: fate.at, call: sites.written(site) }] : [];
      }),
    ),
  );
}

/** Some texts are one of these, and others an error. */
function givesFailures({ flow }: Records["sites"], id: FunctionId, type: string): boolean {
  const result = flow.summary(id)?.result;
  const arms = result?.kind === "alternatives" ? result.of : [];
  const made = arms.flatMap(({ value }) => (value.kind === "record" && WRAPPING.has(value.type) ? (variantIn(value) ?? []) : []));
  return made.some((it) => it.startsWith(`${type}::`)) && arms.length > made.length;
}

/** What stands in where it has failed: what it would be otherwise, or the variant that is written there; nothing, where it is another thing. */
function standingIn({ sites }: Records, { owner, body, operation }: Site): string {
  const index = BodyIndex.of(body);
  for (let next = operation; ; ) {
    const method = usesOf(body, next.to).find(({ operation: it }) => it?.kind === "method" && it.receiver.local === next.to)?.operation;
    if (method?.kind !== "method") return "default";
    if (FAILURES[method.name] !== "lost") {
      next = method;
      continue;
    }
    const [given] = method.arguments;
    const made = given === undefined ? undefined : index.definition(given);
    const target = made?.kind === "path" ? sites.program.names.path(owner, made.path) : undefined;
    return given === undefined ? "default" : target?.kind === "variant" ? target.path : "";
  }
}

const isPlaintext = (fact: Fact): boolean =>
  (fact.kind === "upgrade" && fact.demand === "never") ||
  (fact.kind === "database-tls" && fact.mode === "plaintext") ||
  (fact.kind === "client-transport" && !fact.tls && fact.ofSecrets !== true) ||
  (fact.kind === "listener" && fact.transport === "plaintext" && fact.reach !== "loopback");

const isOptional = (fact: Fact): boolean =>
  isPlaintext(fact) ||
  (fact.kind === "upgrade" && fact.demand === "optional") ||
  (fact.kind === "database-tls" && fact.mode === "optional");
