/** Filling the holes of a recipe's templates at one place. A hole that nothing fits makes the recipe inapplicable. */

import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { CrateModel } from "../models/model.ts";
import { type Expression, type Type, textIn } from "../rust/index.ts";
import { withoutBroken } from "../tls/ciphers.ts";
import type { FactKind, Observation } from "../tls/facts.ts";
import { canonical, meanings } from "./canonical.ts";
import { callSuffix, handlingAt, trySuffix } from "./fallible.ts";
import { freeName } from "./free-name.ts";
import type { Ground } from "./ground.ts";
import { ofType, type Spare } from "./held-values.ts";
import { type Imports, importsAt } from "./imports.ts";
import { createInventory, enclosingFunction, type Inventory } from "./inventory.ts";
import { handled } from "./iterated-result.ts";
import type { Calling } from "./loaders.ts";
import { ownField } from "./own-field.ts";
import type { Site } from "./site.ts";
import type { Surroundings } from "./spelled-fix.ts";
import { removeStatement } from "./statements.ts";
import { type Ancestor, expressionsIn, trailTo } from "./trail.ts";

/** Stand in for files that the workspace does not show; the editor puts the cursor there. */
export const PLACEHOLDERS = {
  ca: "client-ca.pem",
  crl: "client-ca.crl.pem",
  "server-crl": "ca.crl.pem",
  "server-ca": "ca.pem",
  chain: "server-chain.pem",
  key: "server-key.pem",
} as const;

/** Of the CA of a server's clients, or of that of a client's servers. A file that is there, and is another CA's, must not seem to be meant. */
export function unknownList({ lists = [] }: Surroundings, role: "server" | "client"): string {
  const name = PLACEHOLDERS[role === "server" ? "crl" : "server-crl"];
  return lists.some((it) => it === name || it.endsWith(`/${name}`)) ? `your-${name}` : name;
}

/** Everything that one fix knows of its place. Names and imports are remembered, so that all its templates agree. */
export interface Filler {
  readonly ground: Ground;
  readonly imports: Imports;
  readonly trail: readonly Ancestor[];
  /** The text with its holes filled; the error names the hole that nothing fits. `instead`: paths are written as in what it replaces. */
  fill(template: string, instead?: Expression): Result<string, string>;
  /** Words that these places hold are free for new names: the places are taken out. */
  release(gone: readonly Span[]): void;
  /** From now on this is the variable that holds the endpoint. */
  bind(name: string): void;
  /** Canonical paths that segments can mean here. */
  means(segments: readonly string[]): readonly string[];
  /** The function whose callers bring an authority each, and all get the one that was filled in. */
  forAllCallersOf(): string | undefined;
  /** What the filled holes ask for beside their text: names for parameters that had none. */
  edits(): readonly TextEdit[];
  /** What said that the values which fill holes are not used goes. */
  taken(): readonly TextEdit[];
}

export function createFiller(site: Site, observation: Observation, surroundings: Surroundings, models: readonly CrateModel[]): Filler {
  const ground: Ground = {
    source: site.source,
    scope: site.scope,
    scopes: site.scopes,
    models,
    ...(site.manifest === undefined ? {} : { dependencies: site.manifest.dependencies }),
  };
  const imports = importsAt(ground, site.function);
  const trail = trailTo(site.source, site.expression?.span ?? site.nameSpan);
  const handling = handlingAt(trail, ground);
  const released: Span[] = [];
  const calling: Calling = {
    suffix: (name, own) => callSuffix(handling, `${name} failed`, own, (path) => imports.written(path)),
    file: (sort) => (sort === "crls" ? crlFile() : judgesServers(site, observation) ? serverCaFile() : caFile()),
    spell: (path) => imports.spell(path),
  };
  const inventory = createInventory(site, trail, ground, calling, released);
  const fresh = new Map<string, string>();
  const extra: TextEdit[] = [];
  const taken = new Map<number, TextEdit>();
  let bound: string | undefined;
  let generalised: string | undefined;
  const facts = new Set<FactKind>(factsAround(observation, site));

  const hole = (kind: string, detail: string, instead: Expression | undefined): string | undefined => {
    switch (kind) {
      case "path":
        return imports.spell(detail, instead);
      case "try":
        return attempt(detail);
      case "ca":
        return caFile();
      case "crl":
        return crlFile();
      case "server-ca":
        return serverCaFile();
      case "chain":
        return inventory.file("own-chain") ?? quoted(PLACEHOLDERS.chain);
      case "key":
        return inventory.file("own-key") ?? quoted(PLACEHOLDERS.key);
      case "receiver":
        return site.receiver === undefined ? undefined : text(site, site.receiver.span);
      case "argument": {
        const argument = site.arguments[Number(detail)];
        return argument === undefined ? undefined : text(site, argument.span);
      }
      case "sound":
        return soundList(site.arguments[Number(detail)], observation);
      case "handled": {
        const argument = site.arguments[Number(detail)];
        return argument && handled(argument, site, trail, ground, imports);
      }
      case "bound":
        return bound ?? inventory.binding();
      case "fresh":
        return freshName(detail);
      case "roots":
        return roots(inventory, detail);
      case "own":
        return ownField(detail, trail, ground);
      case "parameter":
        return parameter(detail);
      case "verifier":
        return taking(inventory.spare("verifier"))?.take;
      case "spare":
        return taking(inventory.spareOf(detail))?.take;
      case "lists":
        return taking(detail === "loaded" ? inventory.loader("crls") : inventory.spare("crls"))?.take;
      default:
        return undefined;
    }
  };
  const taking = (spare: Spare | undefined): Spare | undefined => {
    for (const node of spare?.forgotten ?? [])
      taken.set(node.span.start, removeStatement({ of: "statement", node, span: node.span }, site.source));
    return spare;
  };
  const caFile = (): string => {
    const own = inventory.file("client-ca");
    if (own === undefined) generalised = givenAuthority(trail, ground);
    return own ?? quoted(surroundings.clientCa ?? PLACEHOLDERS.ca);
  };
  const serverCaFile = (): string => quoted(surroundings.serverCa ?? PLACEHOLDERS["server-ca"]);
  const crlFile = (): string => {
    const role = site.role === "client" ? "client" : "server";
    const named = authorities(inventory, trail);
    if (named.length === 0) generalised = givenAuthority(trail, ground);
    return quoted(surroundings.crlOf?.(named, role) ?? unknownList(surroundings, role));
  };
  const attempt = (detail: string): string => {
    const own = /^<([^>]+)>/.exec(detail);
    const message = own === null ? detail : detail.slice(own[0].length);
    return trySuffix(handling, message, own?.[1] === undefined ? undefined : canonical(own[1], models), (path) => imports.written(path));
  };
  const freshName = (wanted: string): string => {
    const known = fresh.get(wanted);
    if (known !== undefined) return known;
    const name = freeName(wanted, site, [...fresh.values()], released);
    fresh.set(wanted, name);
    return name;
  };
  /** `0=message`: the first parameter, called `message` where it is only a `_`. */
  const parameter = (detail: string): string | undefined => {
    const [position = "", name = ""] = detail.split("=");
    const pattern = site.function?.parameters[Number(position)]?.pattern;
    if (pattern?.kind === "binding") {
      const used = pattern.name.replace(/^_+(?=[a-z])/, "");
      if (used !== pattern.name) extra.push({ span: pattern.span, text: used });
      return used;
    }
    if (pattern?.kind !== "wildcard") return undefined;
    extra.push({ span: pattern.span, text: name });
    return name;
  };
  const roots = (from: Inventory, detail: string): string | undefined => {
    const spare = taking(from.spare("trust-store") ?? from.loader("trust-store"));
    if (spare === undefined) return undefined;
    if (detail === "shared") return spare.shared ? spare.take : `${imports.spell("std::sync::Arc")}::new(${spare.take})`;
    return spare.shared ? undefined : spare.take;
  };

  return {
    ground,
    imports,
    trail,
    release: (gone) => {
      released.push(...gone);
    },
    bind: (name) => {
      bound = name;
    },
    means: (segments) => meanings(segments, site.scope, site.scopes, models),
    forAllCallersOf: () => generalised,
    edits: () => extra,
    taken: () => [...taken.values()],
    fill: (template, instead) => {
      const missing: string[] = [];
      const lines = template.split("\n").flatMap((line) => {
        const condition = /^\s*\{(lacks|has):([\w-]+)\}/.exec(line);
        if (condition === null) return [line];
        const isThere =
          condition[2] === "ready-store"
            ? (inventory.spare("trust-store") ?? inventory.loader("trust-store")) !== undefined
            : [...facts].some((it) => it === condition[2]);
        const holds = isThere === (condition[1] === "has");
        return holds ? [line.replace(condition[0], /^\s*/.exec(line)?.[0] ?? "")] : [];
      });
      const filled = lines.join("\n").replace(HOLE, (whole, kind: string, detail: string | undefined) => {
        const value = hole(kind, detail ?? "", instead);
        if (value === undefined) missing.push(MISSING[kind] ?? `nothing here can stand for \`${whole}\``);
        return value ?? whole;
      });
      return missing.length === 0 ? ok(filled) : err(missing[0] ?? "");
    },
  };
}

/** Why a hole stays empty, in a user's words. */
const MISSING: Readonly<Record<string, string>> = {
  bound: "the value is handed on without being kept in a variable: keep it in one first",
  receiver: "the call has no receiver here",
  argument: "the call has fewer arguments here",
  sound: "the list names no strong cipher, or is written elsewhere",
  parameter: "a parameter of the method is taken apart: rewrite it by hand",
  roots: "no trust store lies ready here",
  verifier: "no verifier lies ready here",
  lists: "no revocation lists lie ready here",
};

const HOLE =
  /\{(path|try|ca|crl|server-ca|chain|key|receiver|argument|sound|handled|own|parameter|bound|fresh|roots|verifier|spare|lists)(?::([^{}]*))?\}/g;

/** The file that the endpoint reads its clients' CA from, else whatever file the function names. */
function authorities(inventory: Inventory, trail: readonly Ancestor[]): readonly string[] {
  const own = textIn(inventory.file("client-ca") ?? "");
  if (own !== undefined) return [own];
  const body = enclosingFunction(trail)?.body();
  return (body === undefined ? [] : expressionsIn(body)).flatMap((it) =>
    it.kind === "literal" && it.literal.type === "string" ? [it.literal.value] : [],
  );
}

const judgesServers = ({ role }: Site, { fact }: Observation): boolean =>
  role === "client" || (fact.kind === "verifier" && fact.verifies === "server");

/** A helper that is given the authority to trust: which one it is, its callers know. */
function givenAuthority(trail: readonly Ancestor[], ground: Ground): string | undefined {
  const here = enclosingFunction(trail);
  const given = here?.parameters.some(
    ({ pattern, type }) => (pattern.kind === "binding" && AUTHORITY.test(pattern.name)) || (type !== undefined && holdsTrust(type, ground)),
  );
  return given === true && here?.name !== "main" ? here?.name : undefined;
}
const AUTHORITY = /(?:^|_)(?:cas?|(?:root|trust)s?|anchors?|authorit(?:y|ies)|issuers?)(?:_|$)/i;

/** A trust store, or what has one as an argument: `Rc<RootCertStore>`. */
function holdsTrust(type: Type, ground: Ground): boolean {
  if (type.kind === "reference") return holdsTrust(type.inner, ground);
  if (ofType(type, ground)?.model.sort === "trust-store") return true;
  return type.kind === "path" && (type.path.segments.at(-1)?.generics ?? []).some((it) => holdsTrust(it, ground));
}

/** A cipher list as it is written, without its broken suites. */
function soundList(list: Expression | undefined, { fact }: Observation): string | undefined {
  const literal = list?.kind === "literal" ? list.literal : undefined;
  const written = literal?.type === "string" && !literal.bytes ? literal.value : undefined;
  const sound = written === undefined ? undefined : withoutBroken(written, fact.kind === "cipher-list" ? fact.suites : undefined);
  return sound && quoted(sound);
}

const quoted = (value: string): string => JSON.stringify(value);
const text = (site: Site, { start, end }: Span): string => site.source.text.slice(start, end);

/** Kinds of facts that the user stated of the same endpoint or of its parts; what the library states by default does not count. */
function* factsAround(observation: Observation, site: Site): Generator<FactKind> {
  const { endpoint } = observation;
  for (const it of endpoint === undefined ? [] : [endpoint, ...endpoint.parts]) {
    for (const one of it.facts) {
      if (!one.byDefault && !(one.fact.kind === "trust" && one.fact.anchors === "none")) yield one.fact.kind;
    }
  }
  for (const other of site.others) {
    for (const effect of other.callModel?.effects ?? []) {
      if (effect.kind === "states") yield effect.fact.kind;
      if (effect.kind === "trusts") yield "trust";
    }
  }
}
