/** What fields of the program's types keep: clients without verification, and strict ones beside them. */
import type { Item } from "../rust/index.ts";
import { isTellingName } from "./lexicon.ts";
import type { Machine } from "./machine.ts";
import type { Event, ModelObject } from "./objects.ts";
import { objectsIn, openObjectsIn, type Value } from "./values.ts";

export const laxIn = (machine: Machine): readonly ModelObject[] => machine.objects.filter((it) => isLax(machine, it));

/** The function that held it, where steps ended in that one: what became of it is not known. */
export const homeCut = ({ cut }: Machine, { home }: ModelObject): Item | undefined =>
  home === undefined ? undefined : [...cut].find((it) => it === home);

/** Nobody is verified, or one of the program's own verifiers is to do it. */
const isLax = (machine: Machine, object: ModelObject): boolean =>
  object.role !== "server" &&
  (object.events.some(isSwitchedOff) || [...machine.installations.values()].some((all) => all.some((it) => it.object === object)));

export const isSwitchedOff = ({ facts }: Event): boolean => facts.any.some((fact) => fact.kind === "server-verification" && !fact.enabled);

/** Fields in which something is kept, and those beside them in which something strict is. */
export interface Kept {
  readonly names: ReadonlySet<string>;
  readonly strict: ReadonlySet<string>;
}

/** A field of a type of the program, with what it was seen to be built with. */
interface Field {
  readonly type: Item;
  readonly name: string;
  /** Those that hold clients. */
  readonly values: readonly Content[];
}

interface Content {
  readonly value: Value;
  readonly objects: ReadonlySet<ModelObject>;
  /** Those that are reached without a field whose name tells. */
  readonly open: ReadonlySet<ModelObject>;
}

export class Fields {
  readonly #all: readonly Field[];
  readonly #lax: ReadonlySet<ModelObject>;
  readonly #isCut: (object: ModelObject) => boolean;

  constructor(machines: readonly Machine[]) {
    const lax = machines.flatMap(laxIn);
    this.#isCut = (it) => machines.some((one) => homeCut(one, it) !== undefined);
    this.#lax = new Set(lax.map(originOf));
    const types = new Set(lax.map((it) => it.type));
    const among = (objects: readonly ModelObject[]): ReadonlySet<ModelObject> =>
      new Set(objects.filter((it) => types.has(it.type)).map(originOf));
    const built = machines.flatMap((it) => [...it.built]);
    this.#all = built.flatMap(([type, fields]) =>
      [...fields].map(([name, values]) => {
        const contents = values.map((value) => ({
          value,
          objects: among(objectsIn(value)),
          open: among(openObjectsIn(value, isTellingName)),
        }));
        return { type, name, values: contents.filter((it) => it.objects.size > 0) };
      }),
    );
  }

  /** Undefined where it is kept under a name that does not tell, too, or where nothing beside it is strict. */
  keep(made: ModelObject): Kept | undefined {
    const object = this.#rememberedFor(originOf(made));
    const names = new Set<string>();
    const strict = new Set<string>();
    /** Types of the program that something is put into on its way to such a field. */
    const wrappers = new Set<Item>();
    const untold: Item[] = [];
    for (const { type, name, values } of this.#all) {
      if (!isTellingName(name)) {
        if (values.some(({ open }) => open.has(object) && !this.#isChosen(open, object))) untold.push(type);
        continue;
      }
      const holding = values.filter(({ objects }) => objects.has(object));
      if (holding.length === 0) continue;
      names.add(name);
      for (const { value } of holding) for (const one of typesIn(value)) wrappers.add(one);
      for (const beside of this.#all) {
        if (beside.type !== type) continue;
        const objects = beside.values.flatMap((it) => [...it.objects]).filter((it) => it.type === object.type);
        if (objects.length > 0 && !objects.some((it) => this.#lax.has(it))) strict.add(beside.name);
      }
    }
    return names.size === 0 || strict.size === 0 || untold.some((it) => !wrappers.has(it)) ? undefined : { names, strict };
  }

  /** Together with something strict it was taken by a choice: which, is looked for where the program takes it. */
  #isChosen(open: ReadonlySet<ModelObject>, { type }: ModelObject): boolean {
    return [...open].some((it) => it.type === type && !this.#lax.has(it));
  }

  /**
   * One that is in no field, since only so many values are remembered and steps run out, stands for what the same function keeps; one
   * whose function was cut, for what was switched off at the same place.
   */
  #rememberedFor(object: ModelObject): ModelObject {
    const isKept = (one: ModelObject): boolean => this.#all.some(({ values }) => values.some((it) => it.objects.has(one)));
    if (object.home === undefined || isKept(object)) return object;
    const cause = causeOf(object);
    const isSame = (it: ModelObject): boolean => it.home === object.home || this.#isCut(object);
    return [...this.#lax].find((it) => isSame(it) && it.type === object.type && causeOf(it) === cause && isKept(it)) ?? object;
  }
}

/** A clone to which nothing happened is the same for this. */
export const originOf = (object: ModelObject): ModelObject =>
  object.copyOf !== undefined && object.copyOf.events.length === object.events.length ? originOf(object.copyOf) : object;

/** Where it was switched off, and who asked for it there. */
const causeOf = ({ events }: ModelObject): string =>
  JSON.stringify(events.filter(isSwitchedOff).map(({ place, related }) => [place, related]));

function typesIn(value: Value): readonly Item[] {
  if (value.kind === "record") return value.record.definition === undefined ? [] : [value.record.definition.item];
  if (value.kind === "choice") return value.arms.flatMap((it) => typesIn(it.value));
  return value.kind === "fallible" ? typesIn(value.value) : [];
}
