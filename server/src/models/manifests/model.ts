/** What a manifest can say about TLS by the features and versions that it asks for, as data that `settings/` applies. */

export interface FeatureModel {
  readonly package: string;
  readonly features: readonly string[];
  readonly versions?: string;
  /** `weakens`: by being on · `permits`: code, addresses or settings can now switch something off that they could not before. */
  readonly effect: "weakens" | "permits";
  /** Completes "the feature …". */
  readonly consequence: string;
  /** Names of the crate that only it brings: code that has one does not compile without it. */
  readonly brings: readonly string[];
}

/** A feature that stands for a version of another crate. */
export interface FeatureVersion {
  readonly package: string;
  readonly features: readonly string[];
  readonly versions?: string;
  readonly brings: { readonly package: string; readonly version: string };
  /** The feature that brings a newer one. */
  readonly better: string;
}

/** A feature without which what a server's settings ask for has no effect. */
export interface NeededFeature {
  readonly package: string;
  readonly versions: string;
  readonly feature: string;
}

export interface CrateAdvisories {
  readonly package: string;
  /** What takes its place, where it is given up. */
  readonly successor?: string;
  readonly advisories: readonly Advisory[];
}

/** Of the RustSec advisory database, whose words `patched` and `unaffected` are. */
export interface Advisory {
  readonly id: `RUSTSEC-${number}-${string}`;
  readonly patched: readonly string[];
  readonly unaffected?: readonly string[];
  /** Ordered by how much they matter here. */
  readonly gravity: "verification" | "memory" | "availability" | "unmaintained";
  /** Completes "…: ". */
  readonly what: string;
  /** Only with this feature of the crate. */
  readonly feature?: string;
  /**
   * Names of the crate of which code has one that gets there: the functions that the database names, by the last name of their path that
   * no other crate is likely to have, and what of the crate calls them. Without: whoever uses the crate may.
   */
  readonly names?: readonly string[];
}
