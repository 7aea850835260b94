/** Phrases that many crates' models share: switches of verification, parts that are handed over, and their plainest remedies. */
import type { Effect, Recipe } from "./model.ts";

const VERIFIED = { kind: "server-verification", enabled: true } as const;
const UNVERIFIED = { kind: "server-verification", enabled: false } as const;
const NAMED = { kind: "hostname-verification", enabled: true } as const;
const UNNAMED = { kind: "hostname-verification", enabled: false } as const;

/** A client verifies until it is told otherwise. */
export const VERIFYING_CLIENT = [{ fact: VERIFIED }, { fact: NAMED }] as const;

/** A server asks for no client certificate until it is told to. */
export const OPEN_SERVER = [{ fact: { kind: "client-authentication", mode: "none" } }] as const;

/** `danger_accept_invalid_certs(true)`. */
export const acceptsCertificates = { kind: "switch", argument: 0, on: UNVERIFIED, off: VERIFIED } as const satisfies Effect;
/** `danger_accept_invalid_hostnames(true)`. */
export const acceptsNames = { kind: "switch", argument: 0, on: UNNAMED, off: NAMED } as const satisfies Effect;
/** `ssl_verify_peer(false)`. */
export const checksCertificates = { kind: "switch", argument: 0, on: VERIFIED, off: UNVERIFIED } as const satisfies Effect;
/** `ssl_verify_host(false)`. */
export const checksNames = { kind: "switch", argument: 0, on: NAMED, off: UNNAMED } as const satisfies Effect;

/** `connect("db.example.com", stream)`. */
export const comparesName = { kind: "verifies-as", argument: 0, to: { argument: 1, is: "stream" } } as const satisfies Effect;

export const takesConfiguration = { kind: "takes", argument: 0, part: "configuration" } as const satisfies Effect;
export const takesCertificates = { kind: "takes", argument: 0, part: "certificates" } as const satisfies Effect;
export const requiresClients = {
  kind: "states",
  fact: { kind: "client-authentication", mode: "required" },
} as const satisfies Effect;
export const allowsAnonymousClients = {
  kind: "states",
  fact: { kind: "client-authentication", mode: "optional" },
} as const satisfies Effect;
export const asksNoClients = { kind: "states", fact: { kind: "client-authentication", mode: "none" } } as const satisfies Effect;
export const trustsCertificates = { kind: "trusts", argument: 0, source: "certificates" } as const satisfies Effect;
export const trustsPath = [
  { kind: "trusts", argument: 0, source: "path" },
  { kind: "loads", argument: 0, reads: "certificates" },
] as const satisfies readonly Effect[];
export const trustsSystem = { kind: "states", fact: { kind: "trust", anchors: "system" } } as const satisfies Effect;
export const namesClientCa = [
  { kind: "trusts", argument: 0, source: "path" },
  { kind: "loads", argument: 0, reads: "certificates", as: "client-ca" },
] as const satisfies readonly Effect[];
export const ownChain = { kind: "loads", argument: 0, reads: "certificates", as: "own-chain" } as const satisfies Effect;
export const ownKey = { kind: "loads", argument: 0, reads: "private-key", as: "own-key" } as const satisfies Effect;
export const keyBeside = { kind: "loads", argument: 1, reads: "private-key", as: "own-key" } as const satisfies Effect;

type Spelling = Omit<Recipe, "at">;

/** The call goes, and the library's default, which verifies, holds. */
export const verifyAgain = {
  gives: VERIFIED,
  title: "Enable certificate verification",
  edit: { kind: "remove-segment" },
} as const satisfies Spelling;
export const checkNameAgain = {
  gives: NAMED,
  title: "Enable hostname verification",
  edit: { kind: "remove-segment" },
} as const satisfies Spelling;
/** For setters that answer something other than the builder, and for fields. */
export const verifyBySetting = {
  gives: VERIFIED,
  title: "Enable certificate verification",
  edit: { kind: "replace-argument", argument: 0, with: "false" },
} as const satisfies Spelling;
export const checkNameBySetting = {
  gives: NAMED,
  title: "Enable hostname verification",
  edit: { kind: "replace-argument", argument: 0, with: "false" },
} as const satisfies Spelling;
/** To be completed with what is written instead of the optional, or missing, authentication. */
export const required = {
  gives: { kind: "client-authentication", mode: "required" },
  title: "Reject clients without a certificate",
} as const satisfies Omit<Spelling, "edit">;

/** A client that sends the argument as its secret, if it is given one. */
export const logsIn = [{ kind: "states", fact: { kind: "login" }, unlessNone: 0 }] as const satisfies readonly Effect[];
/** A socket of this machine. */
export const staysHere = [{ kind: "states", fact: { kind: "peer", reach: "loopback" } }] as const satisfies readonly Effect[];
/** Whether a client speaks TLS with its peer at all. */
export const OVER_TLS = { kind: "client-transport", tls: true } as const;
export const PLAINTEXT = { kind: "client-transport", tls: false } as const;
/** An address of HTTP, whose scheme decides. */
export const connectsByHttp = [
  {
    kind: "peers",
    argument: 0,
    words: [{ word: "https://", states: OVER_TLS }],
    silent: [{ word: "http://", states: PLAINTEXT }],
  },
] as const satisfies readonly Effect[];
/** The same where no other than HTTP is meant, so that addresses that are written down whole are judged here alone. */
export const asksByHttp = [
  {
    kind: "peers",
    argument: 0,
    words: [
      { word: "https://", states: OVER_TLS },
      { word: "http://", states: { ...PLAINTEXT, ofSecrets: true } },
    ],
  },
] as const satisfies readonly Effect[];
/** The same of a request that any client may be given, of WebSockets as well. */
export const asksByUri = [
  {
    ...asksByHttp[0],
    words: [...asksByHttp[0].words, { word: "wss://", states: OVER_TLS }, { word: "ws://", states: { ...PLAINTEXT, ofSecrets: true } }],
  },
] as const satisfies readonly Effect[];
/**
 * A header by name and value. RFC 9110, section 11.6.2, and RFC 6265, section 5.4: what a client is known by. The others are what services
 * document for their keys: Amazon API Gateway (`x-api-key`) and AWS's temporary credentials, Google's APIs, OpenStack Identity, GitLab,
 * HashiCorp Vault and Consul.
 */
export const knownByHeader = [
  {
    kind: "keyed",
    key: 0,
    argument: 1,
    cases: [
      { key: "authorization", states: { kind: "login" } },
      { key: "cookie", states: { kind: "login" } },
      { key: "x-api-key", states: { kind: "login" } },
      { key: "x-amz-security-token", states: { kind: "login" } },
      { key: "x-goog-api-key", states: { kind: "login" } },
      { key: "x-auth-token", states: { kind: "login" } },
      { key: "private-token", states: { kind: "login" } },
      { key: "x-vault-token", states: { kind: "login" } },
      { key: "x-consul-token", states: { kind: "login" } },
    ],
  },
] as const satisfies readonly Effect[];
/** The first argument is the host that is connected to. */
export const connectsTo = [{ kind: "peers", argument: 0 }] as const satisfies readonly Effect[];
