/** What a TLS stack is asked about a chain, and what it answers. */
import type { ByteRange } from "../der/der.ts";

export type StackName = "rustls-webpki" | "openssl";
export type Provider = "ring" | "aws-lc-rs";

export interface StackChoice {
  readonly name: StackName;
  /** As far as it is known: "0.103", "0.102.8", "3", "3.0.19". A series stands for its newest release. */
  readonly version: string;
  /** Of rustls: whose algorithms are offered. */
  readonly provider?: Provider;
  /** Of OpenSSL: `SECLEVEL`, which distributions set to 2. */
  readonly securityLevel?: 0 | 1 | 2;
  /** Of OpenSSL: `X509_V_FLAG_PARTIAL_CHAIN`, with which any certificate of the trust store ends a chain. */
  readonly partialChain?: boolean;
  /** Of OpenSSL: whether a wildcard may be part of a label. It allows that; Rust's crate `openssl` forbids it. */
  readonly partialWildcards?: boolean;
}

/** How revocation is checked when there are lists; what a stack does not let one choose is not looked at. */
export interface RevocationPolicy {
  /** All certificates of the path, or the leaf only. OpenSSL: `CRL_CHECK_ALL` or `CRL_CHECK` alone. */
  readonly depth: "chain" | "leaf";
  /** Of rustls: whether a certificate that no list speaks for is taken. */
  readonly unknown: "deny" | "allow";
  /** Of rustls: whether a list past its next update is. */
  readonly expired: "ignore" | "refuse";
  /** Of OpenSSL: `X509_V_FLAG_EXTENDED_CRL_SUPPORT` and `X509_V_FLAG_USE_DELTAS`. */
  readonly extended?: boolean;
  readonly deltas?: boolean;
}

/** What `WebPkiClientVerifier` of rustls has until one changes it. */
export const DEFAULT_REVOCATION: RevocationPolicy = { depth: "chain", unknown: "deny", expired: "ignore" };

/** A chain as it is presented, and the circumstances. Certificates are DER. */
export interface Presented {
  readonly leaf: Uint8Array;
  readonly intermediates: readonly Uint8Array[];
  readonly roots: readonly Uint8Array[];
  /** Revocation lists. With none, rustls checks no revocation; OpenSSL checks it when the field is there. */
  readonly lists?: readonly Uint8Array[];
  readonly revocation?: RevocationPolicy;
  /** Whose certificate it is: a server's, which clients verify, or a client's, which servers verify. */
  readonly as: "server" | "client";
  /** A DNS name or an address; verified only when it is given. */
  readonly host?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** OpenSSL checks no purpose when it is told none; TLS connections tell it one. */
  readonly anyPurpose?: boolean;
  /** Certificates between leaf and root that OpenSSL is told to allow; 100 unless given. */
  readonly maximumDepth?: number;
  /** Told of each path that is tried, up to where it ends. */
  tried?(path: TriedPath): void;
  /** Also whether a handshake can be signed with the leaf's key, which path validation does not ask. */
  readonly handshake?: boolean;
}

/** Which certificate or revocation list: the number counts from 1 in the list it was given in. */
export type Place =
  | { readonly role: "leaf" }
  | { readonly role: "intermediate"; readonly number: number }
  | { readonly role: "root"; readonly number: number }
  | { readonly role: "list"; readonly number: number };

/** A path from the leaf up, and why it is none; what is refused of a whole path later is in the verdict. */
export interface TriedPath {
  readonly places: readonly Place[];
  readonly refusal?: Refusal;
}

export function placeText(place: Place): string {
  switch (place.role) {
    case "leaf":
      return "the leaf";
    case "list":
      return `revocation list ${place.number}`;
    default:
      return `${place.role} ${place.number}`;
  }
}

export interface Refusal {
  /** The stack's own name of the error: `CaUsedAsEndEntity`, `unable to get local issuer certificate`. */
  readonly kind: string;
  readonly place: Place;
  /** The field at fault, by its name in RFC 5280: "notAfter", "extKeyUsage". */
  readonly field: string;
  /** Where the field stands in the certificate's DER. */
  readonly range?: ByteRange;
  /** Lower case, no full stop. */
  readonly sentence: string;
}

export type Verdict =
  | { readonly verdict: "accepted" }
  | ({ readonly verdict: "refused" } & Refusal)
  /** A signature that had to be checked is of an algorithm that this runtime does not have. */
  | { readonly verdict: "cannot tell"; readonly reason: string };

export const ACCEPTED: Verdict = { verdict: "accepted" };
