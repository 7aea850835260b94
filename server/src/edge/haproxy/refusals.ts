/**
 * Which clients the rules of a section turn away (Configuration Manual, 4.2, `http-request deny`; 7.2, conditions). `ssl_c_verify` is 0 of
 * who showed no certificate as well, so that it tells nothing of those.
 */
import type { Line, Word } from "./syntax.ts";

export interface Refusals {
  /** Who shows no certificate. */
  readonly unknown: boolean;
  /** Whose certificate failed. */
  readonly unverified: boolean;
}

export function refusalsIn(lines: readonly Line[]): Refusals {
  const needed = lines.flatMap(({ words }) => neededBy(words));
  return { unknown: needed.some((it) => USED.has(it)), unverified: needed.includes("ssl_c_verify 0") };
}

const USED: ReadonlySet<string> = new Set(["ssl_c_used", "ssl_c_used 1", "ssl_fc_has_crt", "ssl_fc_has_crt 1"]);

/** What each client must have, whatever it asks for: `deny unless { a } { b }`, `reject if !{ a } or !{ b }`. */
function neededBy(words: readonly Word[]): readonly string[] {
  const values = words.map((it) => it.value);
  const at = values.findIndex((it) => it === "if" || it === "unless");
  const isRefusal = values[0]?.endsWith("-request") === true && values.slice(1, at).some((it) => it === "deny" || it === "reject");
  if (at < 0 || !isRefusal) return [];
  const ways = alternatives(values.slice(at + 1));
  if (values[at] === "if") return ways.flatMap(([only, ...more]) => (more.length === 0 && only?.negated ? [only.asks] : []));
  const [way, ...others] = ways;
  return others.length > 0 || way === undefined ? [] : way.flatMap((it) => (it.negated ? [] : [it.asks]));
}

interface Term {
  readonly negated: boolean;
  /** Between the braces, or the name of a rule of its own. */
  readonly asks: string;
}

function alternatives(values: readonly string[]): readonly (readonly Term[])[] {
  const ways: Term[][] = [[]];
  let negated = false;
  let open: string[] | undefined;
  for (const value of values) {
    const bare = value.startsWith("!") ? value.slice(1) : value;
    if (open === undefined && value.startsWith("!")) negated = true;
    if (open !== undefined && value !== "}") open.push(value);
    else if (bare === "{") open = [];
    else if (value === "or" || value === "||") ways.push([]);
    else if (bare !== "") {
      ways.at(-1)?.push({ negated, asks: open === undefined ? bare : open.join(" ") });
      negated = false;
      open = undefined;
    }
  }
  return ways;
}
