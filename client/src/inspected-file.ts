/** What the server says of a certificate file: the answer of `tlslint/inspect`. */

export interface InspectedFile {
  /** What the file is: `PKCS#12 key store`, `DER`, `PEM`. */
  readonly what: string;
  readonly objects: readonly InspectedObject[];
  /** Those of no object in particular. */
  readonly findings: readonly InspectedFinding[];
  /** Objects that are counted only. */
  readonly more: number;
  /** Findings that belong to those, or are too many. */
  readonly moreFindings: number;
  /** A password would show more. */
  readonly sealed: boolean;
  readonly notAnalysed: string | null;
}

export interface InspectedObject {
  readonly kind: string;
  readonly title: string;
  /** Until the end of validity, negative after it. */
  readonly daysLeft: number | null;
  readonly fields: readonly { readonly label: string; readonly value: string }[];
  readonly verdicts: readonly PredictedVerdict[];
  /** The certification path from the object itself up; an issuer without a role is missing. */
  readonly path: readonly { readonly name: string; readonly role?: string; readonly shown?: string; readonly daysLeft?: number }[];
  readonly parts: readonly EncodedField[];
  readonly findings: readonly InspectedFinding[];
}

export interface PredictedVerdict {
  readonly stack: string;
  readonly as: "server" | "client";
  readonly host?: string;
  /** Other files, whose intermediates are sent, too; without it the file alone is. */
  readonly completedFrom?: readonly string[];
  readonly verdict: "accepted" | "refused" | "cannot tell";
  readonly kind?: string;
}

export interface EncodedField {
  readonly name: string;
  /** How many others it is in. */
  readonly depth: number;
  readonly value?: string;
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
  /** Its first bytes, where no other fields are in it; empty where they are not shown. */
  readonly hex?: string;
}

export interface InspectedFinding {
  readonly rule: string;
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly message: string;
  readonly help: string;
  readonly notes: readonly string[];
}
