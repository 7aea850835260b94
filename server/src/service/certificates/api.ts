/** What surfaces see of a certificate file that somebody asks about. All strings are raw: each surface escapes for itself. */
import type { Span } from "../../base/span.ts";
import type { Section } from "../../pki/index.ts";

export interface InspectWish {
  /** Of a PKCS#12 file; used for this answer and kept nowhere. Findings are then those of what lies inside, too. */
  readonly password?: string | undefined;
  /** Objects beyond that number are counted; without it all are described. */
  readonly most?: number;
  /** With the bytes of each field. */
  readonly parts?: true;
}
/** A certificate on the path from another one up to a root. */
export interface PathLink {
  readonly name: string;
  /** Without it nobody has the certificate: it is the issuer that the last one names. */
  readonly role?: "root" | "intermediate" | "self-signed" | "leaf";
  /** The other file that it lies in. */
  readonly shown?: string;
  readonly daysLeft?: number;
}
/** A field as it is encoded. */
export interface EncodedField {
  readonly name: string;
  /** How many others it is in. */
  readonly depth: number;
  readonly value?: string;
  /** Where it begins: a byte of a binary file, a character of PEM. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** Of a field without others in it, from its first byte on; empty where it could hold a private key. */
  readonly hex?: string;
}
/** Of the file as it is served: its certificates are sent, and its root is trusted. */
export interface PredictedVerdict {
  readonly stack: string;
  readonly as: "server" | "client";
  readonly host?: string;
  /** Other files, with whose intermediates it would be this; without it: with what the file holds. */
  readonly completedFrom?: readonly string[];
  readonly verdict: "accepted" | "refused" | "cannot tell";
  /** The stack's own name of the error. */
  readonly kind?: string;
}
export interface InspectionEntry {
  readonly kind: "certificate" | "revocation-list" | "request" | "private-key" | "public-key" | "key-store" | "other";
  readonly span: Span;
  /** The PEM label; in a binary file what it would be. */
  readonly label: string;
  /** What it lies in with others. */
  readonly container?: Section["container"];
  /** What a key store calls it. */
  readonly alias?: string;
  /** All that is in it, as JSON holds it (`inspect.schema.json`); absent where nothing is known of it. */
  readonly contents?: unknown;
  /** What stacks will say, as values; in `fields` as text. */
  readonly verdicts: readonly PredictedVerdict[];
  /** What lies around it in the workspace: its chain, its key. In `fields`, too. */
  readonly surroundings: readonly { readonly label: string; readonly value: string }[];
  /** From the certificate itself up, to a root or to an issuer that is not in the workspace. */
  readonly path?: readonly PathLink[];
  readonly parts?: readonly EncodedField[];
  /** `leaf certificate, 1 of 3`. */
  readonly title: string;
  /** Label and value, in the order of showing: subject, issuer, names, validity, key, usages, fingerprint; then all the rest. */
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  /** Days until the end of validity, where there is one; negative after it. */
  readonly daysLeft?: number;
  /** The section as it stands in the file, where it holds what its label says and that is no private key. */
  readonly pem?: string;
}
