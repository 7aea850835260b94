/** What is true of a program's inputs while nobody sets them: the defaults of their types, and what is not in the environment. */
import {
  type Condition,
  type FunctionId,
  IS_GIVEN,
  isAlways,
  isNever,
  not,
  Once,
  partsOf,
  payloadOf,
  type Value,
  whenTrue,
} from "../flow/index.ts";
import { FLAG_READERS } from "../models/configuration.ts";
import { lastOf } from "../rust/last-of.ts";
import { isMember } from "./by-name.ts";
import { DefaultValues } from "./default-values.ts";
import type { Features } from "./guards.ts";
import { INSTEAD } from "./instead.ts";
import type { Sites } from "./sites.ts";
import { ABSENT, ERR, NONE, PRESENT } from "./std-names.ts";

export class Defaults {
  readonly #sites: Sites;
  readonly #featuresIn: (file: string) => Features | undefined;
  readonly #values: DefaultValues;
  /** By condition and function. */
  readonly #truths: Once<string, ReadonlySet<boolean | undefined>>;
  readonly #leftOut: Once<string, ReadonlySet<boolean | undefined>>;

  /** `isAside`: code that is there for tests, or as an example. */
  constructor(sites: Sites, isAside: (id: FunctionId) => boolean, featuresIn: (file: string) => Features | undefined) {
    this.#sites = sites;
    this.#featuresIn = featuresIn;
    this.#values = new DefaultValues(sites, isAside, {
      applied: (...call) => this.#unset(...call),
      unset: (value, owner, inputs) => this.unset(value, owner, inputs),
    });
    this.#truths = new Once(sites.program.looks);
    this.#leftOut = new Once(sites.program.looks);
  }

  /** Of a condition over the inputs of a function; undefined where its default is not known. Of several producers one that makes it `wanted` is enough. */
  isTrue(condition: Value, wanted: boolean, owner: FunctionId, inputs: number): boolean | undefined {
    const truths = this.#truths.get(`${condition.id} ${owner}`, () => this.#truthsOf(condition, owner, inputs));
    return truths.has(wanted) ? wanted : truths.has(undefined) ? undefined : !wanted;
  }

  /** Whether a condition is so where callers leave out all that they may leave out. */
  isLeftOut(condition: Value, wanted: boolean, owner: FunctionId, inputs: number): boolean {
    const truths = this.#leftOut.get(`${condition.id} ${owner}`, () => this.#truthsLeftOut(condition, owner, inputs));
    return truths.size === 1 && truths.has(wanted);
  }

  /** Undefined among them: it is not known, or nobody comes to ask. */
  #truthsLeftOut(condition: Value, owner: FunctionId, inputs: number): ReadonlySet<boolean | undefined> {
    const given = this.#unsetInputs(condition, owner, inputs, "left out");
    return new Set(given.flatMap((it) => (this.#isGoneIn(condition, it) ? [undefined] : this.#truthsIn(condition, it, owner))));
  }

  /** Functions that give a value of a type of which nobody sets anything. */
  producersOf(type: string): readonly FunctionId[] {
    return this.#values.producersOf(type);
  }

  /** What a value over the inputs of a function is while nobody sets them, by each that may produce them. */
  unset(value: Value, owner: FunctionId, inputs: number): readonly Value[] {
    return this.#unsetInputs(value, owner, inputs).map((it) => this.#sites.flow.with(value, it, (...call) => this.#unset(...call)));
  }

  /** By each that may produce what it is of. Where it is asked of what is not there by default, the defaults of what that would hold count. */
  #truthsOf(condition: Value, owner: FunctionId, inputs: number): ReadonlySet<boolean | undefined> {
    const outer = this.#unsetInputs(condition, owner, inputs);
    const isGone = outer.some((it) => this.#isGoneIn(condition, it));
    const given = isGone ? this.#unsetInputs(condition, owner, inputs, "below") : outer;
    const truths = new Set(given.flatMap((it) => this.#truthsIn(condition, it, owner)));
    const isKnown = truths.has(true) || truths.has(false);
    const byVariant = isKnown || condition.kind !== "test" ? new Set<boolean | undefined>() : this.#truthsByVariant(condition.what);
    return byVariant.size === 0 ? truths : byVariant;
  }

  /** Of what nobody knows anything else of: the variant that it is asked for tells the type. */
  isDefault(variant: string): boolean | undefined {
    const [truth, ...others] = this.#truthsByVariant(variant);
    return others.length > 0 ? undefined : truth;
  }

  #truthsByVariant(variant: string): ReadonlySet<boolean | undefined> {
    const end = variant.lastIndexOf("::");
    // How an attempt came out is nobody's setting, whoever gives such a type.
    if (end < 0 || PRESENT.has(variant) || ABSENT.has(variant)) return new Set();
    const { values } = this.#sites.flow;
    const asked = values.make({ kind: "test", of: values.make({ kind: "input", index: 0 }), what: variant });
    return new Set(this.#values.of(variant.slice(0, end)).flatMap((it) => this.#truthsIn(asked, [it], "")));
  }

  #unsetInputs(value: Value, owner: FunctionId, inputs: number, also?: Wanted["also"]): readonly (readonly Value[])[] {
    const { values } = this.#sites.flow;
    const places = Array.from({ length: inputs }, (_, index) => values.make({ kind: "input", index }));
    const asked = partsIn(value);
    const most = Math.max(1, ...[...places, ...asked].map((it) => this.#of(it, owner).length));
    return Array.from({ length: most }, (_, at) => places.map((it) => this.#given(it, { owner, asked, at, also })));
  }

  /** As far out as a default is known; below what it does not have, that of the type that would be there. */
  #given(place: Value, wanted: Wanted): Value {
    const { owner, asked, at, also } = wanted;
    const typed = this.#of(place, owner);
    const found = typed.length > 0 ? typed : this.#ofCommands(place, asked);
    const known =
      found.length === 0 && also === "left out" && this.#isOption(place, owner) ? [this.#sites.flow.values.record(NONE, [])] : found;
    const whole = known[Math.min(at, known.length - 1)];
    if (whole !== undefined && !(also === "below" && asked.some((it) => this.#isGone(it, place, whole)))) return whole;
    const fields = asked.flatMap((it) => {
      const inner = it.of === place ? this.#given(it, wanted) : it;
      return inner === it ? [] : [[payloadOf(it.name)?.field ?? it.name, inner] as const];
    });
    return fields.length === 0 ? place : this.#sites.flow.values.record("", fields, whole ?? place);
  }

  /** A part of what is not there by default: of what an option holds that is not given. */
  #isGone(part: Part, place: Value, whole: Value): boolean {
    const found = this.#within(part.of, place, whole);
    return found !== undefined && isNever(found);
  }

  #within(part: Value, place: Value, whole: Value): Value | undefined {
    if (part === place) return whole;
    const of = part.kind === "part" ? this.#within(part.of, place, whole) : undefined;
    if (part.kind !== "part" || of === undefined) return undefined;
    const { flow } = this.#sites;
    const first = flow.values.make({ kind: "input", index: 0 });
    return flow.with(flow.values.make({ kind: "part", of: first, name: part.name }), [of]);
  }

  /** What it asks of is not there: nobody comes to ask. */
  #isGoneIn(condition: Value, inputs: readonly Value[]): boolean {
    return isNever(this.#sites.flow.with(condition, inputs, (...call) => this.#unset(...call)));
  }

  /** Of several ways to build the program, each has its truth. */
  #truthsIn(condition: Value, inputs: readonly Value[], owner: FunctionId): readonly (boolean | undefined)[] {
    const found = whenTrue(this.#sites.flow.with(condition, inputs, (...call) => this.#unset(...call)));
    if (found.length === 0) return [false];
    if (isAlways(found)) return [true];
    const isBuilt = found.every(({ atoms, some }) => !some && atoms.every(({ value }) => value === undefined));
    if (!isBuilt) return [undefined];
    const features = this.#featuresIn(this.#sites.file(owner));
    const mayHold = (of: Condition): boolean => of.some(({ atoms }) => atoms.every(({ key, holds }) => isBuiltSo(key, holds, features)));
    return [true, false].filter((it) => mayHold(it ? found : not(found)));
  }

  /** What nobody has set. */
  #unset(callee: string, [on, instead, ...more]: readonly Value[]): Value | undefined {
    const { values } = this.#sites.flow;
    if (INSTEAD.has(callee)) return on !== undefined && (isAsked(on) || isNothing(on)) ? instead : undefined;
    // Who needs more than the name to read a flag is another library's method, and gives what it is set to.
    if (callee === IS_GIVEN || (FLAG_READERS.has(lastOf(callee)) && more.length === 0)) return values.constant(false);
    if (isLookup(callee, on, instead)) return values.record(NONE, []);
    if (isWordIn(callee, on, instead)) return values.constant(false);
    if (callee === "std::env::var") return values.record(ERR, [["0", values.unknown("environment variable that is missing")]]);
    return callee === "std::env::var_os" ? values.record(NONE, []) : undefined;
  }

  #isOption(place: Value, owner: FunctionId): boolean {
    return this.#sites.program.inputType(place, owner) === "std::option::Option";
  }

  #of(input: Value, owner: FunctionId): readonly Value[] {
    const type = this.#sites.program.inputType(input, owner);
    return type === undefined ? [] : this.#values.of(type);
  }

  /** What an option is asked of that a command has is one of the commands. */
  #ofCommands(place: Value, asked: readonly Part[]): readonly Value[] {
    const { program } = this.#sites;
    const variants = asked.flatMap((it) => (it.of === place ? (payloadOf(it.name)?.of ?? []) : []));
    const [variant] = variants.filter((it) => program.isCommand(it));
    return variant === undefined ? [] : this.#values.of(variant.slice(0, variant.lastIndexOf("::")));
  }
}

/** Whether a flag of the compiler may be so while nobody asks for features. */
function isBuiltSo(key: string, holds: boolean, features: Features | undefined): boolean {
  const name = key.startsWith(FEATURE) ? key.slice(FEATURE.length) : undefined;
  if (name !== undefined && features?.features.has(name)) return features.defaultFeatures.has(name) === holds;
  return key !== "cfg:test" || !holds;
}

const FEATURE = "cfg:feature=";

/**
 * `asked`: parts of which something is wanted; `at`: of several producers, which; `also`: what is not there by default is looked into, or what
 * nobody has to give is not there.
 */
interface Wanted {
  readonly owner: FunctionId;
  readonly asked: readonly Part[];
  readonly at: number;
  readonly also: "below" | "left out" | undefined;
}

const isNothing = (value: Value): boolean => value.kind === "record" && (value.type === NONE || value.type === ERR);

/** By a key that is written down, in what comes from outside: `table.get("verify")`. */
const isLookup = (callee: string, on: Value | undefined, key: Value | undefined): boolean =>
  lastOf(callee) === "get" && on !== undefined && !isKnownCollection(on) && key?.kind === "constant" && typeof key.value === "string";

/** A word anywhere in a text from outside is an option of it: `address.contains("sslmode=verify-full")`. */
const isWordIn = (callee: string, on: Value | undefined, word: Value | undefined): boolean =>
  lastOf(callee) === "contains" && on !== undefined && isAsked(on) && word?.kind === "constant" && typeof word.value === "string";

const isKnownCollection = (value: Value): boolean =>
  value.kind === "collection" || (value.kind === "labelled" && isKnownCollection(value.of));

/** What comes from outside, or of what does: what a function by itself may give is nobody's setting. */
function isAsked(value: Value): boolean {
  if (value.kind === "apply") return value.callee.startsWith(".") || isMember(value.callee);
  return value.kind === "input" || ((value.kind === "part" || value.kind === "labelled") && isAsked(value.of));
}

type Part = Extract<Value, { readonly kind: "part" }>;

function partsIn(value: Value): readonly Part[] {
  const found = new Set<Part>();
  const open = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "part") found.add(next);
    open.push(...partsOf(next));
  }
  return [...found];
}
