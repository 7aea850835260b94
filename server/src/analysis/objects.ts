/** Objects of a model as a root of the program sees them: what flow calls one object, and what it knows by nothing but its type. */
import { type Condition, type FunctionId, type Value, viewOf } from "../flow/index.ts";
import type { CanonicalPath, CrateModel } from "../models/model.ts";
import type { Place, Role } from "../tls/facts.ts";
import { armsOf, valueModelOf } from "./meanings.ts";
import type { ModelIndex } from "./model-index.ts";
import { handOut, type ModelObject, newObject } from "./model-object.ts";

export interface Meant {
  readonly condition: Condition;
  readonly object: ModelObject;
}

export interface Making {
  readonly root: FunctionId;
  readonly place: Place;
  /** Of what is not seen to be made, the type that a model's path says. */
  readonly type: CanonicalPath | undefined;
  readonly role?: Role | undefined;
  /** Of a value that states something by itself, where it is written. */
  readonly writtenAt?: ((value: Value) => Place) | undefined;
}

/** Notes a value that states something by itself: the handle of what it states. */
type Note = (model: CrateModel, path: CanonicalPath, place: Place) => number;

export class Objects {
  readonly all: ModelObject[] = [];
  /** What flow calls one object, of those that are allocated where flow sees it. */
  readonly allocated = new Map<ModelObject, string>();
  readonly #models: ModelIndex;
  readonly #note: Note;
  readonly #known = new Map<string, ModelObject>();

  constructor(models: ModelIndex, note: Note) {
    this.#models = models;
    this.#note = note;
  }

  /** What was told of before. */
  known(root: FunctionId, object: string): ModelObject | undefined {
    return this.#known.get(`${root} ${object}`);
  }

  /** Those that a value leads to. What is no object of a model is one all the same where something happens to it. */
  meant(value: Value, making: Making): readonly Meant[] {
    return armsOf(value).flatMap(({ condition, value: it }) => {
      const object = this.#one(it, making);
      return object === undefined ? [] : [{ condition, object }];
    });
  }

  /** Only such as models make. */
  within(value: Value, making: Omit<Making, "type">): readonly Meant[] {
    const seen = new Set<Value>();
    const found: Meant[] = [];
    const open = [...armsOf(value)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { condition, value: it } = next;
      if (seen.has(it)) continue;
      seen.add(it);
      const object =
        it.kind === "object" || valueModelOf(it, this.#models)?.of.kind === "object"
          ? this.#one(it, { ...making, type: undefined })
          : undefined;
      if (object !== undefined) found.push({ condition, object });
      for (const part of partsOf(it)) open.push(...armsOf(part, condition));
    }
    return found.reverse();
  }

  #one(value: Value, making: Making): ModelObject | undefined {
    const { root, type, role } = making;
    if (value.kind === "unit") return undefined;
    const view = value.kind === "part" ? viewOf(value.name) : undefined;
    if (view !== undefined && value.kind === "part") return this.#one(value.of, { ...making, type: type ?? view });
    const stated = valueModelOf(value, this.#models);
    const made = stated?.of.kind === "object" ? stated.of : undefined;
    const place = (made && making.writtenAt?.(value)) ?? making.place;
    const of = made?.type ?? (value.kind === "object" ? value.type : type);
    if (of === undefined) return undefined;
    const hit = this.#models.type(this.#models.canonical(of));
    if (hit === undefined) return undefined;
    const key = `${root} ${keyOf(value)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const object = newObject(this.all, {
      type: hit.path,
      sort: hit.of.sort,
      model: hit.model,
      place,
      known: made !== undefined,
      guessed: false,
      path: [],
      role: role ?? hit.of.role,
    });
    object.system = made?.states?.some((it) => it.kind === "trust" && it.anchors === "system") === true;
    const draft = stated === undefined || made?.states === undefined ? -1 : this.#note(stated.model, stated.path, place);
    for (const fact of made?.states ?? [])
      object.events.push({ kind: fact.kind, facts: { any: [fact] }, place, related: [], path: [], byDefault: false, draft });
    // What is not seen to be made somebody else has, too.
    if (value.kind !== "object" && made === undefined) handOut(object);
    this.#known.set(key, object);
    if (value.kind === "object") this.allocated.set(object, value.object);
    return object;
  }
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "record":
      return value.fields.map(([, it]) => it);
    case "collection":
      return value.element === undefined ? [] : [value.element];
    case "apply":
      return value.arguments;
    case "part":
      return [value.of];
    case "closure":
      return value.captures;
    default:
      return [];
  }
}

/** What an input holds is one, by value or through the reference that came in. */
function keyOf(value: Value): string {
  switch (value.kind) {
    case "object":
      return value.object;
    case "input":
      return `input ${value.index}`;
    case "pointer":
      return value.cell.kind === "input" ? [`input ${value.cell.index}`, ...value.path].join(".") : `v${value.id}`;
    case "part":
      return value.of.kind === "input" || value.of.kind === "part" ? `${keyOf(value.of)}.${value.name}` : `v${value.id}`;
    default:
      return `v${value.id}`;
  }
}
