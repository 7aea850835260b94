/** Reads a snippet with the real parser and models, and prints what was observed in a form that fits a line. */

import { analyse } from "../../../server/src/analysis/index.ts";
import { ResolvedProgram } from "../../../server/src/flow/index.ts";
import { READERS } from "../../../server/src/models/configuration.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { WorkspaceNames } from "../../../server/src/project/workspace-names.ts";
import { type ReadCrate, type Reading, type ReadingInput, readTogether } from "../../../server/src/reading/index.ts";
import { createRustParser } from "../../../server/src/rust/index.ts";
import type { Fact, FactKind, Guard, Observation } from "../../../server/src/tls/facts.ts";

const parsing = createRustParser();

export interface Given {
  readonly crate?: ReadCrate;
  readonly testCode?: boolean;
  readonly example?: boolean;
  /** Modules that are read only for what the others use of them. */
  readonly used?: readonly string[];
  /** Others than the real ones. */
  readonly models?: ReadingInput["models"];
}

/** `sources`: texts by module name; a lone text is the crate's root. */
export async function read(sources: string | Readonly<Record<string, string>>, given: Given = {}): Promise<Reading> {
  const parser = parsing;
  const files = Object.entries(typeof sources === "string" ? { crate: sources } : sources).map(([name, text]) => {
    const parsed = parser.parse(text);
    if (!parsed.ok) throw new Error(parsed.error.detail);
    return {
      name,
      file: parsed.value,
      modulePath: name === "crate" ? ["crate"] : ["crate", name],
      testCode: given.testCode === true,
      example: given.example === true,
      crate: given.crate,
      ...(given.used?.includes(name) ? { begins: new Set<string>() } : {}),
    };
  });
  if (process.env["ENGINE"] !== "analysis") return readTogether({ files, models: given.models ?? models });
  const named = files.map(({ name, file }) => {
    const path = name === "crate" ? "/p/src/main.rs" : `/p/src/${name}.rs`;
    const place = { modulePath: name === "crate" ? [] : [name], role: "source", crate: "src", parents: [] } as const;
    return [{ path, owner: undefined, place }, file.text] as const;
  });
  const names = WorkspaceNames.among(named);
  const program = new ResolvedProgram(names.maps, names.calls, READERS);
  const moved = files.map((it) => ({ ...it, name: it.name === "crate" ? "/p/src/main.rs" : `/p/src/${it.name}.rs` }));
  const found = analyse({ files: moved, models: given.models ?? models, program, standard: STD });
  return { ...found, trace: [] };
}

/** Observations of these kinds as lines: `kind detail «text of the place» [guards]`; defaults only where asked for. */
export async function seen(
  source: string,
  kinds: readonly FactKind[],
  given: Given & { readonly defaults?: true } = {},
): Promise<string[]> {
  const { observations } = await read(source, given);
  return observations
    .filter((it) => kinds.includes(it.fact.kind) && (given.defaults === true || !it.byDefault))
    .map((it) => line(it, source));
}

export function line(observation: Observation, source: string): string {
  const { place, guards, fact } = observation;
  const text = source.slice(place.span.start, place.span.end).replace(/\s+/g, " ");
  return [`${fact.kind} ${detail(fact)}`.trim(), `«${text}»`, ...guards.map(guardText)].join(" ");
}

function detail(fact: Fact): string {
  switch (fact.kind) {
    case "client-authentication":
      return fact.mode;
    case "server-verification":
    case "hostname-verification":
    case "key-log":
    case "revocation-check":
      return fact.enabled ? "on" : "off";
    case "verifier":
      return `${fact.verifies} ${fact.judgement} ${fact.name}`;
    case "trust":
      return fact.from === undefined ? fact.anchors : `${fact.anchors} ${fact.from}`;
    case "revocation":
      return fact.lists;
    case "minimum-version":
    case "maximum-version":
      return fact.version;
    case "cipher-list":
      return fact.ciphers;
    case "early-data":
      return String(fact.bytes);
    case "listener":
      return `${fact.transport} ${fact.reach}`;
    case "dropped-error":
      return `${fact.call}${fact.systemStore ? " system" : ""}${fact.logged === true ? " logged" : ""}`;
    case "partial-bundle":
      return `${fact.call}${fact.called === undefined ? "" : ` ${fact.called}`}`;
    case "imaginary-call":
      return `${fact.call} ${fact.mode}`;
    case "file":
      return `${fact.path} ${fact.loader.reads} ${fact.loader.role}`;
    case "preset":
      return fact.name;
    default:
      return "";
  }
}

function guardText(guard: Guard): string {
  switch (guard.kind) {
    case "test":
      return "[test]";
    case "example":
      return "[example]";
    case "feature":
      return `[${guard.negated ? "not " : ""}feature ${guard.name}${guard.byDefault === undefined ? "" : guard.byDefault ? " on" : " off"}]`;
    case "cfg":
      return `[cfg ${guard.text}]`;
    case "condition":
      return `[${guard.negated ? "not " : ""}${guard.text}${guard.optIn ? " opt-in" : ""}${guard.byDefault === undefined ? "" : ` =${guard.byDefault}`}]`;
  }
}
