/** The server programs of the proof, listener by listener: the mistake, and who gets in by it. */
import type { Attempt } from "./attempts.ts";

export type Protocol = "http" | "grpc" | "quic";

export interface Listener {
  /** The mistake, as the table names it; none where the listener is right from the start. */
  readonly mistake: string;
  readonly rule: string;
  /** Further rules that speak of it, and whose remedies it takes. */
  readonly also?: readonly string[];
  /** Attempts that succeed although they must not. */
  readonly hole: readonly Attempt[];
  /** `fresh`: after the fix a revocation list is loaded · `useless`: nobody may get in, since the list is stale or of another CA. */
  readonly list?: "fresh" | "useless";
  /** Which of the listeners elsewhere keeps its sessions as this one does; the first, where it is not said. */
  readonly elsewhere?: number;
  /** The fix takes the listener away. */
  readonly closes?: true;
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
  /** How many ports after those belong to listeners that are right as they are and trust another CA. */
  readonly elsewhere: number;
}

const strangers = ["unknown-ca", "self-signed", "expired", "not-yet-valid", "server-only"] as const satisfies readonly Attempt[];

const nobodyAsked = { mistake: "nobody is asked", rule: "no-client-auth", hole: ["none", ...strangers, "copied"] } as const;
/** … though the program loads the CA of its clients. */
const nobodyAskedFor = { ...nobodyAsked, rule: "unenforced-client-ca" } as const;
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
  list: "useless",
} as const;
const unknownStatus = {
  mistake: "unknown status is good enough",
  rule: "unknown-revocation-allowed",
  hole: ["revoked", "valid", "resumed"],
  list: "useless",
} as const;
const sharedSessions = { mistake: "one store for two CAs", rule: "shared-session-state", hole: ["resumed-elsewhere"] } as const;

const asked = { ...optional, mistake: "PEER alone" } as const;
const caForShow = { mistake: "the CA is for show", rule: "unenforced-client-ca", hole: ["none", ...strangers, "copied"] } as const;
const forgiven = { mistake: "errors are forgiven", rule: "accept-any-client", hole: strangers } as const;
const uncheckedList = { mistake: "the list is not looked at", rule: "unchecked-crl", hole: ["revoked"], list: "fresh" } as const;
const uncheckedStaleList = {
  mistake: "a stale list is not looked at",
  rule: "unchecked-crl",
  hole: ["revoked", "valid", "resumed"],
  list: "useless",
} as const;
/** quinn's `with_single_cert`, whose fix builds the configuration of rustls that it stands for. */
const withSingleCert = { mistake: "`with_single_cert`", rule: "early-data", hole: [...nobodyAsked.hole, "early"] } as const;
const secondDoor = { mistake: "a second door without TLS", rule: "plaintext-listener", hole: ["bare"], closes: true } as const;
const lateHook = {
  mistake: "`on_connect` after the listener",
  rule: "late-on-connect",
  also: ["no-revocation-check"],
  hole: [],
  lost: ["valid", "resumed"],
  list: "fresh",
} as const;
const overridden = { mistake: "PEER after all", rule: "overridden-verification", hole: ["none"] } as const;
const timesUnchecked = { mistake: "times are not looked at", rule: "skipped-check", hole: ["expired", "not-yet-valid"] } as const;
const clockStopped = { mistake: "the clock stands still in 2020", rule: "skipped-check", hole: ["expired"] } as const;
const noContext = { mistake: "sessions without a context", rule: "missing-session-context", hole: [], lost: ["resumed"] } as const;
/** The machine trusts the CA that signed for the stranger. */
const publicAuthorities = {
  mistake: "any CA that the machine trusts",
  rule: "system-roots-for-clients",
  hole: ["unknown-ca"],
  lost: ["revoked", "valid", "resumed"],
} as const;
const oldPreset = {
  mistake: "an old preset at level 0",
  rule: "legacy-preset",
  also: ["low-security-level"],
  hole: ["tls-1.0", "tls-1.1"],
} as const;
const noEncryption = { mistake: "ciphers that encrypt nothing", rule: "weak-cipher", hole: ["weak"] } as const;
const obsolete = { mistake: "old versions and ciphers", rule: "obsolete-protocol", hole: ["tls-1.0", "tls-1.1", "weak"] } as const;

/** The program names a list elsewhere, so the fix has this endpoint read it, too. */
const listed = (it: Listener): Listener => ({ ...it, hole: [...it.hole, "revoked"], list: "fresh" });
/** What rustls alone has words for, as its endpoints above actix-web say it. */
const lists: readonly Listener[] = [listed(nobodyAsked), listed(optional), noList, staleList];

const plain = (name: string, ...crates: readonly string[]): ServerProgram => ({
  name,
  crates,
  protocol: "http",
  listeners: [nobodyAsked, optional],
  elsewhere: 1,
});

export const SERVERS: readonly ServerProgram[] = [
  {
    name: "actix-rustls-0-23",
    crates: ["actix-web", "rustls"],
    protocol: "http",
    listeners: [listed(nobodyAskedFor), listed(optional), listed(anyoneAtAll), noList, staleList, listed(copies), secondDoor, lateHook],
    elsewhere: 1,
  },
  {
    name: "actix-rustls-0-22",
    crates: ["actix-web", "rustls"],
    protocol: "http",
    listeners: [nobodyAskedFor, optional, anyoneAtAll, noList, copies],
    elsewhere: 1,
  },
  ...["actix-rustls-0-21", "actix-rustls-0-20"].map(
    (name): ServerProgram => ({
      name,
      crates: ["actix-web", "rustls"],
      protocol: "http",
      listeners: [nobodyAsked, optional, anyone],
      elsewhere: 1,
    }),
  ),
  {
    name: "actix-openssl",
    crates: ["actix-web", "openssl"],
    protocol: "http",
    listeners: [nobodyAsked, caForShow, { ...asked, lost: ["resumed"] }, anyone, uncheckedList, uncheckedStaleList, obsolete],
    elsewhere: 1,
  },
  {
    name: "axum-served",
    crates: ["axum-server", "rustls", "openssl"],
    protocol: "http",
    listeners: [
      ...lists,
      listed({ ...nobodyAsked, mistake: "`from_pem_file`" }),
      { ...asked, mistake: "PEER alone (OpenSSL)", elsewhere: 1 },
    ],
    elsewhere: 2,
  },
  {
    ...plain("accepted-by-tokio-rustls", "tokio-rustls", "rustls"),
    listeners: [...lists, unknownStatus, listed(sharedSessions)],
  },
  {
    name: "accepted-by-tokio-openssl",
    crates: ["tokio-openssl", "openssl"],
    protocol: "http",
    listeners: [
      nobodyAsked,
      asked,
      forgiven,
      overridden,
      timesUnchecked,
      clockStopped,
      noContext,
      publicAuthorities,
      oldPreset,
      noEncryption,
    ],
    elsewhere: 1,
  },
  {
    name: "tonic-served",
    crates: ["tonic"],
    protocol: "grpc",
    listeners: [nobodyAsked, { ...optional, rule: "overridden-verification" }],
    elsewhere: 1,
  },
  plain("warp-served", "warp"),
  plain("rocket-served", "rocket"),
  plain("poem-served", "poem"),
  plain("salvo-served", "salvo"),
  { ...plain("quinn-served", "quinn", "rustls"), protocol: "quic", listeners: [...lists, listed(withSingleCert)] },
];
