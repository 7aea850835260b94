/** Rows by path and by name, and which of them are pure: what they give follows from their arguments, and nothing happens. */
import { lastOf } from "../rust/last-of.ts";
import type { CallerRows, CallForm, Row, Rows, Term } from "./rows.ts";
import type { FunctionId, Value } from "./value.ts";

export class RowIndex {
  readonly #rows: Rows;
  /** Names of methods that do something, or call what they are given. */
  readonly #acting: ReadonlySet<string>;
  readonly #more: CallerRows | undefined;

  constructor(rows: Rows, more?: CallerRows) {
    this.#rows = rows;
    this.#more = more;
    this.#acting = actingIn(rows);
  }

  /** `special`: the path of the same by its type's argument; `count`: of what is given, the receiver among it. */
  of(path: string, owner: FunctionId, form: CallForm, special?: string, count?: number): Row | undefined {
    const own = special === undefined ? undefined : this.own(special, owner, form);
    return own ?? this.own(path, owner, form) ?? this.anywhere(lastOf(path), owner, count);
  }

  /** The type as which a row for that path alone gives what it is made on. */
  viewOf(path: string, owner: string): string | undefined {
    const result = this.own(path, owner, "method")?.result;
    return result !== undefined && "as" in result ? result.as : undefined;
  }

  /** Of that path, and not of any type's method of its name. */
  own(path: string, owner: FunctionId, form: CallForm): Row | undefined {
    const { functions, types } = this.#rows;
    if (Object.hasOwn(functions, path)) return functions[path];
    const at = path.lastIndexOf("::");
    const type = at < 0 ? "" : path.slice(0, at);
    const name = path.slice(at + 2);
    return this.#method(types, type, name) ?? this.#more?.of(path, owner, form);
  }

  #method(types: Rows["types"], type: string, name: string): Row | undefined {
    const rows = Object.hasOwn(types, type) ? types[type] : undefined;
    if (rows !== undefined && Object.hasOwn(rows, name)) return rows[name];
    const { extends: more = {} } = this.#rows;
    const other = Object.hasOwn(more, type) ? more[type] : undefined;
    return other === undefined ? undefined : this.#method(types, other, name);
  }

  /** The path of a method of an object that only a model knows, as far as rows tell. */
  ofObject(type: string, name: string, owner: FunctionId): string | undefined {
    const paths = [`${type}::${name}`, ...this.#rows.objects.map((it) => `${it}::${name}`), `${type}::*`];
    return paths.find((it) => this.own(it, owner, "method") !== undefined);
  }

  /** Of a method whose receiver is unknown. */
  anywhere(name: string, owner: FunctionId, count: number | undefined): Row | undefined {
    return Object.hasOwn(this.#rows.anywhere, name) ? this.#rows.anywhere[name] : this.#more?.anywhere(name, owner, count);
  }

  /** Of a path that is no call. */
  constant(path: string): number | undefined {
    return Object.hasOwn(this.#rows.constants, path) ? this.#rows.constants[path] : undefined;
  }

  /** What is given in any case by a call of that path. */
  constantOf(path: string, owner: FunctionId): boolean | number | string | undefined {
    const result = this.own(path, owner, "path")?.result;
    return result !== undefined && "constant" in result ? result.constant : undefined;
  }

  isActing(name: string): boolean {
    return this.#acting.has(name) || this.#more?.isActing(name) === true;
  }

  isTelling(name: string, given: readonly Value[]): boolean {
    return this.#more?.isTelling(name, given) === true;
  }

  isPure(row: Row): boolean {
    return isPure(row);
  }
}

/** Of the same rows for every program: those of the standard library are many. */
const acting = new WeakMap<Rows, ReadonlySet<string>>();
const pure = new WeakMap<Row, boolean>();

function actingIn(rows: Rows): ReadonlySet<string> {
  const known = acting.get(rows);
  if (known !== undefined) return known;
  const methods = Object.values(rows.types).flatMap((type) => Object.entries(type));
  const made = new Set(methods.filter(([, row]) => !isPure(row)).map(([name]) => name));
  acting.set(rows, made);
  return made;
}

function isPure(row: Row): boolean {
  const known = pure.get(row);
  if (known !== undefined) return known;
  const made = row.writes === undefined && (row.effects ?? []).length === 0 && isPureTerm(row.result);
  pure.set(row, made);
  return made;
}

const ACTS: ReadonlySet<string> = new Set(["call", "holder", "object", "like"]);

function isPureTerm(term: Term): boolean {
  return Object.entries(term).every(([key, value]) => !ACTS.has(key) && isPurePart(value));
}

function isPurePart(part: unknown): boolean {
  if (typeof part !== "object" || part === null) return true;
  return Object.entries(part).every(([key, value]) => !ACTS.has(key) && isPurePart(value));
}
