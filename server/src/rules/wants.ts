/** What rules may want, and what a program that works loses by each: whether a fix needs review follows from that alone. */

/**
 * `nothing` that anybody uses today · `peers`: some that are served or reached today may be rejected · `start`: the program may stop
 * where it went on · `speed`: connections cost more.
 */
type Loss = "nothing" | "peers" | "start" | "speed";

/** A rule that wants something else does not compile until somebody says here what is lost. */
const LOSSES = {
  "client-authentication": "peers",
  "server-verification": "peers",
  "hostname-verification": "peers",
  verifier: "peers",
  trust: "peers",
  revocation: "peers",
  "revocation-expiry": "peers",
  "revocation-check": "peers",
  "revocation-gap": "peers",
  "validity-check": "peers",
  "extension-check": "peers",
  "proxy-certificates": "peers",
  "minimum-version": "peers",
  // Some that are given a newer version's greeting do not answer.
  "maximum-version": "peers",
  "cipher-list": "peers",
  "security-level": "peers",
  preset: "peers",
  "unbound-renegotiation": "peers",
  "plaintext-default": "peers",
  upgrade: "peers",
  upstream: "peers",
  "database-tls": "peers",
  "direct-access": "peers",
  "forwarded-identity": "peers",
  // What the release or the feature did besides is not known here, and neither is what a call did.
  "crate-version": "peers",
  "crate-feature": "peers",
  "remove-call": "peers",
  // Another account may read it, or a shorter fingerprint be configured.
  "private-key-file": "peers",
  "name-comparison": "peers",
  "propagate-error": "start",
  // What else is in the file may not be a certificate.
  "partial-bundle": "start",
  "early-data": "speed",
  compression: "speed",
  "key-log": "nothing",
  "session-context": "nothing",
  "move-before-listener": "nothing",
} as const satisfies Readonly<Record<string, Loss>>;

export type WantedKind = keyof typeof LOSSES;

export const losesNothing = (kind: WantedKind): boolean => LOSSES[kind] === "nothing";
