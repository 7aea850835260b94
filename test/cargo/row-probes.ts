/**
 * Rows of flow as Rust: functions that make the call that each row is for. Whether it is an associated function or a method, and how
 * many more arguments it has than the row looks at, the compiler tells: one of a few ways to write it has to compile.
 */
import type { Row, Rows } from "../../server/src/flow/rows.ts";

export interface RowProbe {
  /** What has to be there: one of the probes with the same subject compiles. */
  readonly subject: string;
  readonly line: string;
}

/** Arguments that a row does not look at: the order of atomic loads, the flags of a lock. */
const MOST_UNSEEN = 2;

export function rowProbes(rows: Rows): RowProbe[] {
  const calls = [
    ...Object.entries(rows.types).flatMap(([type, methods]) => Object.entries(methods).map(([name, row]) => ({ type, name, row }))),
    ...Object.entries(rows.functions).flatMap(([path, row]) => (isMacro(path) ? [] : [{ type: typeOf(path), name: nameOf(path), row }])),
  ];
  const macros = Object.keys(rows.functions).filter(isMacro);
  const all = [...calls.map((it) => it.row), ...Object.values(rows.anywhere)];
  const variants = new Set([...Object.keys(rows.attempts), ...all.flatMap((it) => [...variantsIn(it)])]);
  return [
    ...calls
      .filter((it) => !isInvented(it.type) && !isInvented(it.name))
      .flatMap(({ type, name, row }) => callsOf(type, name, leastArguments(row))),
    ...Object.entries(rows.constants).map(([path, value]) => ({
      subject: path,
      line: `const _: () = assert!(${path} as i64 == ${value});`,
    })),
    ...macros.map((name) => ({ subject: name, line: `fn p() { ${name}("${EMPTY}"); }` })),
    ...[...variants].map((path) => ({ subject: path, line: `fn p() { match any() { ${patternOf(path)} => {} _ => {} } }` })),
  ];
}

/** A literal stands behind an equals sign. */
const patternOf = (arm: string): string => (arm.startsWith("=") ? arm.slice(1) : `${arm} { .. }`);

const isMacro = (path: string): boolean => path.endsWith("!");

/** Macros with rows take the name of a file, which has to be there. */
const EMPTY = "/dev/null";

/** No path of Rust has a brace. */
export const isInvented = (path: string): boolean => path.includes("{");

export const crateOfRows = (probes: readonly RowProbe[]): string =>
  ["#![allow(warnings)] fn any<T>() -> T { loop {} }", ...probes.map((it, at) => `mod p${at} { use super::any; ${it.line} }`)].join("\n");

/** The subjects of which no way to write them compiles. `refused`: lines with an error, counted from 1. */
export function unproved(probes: readonly RowProbe[], refused: ReadonlySet<number>): readonly string[] {
  const proved = new Set(probes.filter((_, at) => !refused.has(at + 2)).map((it) => it.subject));
  return [...new Set(probes.map((it) => it.subject))].filter((it) => !proved.has(it));
}

function callsOf(type: string, name: string, least: number): RowProbe[] {
  const subject = type === "" ? name : `${type}::${name}`;
  const arities = Array.from({ length: MOST_UNSEEN + 1 }, (_, more) => least + more);
  return arities.flatMap((arity) => [
    ...pathsOf(type).map((path) => ({
      subject: `${subject} with ${least} arguments`,
      line: `fn p() { ${path}::${name}(${given(arity)}); }`,
    })),
    ...(arity === 0 || type === ""
      ? []
      : RECEIVERS.map((parameters) => ({
          subject: `${subject} with ${least} arguments`,
          line: `fn p() { let mut it: ${type === "str" ? "&str" : type}${parameters} = any(); it.${name}(${given(arity - 1)}); }`,
        }))),
  ]);
}

const RECEIVERS = ["", "<_>", "<_, _>"];
/** What has no size is seen through a reference. */
const pathsOf = (type: string): readonly string[] => (type === "str" ? ["<&str>", "<str>"] : [type]);
const given = (count: number): string => Array.from({ length: count }, () => "any()").join(", ");
const typeOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("::")));
const nameOf = (path: string): string => path.slice(path.lastIndexOf("::") + 2);

/** As many as the row looks at. */
function leastArguments(row: Row): number {
  const used = [...numbersIn(row), ...(row.writes ?? []).map((it) => it.into)];
  return Math.max(0, ...used.map((it) => it + 1));
}

function* numbersIn(part: unknown): Generator<number> {
  if (typeof part !== "object" || part === null) return;
  if ("argument" in part && typeof part.argument === "number") yield part.argument;
  for (const it of Object.values(part)) yield* numbersIn(it);
}

function* variantsIn(part: unknown): Generator<string> {
  if (typeof part !== "object" || part === null) return;
  if ("variant" in part && typeof part.variant === "string") yield part.variant;
  if ("arms" in part && typeof part.arms === "object" && part.arms !== null) yield* Object.keys(part.arms);
  for (const it of Object.values(part)) yield* variantsIn(it);
}
