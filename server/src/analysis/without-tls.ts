/** Clients that are compiled without a TLS library, as the lock file or the features show: what would be TLS fails there, and what may do without is plaintext. */
import type { CrateModel, Encryption } from "../models/model.ts";
import type { Fact } from "../tls/facts.ts";
import type { ReadCrate } from "./source-file.ts";
import { within } from "./versions.ts";

/** Whether the lock file of a crate shows that the library does no TLS there, or the features that are asked for, where no lock file has it. */
export function isWithoutTls(model: CrateModel, crate: ReadCrate | undefined): boolean {
  if (model.encryption === undefined || crate?.behind === undefined) return false;
  const known = answers.get(crate) ?? new Map<CrateModel, boolean>();
  answers.set(crate, known);
  const { by } = model.encryption;
  const behind = known.has(model) ? [] : crate.behind(model.package);
  // None of these crates does without any other one.
  const answer =
    known.get(model) ??
    (behind.length > 0 ? !behind.some(({ name }) => by.includes(name)) : isAskedWithout(model, model.encryption, crate));
  known.set(model, answer);
  return answer;
}

function isAskedWithout({ package: name }: CrateModel, { asked }: Encryption, crate: ReadCrate): boolean {
  const direct = [...crate.dependencies.values()].filter((it) => it.features !== undefined);
  const isAsked = direct.some((it) => asked?.of.includes(it.package) && asked.features.some((one) => it.features?.has(one)));
  return asked !== undefined && direct.some((it) => it.package === name) && !isAsked;
}

/** A lock file is long, and what it says of a crate is asked for each client. */
const answers = new WeakMap<ReadCrate, Map<CrateModel, boolean>>();

/** Whether it can but connect to a server in plaintext, whatever address it is given: none that names a file. */
export function isPlaintextOnly(model: CrateModel, crate: ReadCrate | undefined): boolean {
  const asked = featuresOf(model, crate);
  const files = model.encryption?.files ?? [];
  return isWithoutTls(model, crate) && files.every((it) => asked?.has(it) === false);
}

/** Whether a crate asks for one of these features of a library. */
export const hasFeature = (model: CrateModel, crate: ReadCrate | undefined, names: readonly string[]): boolean =>
  names.some((it) => featuresOf(model, crate)?.has(it) === true);

const featuresOf = ({ package: name }: CrateModel, crate: ReadCrate | undefined): ReadonlySet<string> | undefined =>
  [...(crate?.dependencies.values() ?? [])].find((it) => it.package === name)?.features;

/** What is left of a fact, of a client that a file makes; undefined where nothing is connected. */
export function withoutTls(
  fact: Fact,
  { package: name, encryption }: CrateModel,
  user: string,
  version: string | undefined,
): Fact | undefined {
  const uncompiled = encryption && { package: encryption.of ?? name, feature: encryption.feature, user };
  if (uncompiled === undefined) return fact;
  const isIgnored = encryption?.ignored !== undefined && within(version, encryption.ignored);
  switch (fact.kind) {
    case "database-tls":
      if (fact.mode === "plaintext") return fact;
      return fact.mode === "optional" || isIgnored ? { ...fact, mode: "plaintext", uncompiled } : undefined;
    case "client-transport":
      return fact.tls ? undefined : { ...fact, uncompiled };
    case "server-verification":
    case "hostname-verification":
      return fact.enabled ? fact : undefined;
    default:
      return fact;
  }
}
