/** Values of the abstract interpreter: what an expression is known to be, with the place where the user decided it. */
import type { CanonicalPath } from "../models/model.ts";
import type { Definition, Expression, Parameter } from "../rust/index.ts";
import type { FactKind, Place } from "../tls/facts.ts";
import { MAX_TEXT } from "./budgets.ts";
import { CLAIMS } from "./lexicon.ts";
import type { Frame } from "./machine.ts";
import type { ModelObject } from "./objects.ts";
import type { Path } from "./path-conditions.ts";

/** What a value was computed from. Bits of one number, so that unions are cheap. */
export const TAINT = {
  /** The peer's own certificate: the whole, its key, or what was computed from either. */
  certificate: 1,
  verdict: 2,
  configuration: 4,
  error: 8,
  /** What the peer says of itself, and what anybody can say: names, dates and numbers in its certificate, the certificates beside it. */
  claim: 16,
} as const;
/** All that the peer has shown. */
export const SHOWN = TAINT.certificate | TAINT.claim;
/** Of a certificate, what is called so is written by whoever makes it. */
export const claimed = (taint: number, name: string): number =>
  (taint & TAINT.certificate) !== 0 && CLAIMS.has(name) ? (taint & ~TAINT.certificate) | TAINT.claim : taint;

export type Value = { readonly origin?: Place } & Shape;

type Shape =
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  /** `exact` is false where only the beginning is known (`format!("0.0.0.0:{port}")`). */
  | { readonly kind: "text"; readonly value: string; readonly exact: boolean }
  | { readonly kind: "unit" }
  | { readonly kind: "none" }
  /** `Err(…)`. */
  | { readonly kind: "error" }
  | { readonly kind: "flags"; readonly bits: readonly string[]; readonly of: CanonicalPath }
  | { readonly kind: "word"; readonly of: FactKind; readonly word: string }
  /** A constant, variant or unit struct of another crate that no model knows. */
  | { readonly kind: "name"; readonly path: readonly string[] }
  | { readonly kind: "closure"; readonly closure: Closure }
  | { readonly kind: "function"; readonly definition: Definition }
  | { readonly kind: "foreign"; readonly paths: readonly (readonly string[])[] }
  | { readonly kind: "tuple"; readonly elements: readonly Value[] }
  | { readonly kind: "record"; readonly record: RecordState }
  | { readonly kind: "collection"; readonly collection: Collection }
  | { readonly kind: "object"; readonly object: ModelObject; readonly type: CanonicalPath; readonly many: boolean }
  | { readonly kind: "choice"; readonly arms: readonly Arm[] }
  /** A result whose failure matters and was not looked at yet. `spent`: turned into an option or default already. */
  | { readonly kind: "fallible"; readonly value: Value; readonly failure: Failure }
  /** The contents of a file, or the open file. */
  | { readonly kind: "contents"; readonly path: Value; readonly call: string }
  /** What a verifier returns to accept. */
  | { readonly kind: "accepted" }
  /** The answer of an inner verifier. */
  | { readonly kind: "verdict"; readonly group: string; readonly boolean: boolean; readonly negated?: true }
  | Opaque;

export interface Opaque {
  readonly kind: "opaque";
  /** As written, or the reason why nothing is known. */
  readonly text: string;
  /** Of a condition: +1 when being true means that insecurity was chosen, -1 when security was. */
  readonly polarity: -1 | 0 | 1;
  /** Shared by all copies, so that `hasher.update(certificate)` is seen at `hasher.finalize()`. */
  readonly taint: { bits: number };
  /** What it is without configuration, where known. */
  readonly byDefault?: boolean;
  /** The field that it was read from, so that its initialisations can be looked up at the end. */
  readonly field?: { readonly of: Definition; readonly name: string; readonly negated: boolean };
  /** Values that went into it: an object may be found there again. */
  readonly parts: readonly Value[];
  /** The answer of something that judges what it was given: `?` on it is a check. */
  readonly judges: boolean;
  /** The answer of a function that was not read, and may have judged: whether it did is not known. */
  readonly unread?: true;
  /** It tells whether a certificate could be read, and nothing of whose it is. */
  readonly legible?: true;
}

export interface Arm {
  readonly path: Path;
  readonly value: Value;
}
export interface Closure {
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
  readonly frame: Frame;
  applied: boolean;
}
/** A value of one of the program's own types. Shared, as `&mut` shares it. */
export interface RecordState {
  readonly definition?: Definition;
  readonly variant?: string;
  readonly fields: Map<string, Value>;
  /** What the type's parameters stand for, in order, as far as it is known. */
  readonly arguments?: readonly (Definition | undefined)[];
  /** The conditions under which it was made: a field that is assigned under more keeps what it was as an alternative. */
  readonly path: Path;
  /** Not built here: a parameter or `self`; unknown fields are made from the declaration. `text` is how it is written. */
  readonly placeholder?: string;
}
export interface Collection {
  elements: Value[];
  /** May hold more than is known. */
  open: boolean;
  /** Emptiness was ruled out by a check that ends the function. */
  checked: boolean;
}
export interface Failure {
  readonly what: "anchor" | "certificate" | "crl" | "setting";
  readonly call: string;
  readonly site: number;
  readonly systemStore: boolean;
  /** Failing leaves nothing to go on with: a verifier that was not built. */
  readonly nothingWithout?: boolean;
  /** `.ok()` and kin: where the error was let go, if nothing looks at the option. */
  readonly letGo?: Place;
  /** What was done with the error before that: `.map_err(|error| warn!("{error}")).ok()`. */
  readonly heard?: Heard;
}
/** What hears of an error that is let go: a log, or the program, which keeps it, counts it or hands it on. */
export interface Heard {
  readonly logged: boolean;
  readonly kept: boolean;
}

export const UNIT: Value = { kind: "unit" };

/** Of a text longer than anybody's address or path only the beginning is known. */
export const textValue = (value: string, exact: boolean): Extract<Value, { readonly kind: "text" }> =>
  value.length > MAX_TEXT ? { kind: "text", value: value.slice(0, MAX_TEXT), exact: false } : { kind: "text", value, exact };

export function opaque(
  text: string,
  more: Partial<Omit<Opaque, "kind" | "text" | "taint" | "unread">> & { readonly taint?: number; readonly unread?: boolean } = {},
): Value {
  return {
    kind: "opaque",
    text,
    polarity: more.polarity ?? 0,
    taint: { bits: more.taint ?? 0 },
    parts: carried(more.parts ?? []),
    judges: more.judges ?? false,
    ...(more.unread === true ? { unread: true as const } : {}),
    ...(more.legible && { legible: more.legible }),
    ...(more.byDefault === undefined ? {} : { byDefault: more.byDefault }),
    ...(more.field === undefined ? {} : { field: more.field }),
  };
}

/** What is worth finding again in a value that was computed from others; bounded, so that long chains stay small. */
function carried(parts: readonly Value[]): readonly Value[] {
  if (parts.length === 0) return parts;
  return parts
    .flatMap((it) => (it.kind === "opaque" ? it.parts : it.kind === "unit" || it.kind === "closure" || it.kind === "function" ? [] : [it]))
    .slice(0, 6);
}

/** The same value, decided at `origin` unless an earlier place is known. */
export const at = (value: Value, origin: Place): Value => (value.origin === undefined ? { ...value, origin } : value);

/** What a value was computed from, its parts included. */
export function taintOf(value: Value, depth = 0): number {
  if (depth > 4) return 0;
  const all = (values: Iterable<Value>): number => {
    let bits = 0;
    for (const it of values) bits |= taintOf(it, depth + 1);
    return bits;
  };
  switch (value.kind) {
    case "opaque":
      return value.taint.bits;
    case "verdict":
      return TAINT.verdict;
    case "tuple":
      return all(value.elements);
    case "collection":
      return all(value.collection.elements);
    case "choice":
      return all(value.arms.map((it) => it.value));
    case "fallible":
      return taintOf(value.value, depth + 1);
    case "contents":
      return taintOf(value.path, depth + 1);
    case "object":
      return value.object.taint;
    case "record":
      return all(value.record.fields.values());
    default:
      return 0;
  }
}

/** Of a certificate, and there for anybody's: what was read from it without a look at what it says. */
export const isMerelyRead = (value: Value): boolean =>
  (taintOf(value) & SHOWN) !== 0 && (taintOf(value) & TAINT.verdict) === 0 && !hasJudged(value);

/** Some look at a certificate may have decided that this is the answer. */
function hasJudged(value: Value): boolean {
  const it = examined(value);
  if (it.kind === "opaque") return it.judges || it.unread === true;
  return it.kind === "choice" && it.arms.some((arm) => hasJudged(arm.value) || isLookedAt(arm.path));
}

const isLookedAt = (path: Path): boolean => path.some((it) => (it.taint & SHOWN) !== 0);

/** What every way to an answer that is no failure looked at of the certificate: the least of it. */
export function passedBy(value: Value): number {
  const it = examined(value);
  const there = it.kind === "choice" ? it.arms.filter((arm) => arm.value.kind !== "error" && arm.value.kind !== "none") : [];
  if (there.length === 0 || !there.every((arm) => isLookedAt(arm.path))) return 0;
  const whole = there.every((arm) => arm.path.some((atom) => (atom.taint & TAINT.certificate) !== 0));
  return whole ? TAINT.certificate : TAINT.claim;
}

/** Every object that can be reached from a value without calling anything, within a bound. */
export const objectsIn = (value: Value): ModelObject[] => reached(value, partsOf);

/** Those of them that stand there as they are: not behind a field that is `closed`, and not in what foreign code made of them. */
export function openObjectsIn(value: Value, closed: (field: string) => boolean): ModelObject[] {
  return reached(value, (it) => {
    if (it.kind === "opaque") return [];
    if (it.kind === "record") return [...it.record.fields].flatMap(([name, field]) => (closed(name) ? [] : [field]));
    return partsOf(it);
  });
}

function reached(value: Value, inside: (value: Value) => readonly Value[]): ModelObject[] {
  const found = new Set<ModelObject>();
  const queue: Value[] = [value];
  for (let visits = 0; visits < MAX_VISITS; visits++) {
    const it = queue.shift();
    if (it === undefined) break;
    if (it.kind === "object") found.add(it.object);
    else queue.push(...inside(it));
  }
  return [...found];
}

function partsOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case "opaque":
      return value.parts;
    case "tuple":
      return value.elements;
    case "collection":
      return value.collection.elements;
    case "choice":
      return value.arms.map((it) => it.value);
    case "fallible":
      return [value.value];
    case "record":
      return [...value.record.fields.values()];
    default:
      return [];
  }
}
const MAX_VISITS = 96;

/** A value without the wrapper of an unexamined failure. */
export const examined = (value: Value): Value => (value.kind === "fallible" ? examined(value.value) : value);

/** A file path that a value is, or the contents of which it is. */
export function fileOf(value: Value): Value | undefined {
  const inner = examined(value);
  if (inner.kind === "contents") return inner.path;
  if (inner.kind === "text") return inner;
  if (inner.kind === "choice") {
    for (const arm of inner.arms) {
      const found = fileOf(arm.value);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
