/**
 * What nginx tells the service of its client: headers whose values are made of variables, those of a `map` and a `set` among them
 * (ngx_http_ssl_module, "Embedded Variables"; ngx_http_map_module; ngx_http_rewrite_module).
 */
import type { Level } from "../directives/levels.ts";
import { wordPlace } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { ForwardedHeader, Provenance } from "../proxy.ts";

export function headerOf(set: Directive, level: Level): readonly ForwardedHeader[] {
  const [name, value] = set.words;
  if (name === undefined || value === undefined) return [];
  const from = value.value === "" ? "nothing" : provenanceOf(value.value, level, new Map());
  return [{ name: name.value, from, place: wordPlace(set, name), removes: [{ span: value.span, text: '""' }] }];
}

const CERTIFICATE: readonly string[] = ["$ssl_client_cert", "$ssl_client_raw_cert", "$ssl_client_escaped_cert"];

/** By the variables that nginx fills, and by what others are made of: the client's own word counts before the certificate's. */
function provenanceOf(value: string, level: Level, known: Known): Provenance {
  return foremost(variablesIn(value).map((it) => ofVariable(it, level, known)));
}

function ofVariable(variable: string, level: Level, known: Known): Provenance {
  if (variable.startsWith("$http_")) return "client";
  if (CERTIFICATE.includes(variable)) return "certificate";
  if (variable === VERDICT) return "verdict";
  const before = known.get(variable);
  if (before !== undefined) return before;
  const made = makersOf(variable, level);
  if (made.length === 0) return variable.startsWith("$ssl_client_") ? "identity" : "other";
  // In a circle it adds nothing to itself.
  known.set(variable, "other");
  const found = foremost(
    made.map((it) => (it.name.value === "set" ? provenanceOf(it.words[1]?.value ?? "", level, known) : ofMap(it, level, known))),
  );
  known.set(variable, found);
  return found;
}

/** What variables are made of, so far. */
type Known = Map<string, Provenance>;

const VERDICT = "$ssl_client_verify";

const foremost = (all: readonly Provenance[]): Provenance =>
  (["client", "certificate", "verdict", "identity"] as const).find((it) => all.includes(it)) ?? "other";

/** `~CN=(?<name>[^,]+) $name;` is a part of the source. What the verdict chooses tells it, too. */
function ofMap({ words, block = [] }: Directive, level: Level, known: Known): Provenance {
  const source = words[0]?.value ?? "";
  const results = block.map(({ name, words: [value] }) => (name.value.startsWith("~") ? source : (value?.value ?? "")));
  const found = foremost(results.map((it) => provenanceOf(it, level, known)));
  if (!source.includes(VERDICT)) return found;
  return found === "identity" ? "certificate" : found === "other" ? "verdict" : found;
}

/** Each `set` and `map` of a variable, from a level outwards. */
function makersOf(variable: string, level: Level): readonly Directive[] {
  const found: Directive[] = [];
  for (let it: Level | undefined = level; it !== undefined; it = it.parent) {
    found.push(...it.directives.filter(({ name, words }) => name.value === "set" && words[0]?.value === variable));
    found.push(...it.blocks.flatMap(({ kind, opened }) => (kind === "map" && opened?.words[1]?.value === variable ? [opened] : [])));
  }
  return found;
}

/** `$name` and `${name}`, as `$name`. */
function variablesIn(value: string): readonly string[] {
  const found: string[] = [];
  for (let at = value.indexOf("$"); at >= 0; at = value.indexOf("$", at + 1)) {
    const start = value.charAt(at + 1) === "{" ? at + 2 : at + 1;
    let end = start;
    while (end < value.length && isNamePart(value.charAt(end))) end++;
    found.push(`$${value.slice(start, end)}`);
  }
  return found;
}

const isNamePart = (character: string): boolean =>
  character === "_" || (character >= "0" && character <= "9") || (character.toLowerCase() >= "a" && character.toLowerCase() <= "z");
