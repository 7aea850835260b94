/** The server programs of the proof, listener by listener: the mistake, and who gets in by it. */
import type { Attempt } from "./attempts.ts";

export type Protocol = "http" | "grpc" | "quic";

export interface Listener {
  /** The mistake, as the table names it; none where the listener is right from the start. */
  readonly mistake: string;
  readonly rule: string;
  /** Attempts that succeed although they must not. */
  readonly hole: readonly Attempt[];
  /** `fresh`: after the fix a revocation list is loaded · `stale`: so stale a list that nobody may get in. */
  readonly list?: "fresh" | "stale";
}

export interface ServerProgram {
  /** The package. */
  readonly name: string;
  /** The crates that the row is named after. */
  readonly crates: readonly string[];
  readonly protocol: Protocol;
  /** In the order of the program's ports. */
  readonly listeners: readonly Listener[];
  /** The port after those belongs to a listener that is right as it is and trusts another CA. */
  readonly elsewhere?: true;
}

const strangers = ["unknown-ca", "self-signed", "expired", "not-yet-valid", "server-only"] as const satisfies readonly Attempt[];

const nobodyAsked = { mistake: "nobody is asked", rule: "no-client-auth", hole: ["none", ...strangers] } as const;
const optional = { mistake: "a certificate is optional", rule: "optional-client-auth", hole: ["none"] } as const;
const anyone = { mistake: "any certificate will do", rule: "accept-any-client", hole: strangers } as const;
const noList = { mistake: "no revocation list", rule: "empty-crl-list", hole: ["revoked"], list: "fresh" } as const;
const staleList = {
  mistake: "a stale list is good enough",
  rule: "stale-crl-accepted",
  hole: ["valid", "resumed"],
  list: "stale",
} as const;

export const SERVERS: readonly ServerProgram[] = [
  {
    name: "actix-rustls-0-23",
    crates: ["actix-web", "rustls"],
    protocol: "http",
    listeners: [nobodyAsked, optional, anyone, noList, staleList],
    elsewhere: true,
  },
];
