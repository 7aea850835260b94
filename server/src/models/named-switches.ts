/**
 * What methods say by their names alone, for the crates that no model knows: `verify_certs(false)`, `with_no_cert_validation()`. Names are
 * put together of what is checked and how that is said; of whom nobody knows anything else it counts for less than what a model says.
 */
import type { CallModel, CrateModel, Effect } from "./model.ts";
import { acceptsCertificates, acceptsNames, checksCertificates, checksNames } from "./phrases.ts";

type Switch = Extract<Effect, { readonly kind: "switch" }>;

const CERTIFICATES = ["cert", "certs", "certificate", "certificates"];
const PEERS = [...CERTIFICATES, "ssl", "tls", "peer", "server_cert", "server_certificate"];
const HOSTS = ["hostname", "hostnames"];
const VERBS = ["verify", "validate", "check"];
const NOUNS = ["verification", "validation", "check", "verify"];
const LEAVING_OUT = ["skip", "disable", "no"];
const LETTING_IN = ["accept", "allow", "trust"];
const UNCHECKED = ["invalid", "any", "all", "untrusted", "self_signed"];
/** What stands in front and says nothing else. */
const BEFORE = ["", "set_", "with_", "danger_"];

const product = (...all: readonly (readonly string[])[]): readonly string[] =>
  all.reduce<readonly string[]>((found, words) => found.flatMap((it) => words.map((word) => (it === "" ? word : `${it}_${word}`))), [""]);

const checks = (of: readonly string[]): readonly string[] => [...product(VERBS, of), ...product(of, NOUNS)];
const leaves = (of: readonly string[]): readonly string[] => [...product(LEAVING_OUT, of, NOUNS), ...product(LEAVING_OUT, VERBS, of)];
const letsIn = (of: readonly string[]): readonly string[] => product(LETTING_IN, UNCHECKED, of);

const SAID: readonly (readonly [names: readonly string[], effect: Switch])[] = [
  [checks(PEERS), checksCertificates],
  [[...leaves(PEERS), ...letsIn(CERTIFICATES)], acceptsCertificates],
  [checks(HOSTS), checksNames],
  [[...leaves(HOSTS), ...letsIn(HOSTS)], acceptsNames],
];

const switches: ReadonlyMap<string, Switch> = new Map(
  SAID.flatMap(([names, effect]) => BEFORE.flatMap((before) => names.map((name) => [`${before}${name}`, effect] as const))),
);

export const namedSwitches: readonly string[] = [...switches.keys()];

/** Whether a name is one of these. */
export const isNamedSwitch = (name: string): boolean => switches.has(name);

/** A switch is given whether it is on; without an argument it is what it is called, if that lets in whom nobody checks. */
export function namedSwitch(name: string, given: number): { readonly of: CallModel; readonly model: CrateModel } | undefined {
  const effect = switches.get(name);
  const effects = effect && effectsOf(effect, given);
  return effects && { of: { path: `${UNKNOWN}::${name}`, effects }, model: ANY_CRATE };
}

function effectsOf(effect: Switch, given: number): readonly Effect[] | undefined {
  if (given === 1) return [effect];
  const { on } = effect;
  return given === 0 && (effect === acceptsCertificates || effect === acceptsNames) && on !== undefined
    ? [{ kind: "states", fact: on }]
    : undefined;
}

const UNKNOWN = "Unknown";

/** Stands for whichever crate has it. */
const ANY_CRATE: CrateModel = { crate: "", package: "", versions: ">=0.0", source: "", types: {}, calls: [] };
