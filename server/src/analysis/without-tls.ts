/** Clients that are compiled without a TLS library, as the lock file shows: what would be TLS fails there, and what may do without is plaintext. */
import type { CrateModel } from "../models/model.ts";
import type { Fact } from "../tls/facts.ts";
import type { ReadCrate } from "./source-file.ts";

/** Whether the lock file of a crate shows that the library does no TLS there. */
export function isWithoutTls({ package: name, encryptsBy = [] }: CrateModel, crate: ReadCrate | undefined): boolean {
  if (encryptsBy.length === 0 || crate === undefined || crate.reached === "unknown") return false;
  const { reached, dependencies } = crate;
  const isLocked = [...dependencies.values()].some((it) => it.package === name && it.locked === true);
  return isLocked && !encryptsBy.some((it) => reached.has(it.replaceAll("-", "_")));
}

/** What is left of a fact; undefined where nothing is connected. */
export function withoutTls(fact: Fact): Fact | undefined {
  switch (fact.kind) {
    case "database-tls":
      if (fact.mode === "optional") return { ...fact, mode: "plaintext" };
      return fact.mode === "plaintext" ? fact : undefined;
    case "server-verification":
    case "hostname-verification":
      return fact.enabled ? fact : undefined;
    default:
      return fact;
  }
}
