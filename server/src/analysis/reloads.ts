/**
 * Configurations that are kept in fields: a field is filled where a value of its type is made, and read or stored into elsewhere, by
 * itself or behind a lock. They are brought together by the field, whoever calls the functions: what takes the place of a configuration
 * while the program runs, and what goes on with the sessions of one.
 */
import { type FunctionId, partsOf, type Summary, shownType, type Value } from "../flow/index.ts";
import type { ModelObject } from "./model-object.ts";
import type { Records } from "./records.ts";

/** Operations that make objects, by `type.field`. */
type Origins = Map<string, Set<string>>;

interface Store {
  readonly into: Value;
  readonly field: string;
  readonly value: Value;
}

export function linkReloads(records: Records, functions: Iterable<FunctionId>): void {
  const { flow, program } = records.sites;
  const summaries = [...functions].flatMap((id) => {
    const summary = flow.summary(id);
    return summary === undefined ? [] : [{ id, summary }];
  });
  const typeOf = (value: Value, id: FunctionId): string | undefined => shownType(value) ?? program.inputType(value, id);
  const stored: Origins = new Map();
  for (const { id, summary } of summaries)
    for (const { into, field, value } of storesOf(summary)) {
      const type = typeOf(into, id);
      if (type !== undefined) note(stored, `${type}.${field}`, originsIn(value, summary, records));
    }
  const read = records.sessionsKept.map(({ from, root, take }) => ({ take, fields: fieldsIn(from, (it) => typeOf(it, root)) }));
  const asked = new Set([...stored.keys(), ...read.flatMap(({ fields }) => fields)]);
  if (asked.size === 0) return;
  const made: Origins = new Map();
  for (const { summary } of summaries)
    for (const value of reachedFrom(valuesOf(summary)))
      if (value.kind === "record" && value.type !== "")
        for (const [name, held] of value.fields) {
          const field = `${value.type}.${name}`;
          if (asked.has(field)) note(made, field, originsIn(held, summary, records));
        }
  const configurations = configurationsByOrigin(records);
  const of = (origins: Iterable<string> = []): readonly ModelObject[] => [...origins].flatMap((it) => configurations.get(it) ?? []);
  for (const [field, by] of stored) replace(of(made.get(field)), of(by));
  for (const { take, fields } of read) for (const field of fields) for (const it of of(made.get(field))) take(it);
}

/** Of what a value was taken from. */
const fieldsIn = (value: Value, typeOf: (value: Value) => string | undefined): readonly string[] =>
  [...reachedFrom([value])].flatMap((it) => (it.kind === "part" ? [`${typeOf(it.of)}.${it.name}`] : []));

/** Into fields of what came in, or of what is behind a lock there. */
function* storesOf({ stored, writes }: Summary): Generator<Store> {
  for (const [place, value] of stored)
    for (let into = place; into.kind === "part"; into = into.of) yield { into: into.of, field: into.name, value };
  for (const value of writes.values())
    for (const it of reachedFrom([value]))
      if (it.kind === "record" && it.base !== undefined) for (const [field, held] of it.fields) yield { into: it.base, field, value: held };
}

const valuesOf = ({ result, contents, events }: Summary): readonly Value[] => [
  result,
  ...contents.values(),
  ...events.flatMap((it) => (it.kind === "effect" ? it.with : [it.call])),
];

function reachedFrom(values: readonly Value[]): ReadonlySet<Value> {
  const seen = new Set(values);
  for (const value of seen) for (const it of partsOf(value)) seen.add(it);
  return seen;
}

/** Behind locks, too. */
function originsIn(value: Value, { contents }: Summary, { sites }: Records): readonly string[] {
  const seen = new Set([value]);
  const found: string[] = [];
  for (const it of seen) {
    if (it.kind === "object") found.push(sites.flow.values.chains.originOf(it.object));
    const held = it.kind === "pointer" && it.cell.kind === "contents" ? contents.get(it.cell.object) : undefined;
    if (held !== undefined) seen.add(held);
    for (const part of partsOf(it)) seen.add(part);
  }
  return found;
}

function note(origins: Origins, field: string, more: readonly string[]): void {
  if (more.length > 0) origins.set(field, new Set([...(origins.get(field) ?? []), ...more]));
}

function configurationsByOrigin({ objects, sites }: Records): ReadonlyMap<string, readonly ModelObject[]> {
  const found = new Map<string, ModelObject[]>();
  for (const [object, id] of objects.allocated) {
    if (object.sort !== "configuration") continue;
    const origin = sites.flow.values.chains.originOf(id);
    found.set(origin, [...(found.get(origin) ?? []), object]);
  }
  return found;
}

/** The same lines, run again, make the same again. */
function replace(first: readonly ModelObject[], by: readonly ModelObject[]): void {
  for (const object of by) {
    if (first.some((it) => it === object || isSamePlace(it, object))) continue;
    for (const it of first) if (!object.replaces.includes(it)) object.replaces.push(it);
  }
}

const isSamePlace = (a: ModelObject, b: ModelObject): boolean => a.place.file === b.place.file && a.place.span.start === b.place.span.start;
