/** The workspace in two lists: its certificates, and the servers and clients that it sets up. For views that somebody looks at, page by page. */
import type { Severity } from "../../rules/rule.ts";
import type { Loader, Place, Role } from "../../tls/facts.ts";

/** What is wanted of a list. */
export interface Page {
  readonly from: number;
  readonly count: number;
}

export interface CertificatePage extends Page {
  /** Those alone in which something is found that is more than a hint. */
  readonly problems?: boolean;
}

export interface Overview {
  /** Certificates and revocation lists, the one that ends first before all others. */
  certificates(page: CertificatePage, signal?: AbortSignal): Promise<ListedCertificates>;
  /** Servers before clients, and both before those of tests and examples. */
  endpoints(page: Page, signal?: AbortSignal): Promise<Listed<ListedEndpoint>>;
  /** The crates that models know, in the versions that the packages of the workspace use. */
  crates(signal?: AbortSignal): Promise<readonly CrateInUse[]>;
}

export interface CrateInUse {
  readonly name: string;
  /** The oldest first. */
  readonly versions: readonly string[];
}

export interface Listed<T> {
  /** Of the whole list. */
  readonly total: number;
  readonly items: readonly T[];
}

export interface ListedCertificates extends Listed<ListedCertificate> {
  /** How many of the whole list are no certificates. */
  readonly revocationLists: number;
  /** Files in which there may be more: unreadable, broken, or sealed by a password. */
  readonly notListed: number;
  /** The first of them, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Those that are in the list where nothing is filtered. */
  readonly unfiltered: number;
}

export interface LeftOut {
  readonly file: string;
  readonly reason: string;
}

/** A finding, for a list that points to it. */
export interface ListedFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place;
}

export interface ListedCertificate {
  /** Its first line. */
  readonly place: Place;
  readonly kind: "certificate" | "revocation-list";
  /** Of a certificate. */
  readonly role?: "root" | "intermediate" | "self-signed" | "leaf";
  /** Whose it is, in short; of a list its issuer's. */
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial?: string;
  /** SHA-256 of all of it. */
  readonly fingerprint: string;
  /** Of a certificate's public key: `sha256/…`, as HPKP and clients that pin write it. */
  readonly pin?: string;
  /** Milliseconds since 1970; absent where it cannot be read. */
  readonly begin?: number;
  readonly end: number;
  /** Whole days, negative after the end. */
  readonly daysLeft: number;
  /** The code that reads its file, and takes it in. */
  readonly uses: readonly (Pick<Loader, "call" | "role"> & { readonly place: Place })[];
  readonly findings: readonly ListedFinding[];
}

export interface ListedEndpoint {
  readonly place: Place;
  readonly role: Role | "unknown";
  readonly sort: "configuration" | "listener";
  /** The crate or the product that it is a configuration of. */
  readonly made: string;
  /** It is there for tests, or to be shown. */
  readonly purpose?: "test" | "example";
  /** In the order in which people ask. */
  readonly facts: readonly ListedFact[];
  /** The certificate files that it loads, as far as they are known. */
  readonly files: readonly string[];
  readonly findings: readonly ListedFinding[];
}

export interface ListedFact {
  /** `minimum-version`, as rules call it. */
  readonly kind: string;
  /** One word of the vocabulary: `TLS 1.2`, `required`, `on`. */
  readonly value: string;
  /** `TLS 1.2 or newer`. */
  readonly words: string;
  /** What has to be so for it to hold: `` if `cfg.insecure` ``. */
  readonly conditions: readonly string[];
  /** Nobody says it: the library does. */
  readonly byDefault: boolean;
  readonly place: Place;
}
