/** The rows of the standard library, applied to types. */
import type { DefinitionMaps } from "../names/index.ts";
import { COLLECTIONS, KEYED, OPTION, RESULT, STD_MAKERS, STD_OPERATORS, STD_ROWS, type StdRow, type Term } from "./std-rows.ts";
import { externalPath, named, type Type } from "./type.ts";

const rows: ReadonlyMap<string, StdRow> = new Map(
  STD_ROWS.flatMap((row) => row.of.flatMap((path) => row.methods.map((method) => [`${path}.${method}`, row] as const))),
);
const makers: ReadonlyMap<string, Term> = new Map(STD_MAKERS.map(({ path, gives }) => [path, gives]));

export const rowOf = (receiver: Type | undefined, method: string): StdRow | undefined => {
  const path = externalPath(receiver);
  return path === undefined ? undefined : rows.get(`${path}.${method}`);
};

export const makerOf = (path: readonly string[]): Term | undefined => makers.get(path.join("::"));

export function typeOfTerm(term: Term, self: Type | undefined, closure: Type | undefined, maps: DefinitionMaps): Type | undefined {
  if (term === "self") return self;
  if (term === "closure") return closure;
  if (typeof term === "number") return self?.kind === "named" ? self.arguments[term] : undefined;
  const [path, ...args] = term;
  return named(
    maps.names.externalAt(path.split("::")),
    args.map((it) => typeOfTerm(it, self, closure, maps)),
  );
}

export function typeOfOperator(operator: string, maps: DefinitionMaps): Type | undefined {
  const term = STD_OPERATORS[operator];
  return term === undefined ? undefined : typeOfTerm(term, undefined, undefined, maps);
}

/** What a `for` takes out of it, one after the other. */
export function elementOf(type: Type | undefined): Type | undefined {
  if (type?.kind === "slice") return type.element;
  const path = externalPath(type);
  if (path === undefined || type?.kind !== "named") return undefined;
  if (KEYED.has(path)) return { kind: "tuple", elements: type.arguments };
  return COLLECTIONS.has(path) ? type.arguments[0] : undefined;
}

/** What `?` takes out of it. */
export function payloadOf(type: Type | undefined): Type | undefined {
  const path = externalPath(type);
  return type?.kind === "named" && (path === OPTION || path === RESULT) ? type.arguments[0] : undefined;
}
