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
  /** What works only after the fix, although it should always have. */
  readonly lost?: readonly Attempt[];
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

const nobodyAsked = { mistake: "nobody is asked", rule: "no-client-auth", hole: ["none", ...strangers, "copied"] } as const;
const optional = { mistake: "a certificate is optional", rule: "optional-client-auth", hole: ["none"] } as const;
const anyone = { mistake: "any certificate will do", rule: "accept-any-client", hole: strangers } as const;
/** rustls has the signature verified by the same verifier. */
const anyoneAtAll = { ...anyone, hole: [...strangers, "copied"] } as const;
const copies = { mistake: "signatures are not verified", rule: "accept-any-signature", hole: ["copied"] } as const;
const noList = { mistake: "no revocation list", rule: "empty-crl-list", hole: ["revoked"], list: "fresh" } as const;
const staleList = {
  mistake: "a stale list is good enough",
  rule: "stale-crl-accepted",
  hole: ["valid", "resumed"],
  list: "stale",
} as const;

const asked = { ...optional, mistake: "PEER alone" } as const;
const caForShow = { mistake: "the CA is for show", rule: "unenforced-client-ca", hole: ["none", ...strangers, "copied"] } as const;
const forgiven = { mistake: "errors are forgiven", rule: "accept-any-client", hole: strangers } as const;
const uncheckedList = { mistake: "the list is not looked at", rule: "unchecked-crl", hole: ["revoked"], list: "fresh" } as const;
const uncheckedStaleList = {
  mistake: "a stale list is not looked at",
  rule: "unchecked-crl",
  hole: ["revoked", "valid", "resumed"],
  list: "stale",
} as const;
const obsolete = { mistake: "old versions and ciphers", rule: "obsolete-protocol", hole: ["tls-1.0", "tls-1.1", "weak"] } as const;

/** The program names a list elsewhere, so the fix has this endpoint read it, too. */
const listed = (it: Listener): Listener => ({ ...it, hole: [...it.hole, "revoked"], list: "fresh" });

const plain = (name: string, ...crates: readonly string[]): ServerProgram => ({
  name,
  crates,
  protocol: "http",
  listeners: [nobodyAsked, optional],
});

export const SERVERS: readonly ServerProgram[] = [
  {
    name: "actix-rustls-0-23",
    crates: ["actix-web", "rustls"],
    protocol: "http",
    listeners: [listed(nobodyAsked), listed(optional), listed(anyoneAtAll), noList, staleList, listed(copies)],
    elsewhere: true,
  },
  {
    name: "actix-rustls-0-22",
    crates: ["actix-web", "rustls"],
    protocol: "http",
    listeners: [nobodyAsked, optional, anyoneAtAll, noList, copies],
    elsewhere: true,
  },
  ...["actix-rustls-0-21", "actix-rustls-0-20"].map(
    (name): ServerProgram => ({
      name,
      crates: ["actix-web", "rustls"],
      protocol: "http",
      listeners: [nobodyAsked, optional, anyone],
      elsewhere: true,
    }),
  ),
  {
    name: "actix-openssl",
    crates: ["actix-web", "openssl"],
    protocol: "http",
    listeners: [nobodyAsked, caForShow, { ...asked, lost: ["resumed"] }, anyone, uncheckedList, uncheckedStaleList, obsolete],
    elsewhere: true,
  },
  {
    name: "axum-served",
    crates: ["axum-server", "rustls", "openssl"],
    protocol: "http",
    listeners: [nobodyAsked, optional, { ...asked, mistake: "PEER alone (OpenSSL)" }],
  },
  plain("accepted-by-tokio-rustls", "tokio-rustls", "rustls"),
  {
    name: "accepted-by-tokio-openssl",
    crates: ["tokio-openssl", "openssl"],
    protocol: "http",
    listeners: [nobodyAsked, asked, forgiven],
  },
  {
    name: "tonic-served",
    crates: ["tonic"],
    protocol: "grpc",
    listeners: [nobodyAsked, { ...optional, rule: "overridden-verification" }],
  },
  plain("warp-served", "warp"),
  plain("rocket-served", "rocket"),
  plain("poem-served", "poem"),
  plain("salvo-served", "salvo"),
  { ...plain("quinn-served", "quinn", "rustls"), protocol: "quic" },
];
