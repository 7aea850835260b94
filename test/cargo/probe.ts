/** Rust text, one line a modelled path, that compiles only where the path exists: the compiler's proof of the models. */
import { satisfies } from "../../server/src/base/version.ts";
import type { CallModel, CanonicalPath, CrateModel, VersionRange } from "../../server/src/models/model.ts";
import { isInvented } from "./row-probes.ts";
import { type CrateSet, meets } from "./sets.ts";

export interface Probe {
  readonly path: CanonicalPath;
  /** What the model says it is. */
  readonly as: string;
  /** One line of Rust, an item. */
  readonly line: string;
  /** Whether the version at hand has it. */
  readonly exists: boolean;
  /** An alias, which states no version: it has to exist in one of the sets, and to mean its target wherever it does. */
  readonly alias?: true;
}

/** Traits whose methods are modelled as their types' own; those that older releases of a set's crates lack have a range. */
const TRAITS: Readonly<Record<string, readonly string[]>> = {
  "rustls-pki-types": ["rustls_pki_types::pem::PemObject"],
  diesel: ["diesel::Connection"],
  "diesel-async": ["diesel_async::AsyncConnection"],
  postgres: ["std::str::FromStr"],
  sqlx: ["std::str::FromStr", "sqlx::ConnectOptions"],
  "tokio-postgres": ["std::str::FromStr"],
  isahc: ["isahc::config::Configurable"],
  redis: ["redis::IntoConnectionInfo"],
  "rustls-platform-verifier": ["rustls_platform_verifier::ConfigVerifierExt", "rustls_platform_verifier::BuilderVerifierExt"],
};

const TRAIT_VERSIONS: Readonly<Record<string, VersionRange>> = { "rustls-pki-types": ">=1.9" };

/** Crates whose modules or methods exist only with a feature: what a path names, and the feature that brings it. */
const GATES: readonly { readonly package: string; readonly path: RegExp; readonly feature: string }[] = [
  { package: "rustls", path: /::crypto::aws_lc_rs::/, feature: "aws_lc_rs" },
  { package: "actix-web", path: /_rustls$/, feature: "rustls-0_20" },
  { package: "actix-web", path: /_rustls_0_?21$/, feature: "rustls-0_21" },
  { package: "actix-web", path: /_rustls_0_22$/, feature: "rustls-0_22" },
  { package: "actix-web", path: /_rustls_0_23$/, feature: "rustls-0_23" },
  { package: "actix-web", path: /_openssl$/, feature: "openssl" },
  { package: "actix-web", path: /_h2c$/, feature: "http2" },
  { package: "actix-tls", path: /::rustls(_0_20)?(::|$)/, feature: "rustls-0_20" },
  { package: "actix-tls", path: /::rustls_0_21(::|$)/, feature: "rustls-0_21" },
  { package: "actix-tls", path: /::rustls_0_22(::|$)/, feature: "rustls-0_22" },
  { package: "actix-tls", path: /::rustls_0_23(::|$)/, feature: "rustls-0_23" },
  { package: "actix-tls", path: /::openssl(::|$)/, feature: "openssl" },
  { package: "actix-tls", path: /::native_tls(::|$)/, feature: "native-tls" },
  { package: "axum-server", path: /openssl/, feature: "tls-openssl" },
  { package: "poem", path: /::NativeTlsConfig(::|$)/, feature: "native-tls" },
  { package: "salvo", path: /::native_tls::/, feature: "native-tls" },
  { package: "awc", path: /::rustls$/, feature: "rustls-0_20" },
  { package: "awc", path: /::rustls_021$/, feature: "rustls-0_21" },
  { package: "awc", path: /::rustls_0_22$/, feature: "rustls-0_22" },
  { package: "awc", path: /::rustls_0_23$/, feature: "rustls-0_23" },
  { package: "awc", path: /::openssl$/, feature: "openssl" },
];

/** Everything that the models say of the crates of a set, for the versions that it has. */
export function probesOf(models: readonly CrateModel[], set: CrateSet): Probe[] {
  const here = models.filter((model) => {
    const version = set.dependencies.get(model.package)?.version;
    return version !== undefined && satisfies(version, model.versions);
  });
  return here.flatMap((model) => probesOfModel(model, here, set));
}

function probesOfModel(model: CrateModel, here: readonly CrateModel[], set: CrateSet): Probe[] {
  const { version = "", features = [] } = set.dependencies.get(model.package) ?? {};
  const holds = (range: VersionRange | undefined): boolean => satisfies(version, range ?? "");
  const gate = (path: string) => GATES.find((it) => it.package === model.package && it.path.test(path));
  const open = (path: string): boolean => {
    const closed = gate(path);
    // The crate of a re-export may be of another set: `openssl::…` where only rustls is.
    return closed === undefined || features.some((it) => it === closed.feature || it.startsWith(`${closed.feature}-`));
  };
  const crates = new Set(["std", ...[...set.dependencies.keys()].map((it) => it.replaceAll("-", "_"))]);
  const known = (path: string): boolean => here.some((it) => path === it.crate || path.startsWith(`${it.crate}::`));
  const used = (path: string, as: string, exists = true): Probe => ({ path, as, line: `use ${bare(path)} as _;`, exists });

  const calls = model.calls.map((it) => ({ ...it, exists: it.imaginary !== true && holds(it.versions) }));
  const twice = (path: string): boolean => calls.some((it) => it.path === path && it.exists);
  /** A type states no version: it is there where one of its calls, or one that makes it, is; else where what it derefs to is. */
  const lives = (path: string): boolean => {
    const own = calls.filter((it) => it.path === path || ownerOf(it.path) === path || madeBy(it) === path);
    const targets = model.types[path]?.derefs ?? [];
    return own.length === 0 ? targets.length === 0 || targets.some(lives) : own.some((it) => it.exists);
  };
  const traits = model.verifierTraits ?? [];

  return [
    ...Object.keys(model.types)
      .filter(lives)
      .map((path) => (path.includes("<") ? generic(path) : used(path, "type"))),
    ...Object.entries(model.values ?? {})
      .filter(([, it]) => holds(it.versions) && (it.kind !== "object" || lives(it.type)))
      .map(([path]): Probe => ({ path, as: "value", line: `fn p() { let _ = ${path}; }`, exists: model.versions !== "" })),
    ...calls
      .filter((it) => it.exists || !twice(it.path))
      .map((it): Probe => ({ path: it.path, as: "call", line: lineOfCall(it.path), exists: it.exists })),
    ...traits.flatMap((trait) => [
      used(
        trait.path,
        "trait",
        traits.some((it) => it.path === trait.path && holds(it.versions)),
      ),
      ...(holds(trait.versions)
        ? trait.methods.flatMap((method) => [
            {
              path: `${trait.path}::${method.name}`,
              as: "method",
              line: `fn p() { let _ = ${trait.path}::${method.name}; }`,
              exists: true,
            },
            ...[...method.accepted, ...(method.delegates ?? []), ...(method.delegatesOfChain ?? [])]
              .filter((path) => crates.has(path.split("::")[0] ?? ""))
              .map((path): Probe => ({ path, as: "verdict", line: `fn p() { let _ = ${path}; }`, exists: true })),
          ])
        : []),
    ]),
    ...Object.entries(model.refusals ?? {})
      .filter(([path]) => crates.has(path.split("::")[0] ?? ""))
      .map(([path, it]) => used(path, "refusal", holds(it.versions))),
    ...Object.entries(model.aliases ?? {}).flatMap(([path, target]) => [
      { ...used(path, "alias"), alias: true } as const,
      // The two are one type where a value of one is a value of the other; of a generic type they name one of many.
      ...(known(target) && /::[A-Z]\w*$/.test(target) && !/<|TlsStream|::Pool(?:Options)?$|^http::Request$/.test(target)
        ? [{ path, as: `alias of ${target}`, line: `fn p(it: ${path}) -> ${target} { it }`, exists: true, alias: true } as const]
        : []),
    ]),
    ...(model.recipes ?? [])
      .filter((recipe) => holds(recipe.versions) && model.versions !== "" && meets(recipe, set))
      .flatMap((recipe) => [JSON.stringify(recipe), ...(recipe.imports ?? []).map((path) => `{path:${path}}`)])
      .flatMap((text) => [...text.matchAll(/\{path:([\w:]+)\}|\{try:<([\w:]+)>/g)].map((match) => match[1] ?? match[2] ?? ""))
      .filter((path) => crates.has(path.split("::")[0] ?? ""))
      .map((path) => used(path, "recipe")),
  ]
    .filter((it) => open(it.path) && !isInvented(it.path))
    .filter((it, index, all) => all.findIndex((other) => other.line === it.line) === index);
}

/** A crate root with a module for each probe, so that a name is imported once only; the probe of a line is found by its number. */
export function crateOf(probes: readonly { readonly line: string }[], set: CrateSet): string {
  const traits = [...set.dependencies]
    .filter(([name, { version }]) => satisfies(version, TRAIT_VERSIONS[name] ?? ""))
    .flatMap(([name]) => TRAITS[name] ?? [])
    .map((it) => `use ${it} as _;`);
  const lines = probes.map((it, index) => `mod p${index} { ${traits.join(" ")} ${it.line} }`);
  return [`#![allow(warnings)] fn main() {}`, ...lines].join("\n");
}

/** The line of a probe within `crateOf`, counted from 1 as the compiler does. */
export const probeAt = <T>(probes: readonly T[], line: number): T | undefined => probes[line - 2];

const madeBy = ({ returns }: CallModel): CanonicalPath | undefined =>
  typeof returns !== "object" ? undefined : "new" in returns ? returns.new : "becomes" in returns ? returns.becomes : undefined;
const bare = (path: string): string => path.replace(/<.*?>/g, "");
const isVariant = (path: string): boolean => /::[A-Z]\w*::[A-Z]\w*$/.test(path);
const ownerOf = (path: string): string => path.replace(/(::|\.)\w+$/, "");

/** Builders whose last type argument, which models leave out, is the state that they are in. */
const inState = (path: CanonicalPath, state: string): string => path.replace(/(ConfigBuilder<[^<>]*)>/, `$1, ${state}>`);

/** `ConfigBuilder<ServerConfig>`, with its type state left open. */
const generic = (path: CanonicalPath): Probe => ({
  path,
  as: "type",
  line: `fn p(_: Option<${inState(path, "()")}>) {}`,
  exists: true,
});

/** A function named without being called; what it leaves to be inferred is no error here, see `isInference`. */
function lineOfCall(path: CanonicalPath): string {
  const field = /^(.*)\.(\w+)$/.exec(path);
  // A variant's field is no type's.
  if (field !== null && isVariant(field[1] ?? "")) {
    const owner = (field[1] ?? "").replace(/::\w+$/, "");
    return `fn p(it: ${owner}) { match it { ${field[1]} { ${field[2]}: _, .. } => {} _ => {} } }`;
  }
  if (field !== null) return `fn p(it: &${field[1]}) { let _ = &it.${field[2]}; }`;
  return `fn p() { let _ = ${inState(path, "_").replace("<", "::<")}; }`;
}

/** "Type annotations needed" and "several impls have it": the path was found. */
export const isInference = (code: string | undefined): boolean =>
  code !== undefined && ["E0282", "E0283", "E0284", "E0790", "E0034"].includes(code);
