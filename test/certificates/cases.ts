/**
 * Certificate files by name: what each is, and every finding that all file rules together have in it at 2026-01-01. A case without
 * expectations must be silent.
 */
import type { Keeping, Severity, Trusted } from "../../server/src/rules/rule.ts";
import type { Loader } from "../../server/src/tls/facts.ts";
import type { Policy } from "../../server/src/tls/policy.ts";
import { chainCases } from "./cases-chain.ts";
import { hostCases } from "./cases-hosts.ts";
import { inconsistentCases } from "./cases-inconsistent.ts";
import { keyCases } from "./cases-keys.ts";
import { listCases } from "./cases-lists.ts";
import { malformedCases } from "./cases-malformed.ts";
import { noteCases } from "./cases-notes.ts";
import { pemCases } from "./cases-pem.ts";
import { profileCases } from "./cases-profile.ts";
import { purposeCases } from "./cases-purpose.ts";
import { requestCases } from "./cases-requests.ts";
import { restCases } from "./cases-rest.ts";
import { sharedCases } from "./cases-shared.ts";
import { storeCases } from "./cases-stores.ts";
import { usageCases } from "./cases-usage.ts";
import { weaknessCases } from "./cases-weakness.ts";

/** The clock of all cases. */
export const NOW = Date.UTC(2026, 0, 1);

export interface Case {
  readonly about: string;
  /** With real signatures, a promise. */
  make(): Uint8Array | Promise<Uint8Array>;
  /** The file's path, where the name matters. */
  readonly path?: string;
  readonly usedAs?: readonly Loader[];
  /** Other files of the workspace, by path; the case itself lies in `/w`. */
  beside?(): Promise<Readonly<Record<string, string | Uint8Array>>>;
  readonly keeping?: Keeping;
  /** By which names clients call the server. */
  readonly hosts?: readonly string[];
  /** Files of `beside` that the code trusts. */
  readonly trusts?: Readonly<Record<string, Trusted["role"]>>;
  readonly listedKeys?: readonly string[];
  /** `private-mtls` unless said. */
  readonly profile?: Policy["profile"];
  readonly expect?: readonly Expectation[];
}
export interface Expectation {
  readonly rule: string;
  readonly severity: Severity;
  /** The text that the finding covers, or the bytes of the DER whose digits it covers. */
  readonly covers: string | Uint8Array;
  readonly says?: RegExp;
}

const groups: readonly Readonly<Record<string, Case>>[] = [
  usageCases,
  weaknessCases,
  malformedCases,
  pemCases,
  chainCases,
  profileCases,
  purposeCases,
  restCases,
  sharedCases,
  storeCases,
  requestCases,
  keyCases,
  inconsistentCases,
  listCases,
  noteCases,
  hostCases,
];
/** With those of one name, of which the last counts. */
export const caseNames: readonly string[] = groups.flatMap(Object.keys);
export const cases: Readonly<Record<string, Case>> = Object.assign({}, ...groups);

/** Rejects for a name that is not one of the cases. */
export async function caseFile(name: string): Promise<Uint8Array> {
  const found = cases[name];
  if (found === undefined) throw new Error(`no certificate case is called ${name}`);
  return found.make();
}
