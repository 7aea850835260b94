/**
 * What a value of one of a program's own types is while nobody sets anything: by what reads it, its `Default` and its constructors; of an enum
 * by what holds one; and of what is made out of something else, by that.
 */
import { type FunctionId, isNever, Once, type Target, type Value } from "../flow/index.ts";
import type { Body } from "../rust/bodies/index.ts";
import { givenOut } from "./given-out.ts";
import { pathIn } from "./made-types.ts";
import { armsOf } from "./meanings.ts";
import type { Sites } from "./sites.ts";
import { NONE, OK, SOME } from "./std-names.ts";

/** What is known of values that nobody sets. */
interface Unset {
  /** What a call gives then. */
  applied(callee: string, given: readonly Value[]): Value | undefined;
  /** What a value over the inputs of a function is then, by each that may produce them. */
  unset(value: Value, owner: FunctionId, inputs: number): readonly Value[];
}

export class DefaultValues {
  readonly #sites: Sites;
  readonly #isAside: (id: FunctionId) => boolean;
  readonly #unset: Unset;
  readonly #known: Once<string, readonly Value[]>;

  constructor(sites: Sites, isAside: (id: FunctionId) => boolean, unset: Unset) {
    this.#sites = sites;
    this.#isAside = isAside;
    this.#unset = unset;
    this.#known = new Once(sites.program.looks);
  }

  /** By each that may give one. */
  of(type: string): readonly Value[] {
    return this.#known.get(type, () => this.#values(type), []);
  }

  #values(type: string): readonly Value[] {
    const own = [...this.#byItself(type).flatMap((it) => this.#result(it, []) ?? []), ...this.#makers(type)];
    const held = own.length > 0 ? own : this.#held(type);
    return held.length > 0 ? held : this.#relays(type).flatMap((it) => this.#relayed(it, type));
  }

  /** Functions that make one of something else, of a type that nothing gives by itself. */
  #relays(type: string): readonly FunctionId[] {
    const { program } = this.#sites;
    return program.producers.naming(type).filter((it) => !this.#isAside(it) && this.#makes(it, type) && this.#madeIn(it, type).length > 0);
  }

  /** It is written there, and not handed on: what else a function names is no reason to evaluate it. */
  #makes(id: FunctionId, type: string): boolean {
    const { flow, program } = this.#sites;
    const makes = ({ blocks, closures }: Body, owner: FunctionId): boolean =>
      blocks.some(({ operations }) => operations.flatMap(pathIn).some((it) => isOf(program.names.path(owner, it), type))) ||
      closures.some((it, index) => makes(it, `${owner}|${index}`));
    const body = flow.callable(id)?.body;
    return body !== undefined && makes(body, id);
  }

  /** Of what somebody decides elsewhere. What is written where one is made, whoever makes it has chosen. */
  #madeIn(id: FunctionId, type: string): readonly Value[] {
    const { flow } = this.#sites;
    return [...givenOut(flow, id)].flatMap((it) => {
      const open = it.kind === "record" && it.type === type ? it.fields.filter(([, value]) => value.open) : [];
      return open.length === 0 ? [] : [flow.values.record(type, open)];
    });
  }

  #relayed(id: FunctionId, type: string): readonly Value[] {
    const { flow } = this.#sites;
    const inputs = flow.head(id)?.parameters ?? 0;
    const given = Array.from({ length: inputs }, () => flow.values.unknown(GIVEN));
    return this.#madeIn(id, type).flatMap((it) => this.#unset.unset(it, id, inputs).map((made) => flow.with(made, given)));
  }

  /** Of an enum that nothing makes by itself, what is in those that hold one until somebody sets it. */
  #held(type: string): readonly Value[] {
    const { program, flow } = this.#sites;
    const variants = new Set(program.ids.variantsOf(type).map((it) => `${type}::${it.name}`));
    if (variants.size === 0) return [];
    const holder = flow.values.make({ kind: "input", index: 0 });
    return program.producers.fields(type).flatMap(([struct, name]) => {
      if (this.producersOf(struct).every((it) => this.#isAside(it))) return [];
      const field = flow.values.make({ kind: "part", of: holder, name });
      return this.of(struct).flatMap((it) => {
        const held = flow.with(field, [it]);
        return held.kind === "record" && variants.has(held.type) ? [held] : [];
      });
    });
  }

  /** Functions that give one of which nobody sets anything. */
  producersOf(type: string): readonly FunctionId[] {
    const { makers } = this.#sites.program.producers.of(type);
    const own = [...this.#byItself(type), ...makers.filter((it) => this.#made(it, type).length > 0)];
    return own.length > 0 ? own : this.#relays(type);
  }

  /** By derives and attributes. Where others make it, a `Default` that nobody takes does not count. */
  #byItself(type: string): readonly FunctionId[] {
    const { read, byDefault } = this.#sites.program.producers.of(type);
    const isTaken = this.#makers(type).length === 0 || this.#isTaken(type, new Set());
    return isTaken ? [...read, ...byDefault] : read;
  }

  /** What a function gives where nothing is set. */
  #result(id: FunctionId, inputs: readonly Value[]): Value | undefined {
    const { flow } = this.#sites;
    const result = flow.summary(id)?.result;
    return result && flow.with(result, inputs, (...call) => this.#unset.applied(...call));
  }

  /** What a function gives that makes one of that type of its arguments, as far as these decide nothing by themselves. */
  #made(id: FunctionId, type: string): readonly Value[] {
    const given = Array.from({ length: this.#sites.flow.head(id)?.parameters ?? 0 }, (_, index) => this.#given(index, id));
    const most = Math.max(1, ...given.map((it) => it.length));
    return Array.from({ length: most }, (_, at) => given.flatMap((it) => it[Math.min(at, it.length - 1)] ?? [])).flatMap((inputs) => {
      const result = this.#result(id, inputs);
      const made = result && unwrapped(result);
      return made?.kind === "record" && made.type === type ? [made] : this.#madeOfRequired(id, type, inputs);
    });
  }

  /** Where it gives none unless something is set: the one that it makes of that, and of what nobody sets beside it. */
  #madeOfRequired(id: FunctionId, type: string, inputs: readonly Value[]): readonly Value[] {
    const { flow } = this.#sites;
    const result = flow.summary(id)?.result;
    const arms = result === undefined ? [] : armsOf(result).flatMap((it) => unwrapped(it.value) ?? []);
    const [made, ...others] = arms.filter((it) => it.kind === "record" && it.type === type);
    if (made?.kind !== "record" || others.length > 0) return [];
    const fields = made.fields.map(([name, it]): readonly [string, Value] => {
      const unset = flow.with(it, inputs, (...call) => this.#unset.applied(...call));
      return [name, isNever(unset) ? flow.values.unknown(GIVEN) : unset];
    });
    return [flow.values.record(type, fields)];
  }

  #given(index: number, id: FunctionId): readonly Value[] {
    const { flow, program } = this.#sites;
    const declared = program.inputType(flow.values.make({ kind: "input", index }), id);
    if (declared === "std::option::Option") return [flow.values.record(NONE, [])];
    const known = declared === undefined ? [] : this.of(declared);
    return known.length > 0 ? known : [flow.values.unknown(GIVEN)];
  }

  /** Somebody takes it who is no test, and so does whoever holds one by default. */
  #isTaken(type: string, seen: Set<string>): boolean {
    if (seen.has(type)) return false;
    seen.add(type);
    const { functions, holders } = this.#sites.program.producers.takersOfDefault(type);
    return functions.some((it) => !this.#isAside(it)) || holders.some((it) => this.#makers(it).length === 0 || this.#isTaken(it, seen));
  }

  #makers(type: string): readonly Value[] {
    return this.#sites.program.producers.of(type).makers.flatMap((it) => this.#made(it, type));
  }
}

const isOf = (target: Target, type: string): boolean => target.kind === "variant" && target.path === type;

const GIVEN = "what somebody gives";

/** What an attempt gives, where that is known. */
function unwrapped(value: Value): Value | undefined {
  if (value.kind === "alternatives") return value.of.map((it) => unwrapped(it.value)).find((it) => it?.kind === "record");
  return value.kind === "record" && (value.type === OK || value.type === SOME) ? value.fields[0]?.[1] : value;
}
