/** `Cargo.toml` as settings: features that decide security, and versions whose faults are known. It may be half written. */
import { covers, type Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import { compareWritten, satisfies } from "../base/version.ts";
import { lowerBound, type TomlString, tomlKeys, tomlTokens, withoutFeature } from "../cargo/index.ts";
import { advisories, features as featureModels, featureVersions } from "../models/manifests/index.ts";
import { tlsPackages } from "../models/seeds.ts";
import type { Guard } from "../tls/facts.ts";
import { faultsOf } from "./faults.ts";
import { type Circumstance, type Setting, settingOf } from "./setting.ts";

export interface ManifestContext extends Circumstance {
  /** Locked versions by package. */
  readonly crates: ReadonlyMap<string, readonly string[]>;
  readonly locked: boolean;
  readonly defaultFeatures: ReadonlySet<string>;
  /** Of the names that are asked for, those that the code of the packages here has; undefined where there is none. */
  readonly named: ReadonlySet<string> | undefined;
}

/** A dependency as one table or line writes it. */
interface Written {
  readonly name: string;
  package: string;
  requirement?: { readonly text: string; readonly span: Span };
  features: readonly TomlString[];
  readonly test: boolean;
}

const TABLES: ReadonlyMap<string, boolean> = new Map([
  ["dependencies", false],
  ["build-dependencies", false],
  ["build_dependencies", false],
  ["dev-dependencies", true],
  ["dev_dependencies", true],
]);

export function manifestSettings(text: string, context: ManifestContext): readonly Setting[] {
  const { dependencies, passedOn } = read(text);
  return [
    ...dependencies.flatMap((it) =>
      ofDependency(it, text, it.test ? { ...context, guards: [...context.guards, { kind: "test" }] } : context),
    ),
    ...passedOn.flatMap(({ feature, dependency, name, at }) => {
      const written = dependencies.find((it) => it.name === dependency);
      const guard: Guard = {
        kind: "feature",
        name: feature,
        negated: false,
        // It may be on for many reasons, but it was switched on by somebody.
        optIn: true,
        byDefault: context.defaultFeatures.has(feature),
        place: { file: context.file, span: at },
      };
      const guards = feature === "default" ? context.guards : [...context.guards, guard];
      return ofFeature(written ?? { name: dependency, package: dependency, features: [], test: false }, { text: name, span: at }, text, {
        ...context,
        guards,
      });
    }),
  ];
}

/**
 * Names of which it matters whether the code has them: those that only features of a manifest's packages bring, and those that lead to a
 * known fault, in files that name the crate.
 */
export function namesAskedFor(text: string): readonly string[] {
  const brought = featureModels.filter((it) => it.features.some((one) => text.includes(one))).flatMap((it) => it.brings);
  const faulty = advisories.filter((it) => text.includes(it.package) && it.advisories.some(({ names }) => names !== undefined));
  const leading = read(faulty.length > 0 ? text : "").dependencies.flatMap((written) => {
    const crate = crateName(written);
    const names = faulty.find((it) => it.package === written.package)?.advisories.flatMap((it) => it.names ?? []) ?? [];
    return names.map((it) => `${crate}::${it}`);
  });
  return [...brought, ...leading];
}

/** As code writes it. */
const crateName = ({ name }: Written): string => name.replaceAll("-", "_");

/** The features of a package that a manifest asks for, itself or through features of its own; undefined where it does not use it. */
export function askedFeatures(text: string, name: string): ReadonlySet<string> | undefined {
  const { dependencies, passedOn } = read(text);
  const own = dependencies.filter((it) => it.package === name && !it.test);
  if (own.length === 0) return undefined;
  const keys = new Set(own.map((it) => it.name));
  return new Set([
    ...own.flatMap((it) => it.features.map((one) => one.text)),
    ...passedOn.filter((it) => keys.has(it.dependency)).map((it) => it.name),
  ]);
}

/** `feature = ["dependency/name"]`. */
interface PassedOn {
  readonly feature: string;
  readonly dependency: string;
  readonly name: string;
  readonly at: Span;
}

function read(text: string): {
  readonly dependencies: readonly Written[];
  readonly passedOn: readonly PassedOn[];
} {
  const keys = tomlKeys(text);
  const { strings } = tomlTokens(text);
  const within = (place: Span): readonly TomlString[] => {
    const from = firstFrom(strings, place.start);
    return strings.slice(from, firstFrom(strings, place.end, from)).filter((it) => covers(place, it.span));
  };
  const passedOn = keys.flatMap(({ path, value }) =>
    path[0] === "features" && path.length === 2 && value ? within(value).flatMap((entry) => passedTo(path[1] ?? "", entry)) : [],
  );
  const dependencies = new Map<string, Written>();
  for (const { path, value } of keys) {
    const depth = path[0] === "target" ? 2 : path[0] === "workspace" ? 1 : 0;
    const test = TABLES.get(path[depth] ?? "");
    const name = path[depth + 1];
    if (test === undefined || name === undefined) continue;
    const id = path.slice(0, depth + 2).join("\n");
    const known = dependencies.get(id) ?? { name, package: name, features: [], test };
    dependencies.set(id, known);
    if (!value) continue;
    const strings = within(value);
    if (path.length === depth + 2 && /^["']/.test(text.slice(value.start))) setKey(known, "version", strings);
    if (path.length === depth + 3) setKey(known, path[depth + 2] ?? "", strings);
  }
  return { dependencies: [...dependencies.values()], passedOn };
}

/** The index of the first string that begins at an offset or behind it; they stand in order. */
function firstFrom(strings: readonly TomlString[], offset: number, from = 0): number {
  let low = from;
  let high = strings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strings[middle]?.span.start ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function setKey(known: Written, key: string, strings: readonly TomlString[]): void {
  const [only] = strings;
  if (key === "version" && only) known.requirement = only;
  if (key === "package" && only) known.package = only.text;
  if (key === "features") known.features = strings;
}

function passedTo(feature: string, { text, span: at }: TomlString): readonly PassedOn[] {
  const [, dependency, name] = /^([^/?]+)\??\/(.+)$/.exec(text) ?? [];
  return dependency !== undefined && name !== undefined ? [{ feature, dependency, name, at }] : [];
}

function ofDependency(written: Written, text: string, context: ManifestContext): readonly Setting[] {
  const { requirement } = written;
  return [
    ...(requirement ? ofVersion(written, requirement, context) : []),
    ...written.features.flatMap((it) => ofFeature(written, it, text, context)),
  ];
}

/** The versions in question: the locked ones that the requirement admits, else its oldest. */
function versionsOf({ package: name, requirement }: Written, { crates, locked }: ManifestContext): readonly string[] {
  const known = crates.get(name) ?? [];
  const fitting = requirement ? known.filter((it) => satisfies(it, requirement.text)) : known;
  if (locked && fitting.length > 0) return fitting;
  const floor = requirement && lowerBound(requirement.text);
  return floor === undefined ? [] : [floor];
}

function ofVersion(written: Written, requirement: NonNullable<Written["requirement"]>, context: ManifestContext): readonly Setting[] {
  const locked = context.locked
    ? (context.crates.get(written.package) ?? []).filter((it) => satisfies(it, requirement.text)).sort(compareWritten)[0]
    : undefined;
  const { named } = context;
  const found = faultsOf(written.package, {
    ...(locked !== undefined && { version: locked }),
    requirement: requirement.text,
    features: new Set(written.features.map((it) => it.text)),
    ...(named && { names: (it) => named.has(`${crateName(written)}::${it}`) }),
  });
  if (!found) return [];
  const corrected = found.corrected;
  const raised = corrected === undefined ? undefined : raise(requirement, corrected);
  return [
    settingOf(
      {
        fact: {
          kind: "crate-version",
          package: written.package,
          version: locked ?? requirement.text,
          faults: found.faults,
          admitted: found.admitted,
          ...(corrected === undefined ? {} : { corrected }),
          ...(found.successor === undefined ? {} : { successor: found.successor }),
        },
        span: requirement.span,
        written: written.package,
        call: `Cargo.toml.${written.package}`,
        version: locked ?? requirement.text,
        betterments: raised ? [{ gives: { kind: "crate-version" }, title: `Require \`${corrected}\` or later`, edits: [raised] }] : [],
      },
      context,
    ),
  ];
}

/** Only within what Cargo calls compatible: anything else is work for a person. */
function raise({ text, span: at }: NonNullable<Written["requirement"]>, corrected: string): TextEdit | undefined {
  const match = /^([\^~=]?)\s*(\d+(?:\.\d+){0,2})$/.exec(text.trim());
  if (!match?.[2] || !satisfies(corrected, `^${match[2]}`)) return undefined;
  return { span: at, text: `${match[1] ?? ""}${corrected}` };
}

const modelled: ReadonlySet<string> = new Set(tlsPackages);
/** A crate that does TLS and names a feature so means it. */
const BY_NAME = /^(?:danger(?:ous)?|insecure|no[-_]?verif\w*|skip[-_]verif\w*|disable[-_]verif\w*)(?:[-_]|$)|[-_]insecure$/;

function ofFeature(written: Written, { text: feature, span: at }: TomlString, text: string, context: ManifestContext): readonly Setting[] {
  const versions = versionsOf(written, context);
  const fits = (range: string | undefined): boolean =>
    range === undefined || versions.length === 0 || versions.some((it) => satisfies(it, range));
  const known = featureModels.find((it) => it.package === written.package && it.features.includes(feature) && fits(it.versions));
  // A feature that newer versions do not have is Cargo's to refuse.
  const isModelled = featureModels.some((it) => it.package === written.package && it.features.includes(feature));
  const named = !isModelled && modelled.has(written.package) && BY_NAME.test(feature);
  const place = { span: at, written: feature, call: `Cargo.toml.${written.package}.${feature}` };
  if (known) {
    const { effect, consequence, brings } = known;
    const needed = brings.find((it) => context.named?.has(it));
    const title = `Remove feature \`${feature}\``;
    const removal = { gives: { kind: "crate-feature" }, title, edits: [withoutFeature(text, at)] } as const;
    return [
      settingOf(
        {
          ...place,
          fact: { kind: "crate-feature", package: written.package, feature, effect, consequence },
          ...(needed === undefined
            ? { betterments: [removal] }
            : { unfixed: `the code has \`${needed}\`, which only this feature brings: change that first` }),
        },
        context,
      ),
    ];
  }
  if (named) {
    const consequence = "weakens TLS, by its name";
    const fact = { kind: "crate-feature", package: written.package, feature, effect: "permits", consequence } as const;
    return [settingOf({ ...place, fact, unfixed: "which code needs this feature is not known here" }, context)];
  }
  const old = featureVersions.find((it) => it.package === written.package && it.features.includes(feature) && fits(it.versions));
  const found = old && faultsOf(old.brings.package, { version: old.brings.version });
  if (!old || !found) return [];
  return [
    settingOf(
      {
        ...place,
        fact: {
          kind: "crate-version",
          package: old.brings.package,
          version: old.brings.version,
          faults: found.faults,
          admitted: false,
          via: { package: written.package, feature },
          ...(found.corrected === undefined ? {} : { corrected: found.corrected }),
        },
        betterments: [{ gives: { kind: "crate-version" }, title: `Require \`${old.better}\``, edits: [{ span: at, text: old.better }] }],
      },
      context,
    ),
  ];
}
