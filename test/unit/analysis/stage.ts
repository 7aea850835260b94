/** Reads a snippet with the real parser and models, and prints what was observed in a form that fits a line. */

import { type Analysis, type AnalysisInput, analyse } from "../../../server/src/analysis/index.ts";
import { ResolvedProgram } from "../../../server/src/flow/index.ts";
import { READERS } from "../../../server/src/models/configuration.ts";
import { models } from "../../../server/src/models/index.ts";
import { STD } from "../../../server/src/models/std.ts";
import { WorkspaceNames } from "../../../server/src/project/workspace-names.ts";
import { type CrateNode, createRustParser } from "../../../server/src/rust/index.ts";
import { cfgText } from "../../../server/src/tls/cfg.ts";
import type { Fact, FactKind, Guard, Observation } from "../../../server/src/tls/facts.ts";

const parser = createRustParser();

export interface Given {
  readonly crate?: AnalysisInput["files"][number]["crate"];
  readonly testCode?: boolean;
  readonly example?: AnalysisInput["files"][number]["example"];
  /** Others than the real ones. */
  readonly models?: AnalysisInput["models"];
}

/** `sources`: texts by module name; a lone text is the crate's root. */
export function read(sources: string | Readonly<Record<string, string>>, given: Given = {}): Analysis {
  const { crate, testCode = false, example } = given;
  const files = Object.entries(typeof sources === "string" ? { main: sources } : sources).map(([module, text]) => {
    const parsed = parser.parse(text);
    if (!parsed.ok) throw new Error(parsed.error.detail);
    const path = module === "main" ? [] : [module];
    return { name: pathOf(module), file: parsed.value, modulePath: ["crate", ...path], testCode, example, crate };
  });
  const named = files.map(({ name, file, modulePath }) => {
    const place = { modulePath: modulePath.slice(1), role: "source", crate: "src", parents: [] } as const;
    return [{ path: name, owner: undefined, place }, file.text] as const;
  });
  const names = crate === undefined ? WorkspaceNames.among(named) : WorkspaceNames.among(named, new Map([[PACKAGE, nodeOf(crate)]]));
  const program = new ResolvedProgram(names.maps, names.calls, READERS);
  return analyse({ files, models: given.models ?? models, program, standard: STD });
}

const PACKAGE = "/p";
export const pathOf = (module: string): string => `${PACKAGE}/src/${module}.rs`;

/** As its manifest has it. */
function nodeOf({ dependencies }: NonNullable<Given["crate"]>): CrateNode {
  const named = [...dependencies].map(([name, it]) => [name, { external: it.package.replaceAll("-", "_") }] as const);
  const known = { dependencies: new Map(named), published: false };
  return { id: PACKAGE, name: "", root: pathOf("main"), folder: PACKAGE, edition: "2021", ...known };
}

/** Observations of these kinds as lines: `kind detail «text of the place» [guards]`; defaults only where asked for. */
export function seen(source: string, kinds: readonly FactKind[], given: Given & { readonly defaults?: true } = {}): string[] {
  const { observations } = read(source, given);
  return observations
    .filter((it) => kinds.includes(it.fact.kind) && (given.defaults === true || !it.byDefault))
    .map((it) => line(it, source));
}

function line(observation: Observation, source: string): string {
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
      return `[cfg ${cfgText(guard.predicate)}]`;
    case "condition":
      return `[${guard.negated ? "not " : ""}${guard.text}${guard.optIn ? " opt-in" : ""}${guard.byDefault === undefined ? "" : ` =${guard.byDefault}`}]`;
  }
}
