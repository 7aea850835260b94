/**
 * Endpoints that a type of the program keeps beside one another: which of them is used is decided where a field is taken. What is asked
 * there, and on no other way to it, is a condition of all that is said of the endpoint; names of fields say which side is insecure.
 */
import type { FunctionId, Value } from "../flow/index.ts";
import { FieldReads, partsOf } from "../flow/index.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { pathsOf } from "./conditions.ts";
import { isAside } from "./guards.ts";
import type { ModelObject } from "./model-object.ts";
import { polarityOfName } from "./option-names.ts";
import { type Atom, extend, guardsOf, type Path } from "./path-conditions.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import { closuresOf } from "./roots.ts";

interface Kept {
  readonly type: string;
  readonly fields: readonly { readonly name: string; readonly object: ModelObject }[];
}

/** Fields that were asked for, and the functions that take them: what they do has part in what is said. */
interface Asked {
  readonly fields: Set<string>;
  readonly takers: Set<FunctionId>;
}

export class KeptEndpoints {
  readonly #records: Records;
  readonly #asked: Asked;
  readonly #isAside: (id: FunctionId) => boolean;
  readonly #known = new Map<string, readonly Path[]>();
  /** Of each endpoint the conditions under which it is taken, and the first of those that it is kept with. */
  readonly #taken = new Map<ModelObject, { readonly path: Path; readonly first: ModelObject }>();

  constructor(records: Records, roots: readonly Root[], asked: Asked, isAside: (id: FunctionId) => boolean) {
    this.#records = records;
    this.#asked = asked;
    this.#isAside = isAside;
    for (const root of roots) for (const it of keptBy(records, root)) this.#note(it);
  }

  /** What is said of an endpoint under some conditions, as it is where the endpoint is taken. */
  under(object: ModelObject | undefined, path: Path): Path {
    const taken = object && this.#taken.get(object);
    return taken === undefined ? path : (extend(path, taken.path) ?? path);
  }

  /** The same for endpoints of which one is taken. */
  together(object: ModelObject): ModelObject {
    return this.#taken.get(object)?.first ?? object;
  }

  #note({ type, fields }: Kept): void {
    const [first, ...more] = fields;
    if (first === undefined || more.length === 0) return;
    const names = new Set(fields.map((it) => it.name));
    for (const { name, object } of fields) {
      const others = new Set([...names].filter((it) => it !== name));
      const path = this.#pathOf(type, name, others);
      if (path.length > 0) this.#taken.set(object, { path, first: first.object });
    }
  }

  /** Where it is taken under no condition somewhere, it is used. */
  #pathOf(type: string, field: string, others: ReadonlySet<string>): Path {
    const key = `${type} ${field}`;
    const paths = this.#known.get(key) ?? this.#takings(type, field, others);
    this.#known.set(key, paths);
    if (paths.some((it) => guardsOf(it).length === 0)) return [];
    const path = paths.find((it) => !isAside(it)) ?? paths[0] ?? [];
    const isNamed = polarityOfName(field) > 0 && !path.some((it) => (it.polarity ?? 0) !== 0);
    return isNamed ? path.map(chosen) : path;
  }

  #takings(type: string, field: string, others: ReadonlySet<string>): readonly Path[] {
    const { flow, program } = this.#records.sites;
    this.#asked.fields.add(field);
    return bodiesNaming(program, new Set([field])).flatMap((declared) => {
      const id = program.ids.id(declared);
      this.#asked.takers.add(id);
      return this.#isAside(id) ? [] : [id, ...closuresOf(flow, id)].flatMap((it) => this.#takingsIn(it, type, field, others));
    });
  }

  #takingsIn(id: FunctionId, type: string, field: string, others: ReadonlySet<string>): readonly Path[] {
    const { sites } = this.#records;
    return sites.flow.watch(id, new FieldReads(field)).all.flatMap(({ of, condition, operation }) => {
      // What a closure has captured may be of that type.
      const read = sites.inputType(of, id) ?? (id.includes("|") ? type : undefined);
      if (read !== type) return [];
      const asker = askerOf(
        this.#records,
        id,
        sites.flow.head(id)?.inputs.map((it) => it ?? "…") ?? [],
        sites.place({ owner: id }, operation.span),
      );
      // What is taken where one of the others was refused nobody has chosen.
      const own = condition.map((it) => ({
        ...it,
        atoms: it.atoms.filter((atom) => atom.value === undefined || !asks(atom.value, others)),
      }));
      return pathsOf(own, asker);
    });
  }
}

const chosen = (atom: Atom): Atom =>
  atom.guard?.kind === "condition" ? { ...atom, polarity: 1, guard: { ...atom.guard, optIn: true } } : atom;

function asks(whole: Value, fields: ReadonlySet<string>): boolean {
  const seen = new Set([whole]);
  for (const it of seen) {
    if (it.kind === "part" && fields.has(it.name)) return true;
    for (const part of partsOf(it)) seen.add(part);
  }
  return false;
}

/** What a function gives of types of the program's own, with endpoints of one kind in several fields. */
function keptBy({ sites, objects, origins }: Records, root: Root): readonly Kept[] {
  const result = sites.flow.summary(root.id)?.result;
  const found: Kept[] = [];
  const seen = new Set(result === undefined ? [] : [result]);
  for (const value of seen) {
    for (const it of partsOf(value)) seen.add(it);
    if (value.kind !== "record" || sites.program.ids.type(value.type) === undefined) continue;
    const fields = value.fields.flatMap(([name, it]) => {
      const [only, ...more] = objects.within(it, { root: root.id, place: NOWHERE });
      return only === undefined || more.length > 0 || !origins.has(only.object) ? [] : [{ name, object: only.object }];
    });
    for (const { object } of fields.slice(0, 1)) {
      const alike = fields.filter((it) => it.object.sort === "configuration" && it.object.model === object.model);
      if (new Set(alike.map((it) => it.object)).size === alike.length) found.push({ type: value.type, fields: alike });
    }
  }
  return found;
}

const NOWHERE = { file: "", span: { start: 0, end: 0 } };
