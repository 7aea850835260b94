/** What differs between the releases of rustls-webpki, read off their sources; each switch names the release that introduced it. */
import { parseVersion, satisfies } from "../../../base/version.ts";

export interface WebpkiBehaviour {
  /** 0.102.0: errors of their own for trailing data, `TrailingData(type)`. */
  readonly namesTrailingData: boolean;
  /** 0.102.0: `cRLDistributionPoints` may be critical. */
  readonly knowsDistributionPoints: boolean;
  /**
   * Before 0.102.0 a URI was a name of unknown form, which any constraint on URIs forbade; then it was not looked at; since
   * 0.103.12 no URI is within a constraint (RUSTSEC-2026-0098), and since 0.103.13 every URI is excluded by one that excludes.
   */
  readonly uriConstraints: "unknown form" | "ignored" | "never within" | "never met";
  /** Until 0.103.12 a wildcard could be within a permitted subtree (RUSTSEC-2026-0099). */
  readonly wildcardsArePermitted: boolean;
  /** 0.102.0: the seventh intermediate is refused before, not after, its validity is judged. */
  readonly depthFirst: boolean;
  /** 0.103.2: an empty list of extensions is taken. */
  readonly allowsEmptyExtensions: boolean;
  /** 0.103.2 and 0.103.4: errors carry what was expected; since 0.104.0 under the old names. */
  readonly purposeContext: boolean;
  readonly algorithmContext: boolean;
  /** 0.103.3: RSA with SHA-2 without the NULL that RFC 4055 §5 demands. */
  readonly absentParameters: boolean;
  /**
   * 0.103.14: ML-DSA with aws-lc-rs, which rustls offers since 0.23.44. From 0.103.4 on it takes the feature `aws-lc-rs-unstable` and a
   * provider of one's own.
   */
  readonly latticeSignatures: boolean;
  /** 0.103.6: `EmptyEkuExtension`. */
  readonly namesEmptyPurposes: boolean;
  /** 0.103.11: critical extensions of an anchor that nobody knows are ignored. */
  readonly lenientAnchors: boolean;
  /** 0.103.16: the authorities that browsers distrust in 2026. */
  readonly distrusts: boolean;
  /** 0.103.17: SCT lists are read. */
  readonly readsTimestamps: boolean;
  /** 0.102.0: issuing distribution points are read, and policies say what an unknown status is; before, it was accepted. */
  readonly readsScope: boolean;
  /** Until 0.103.12 a bit string without bits made it panic. */
  readonly panicsOnNoBits: boolean;
  /** 0.103.10: all distribution points of a certificate are compared with all of a list (RUSTSEC-2026-0049). */
  readonly triesAllPoints: boolean;
  /** 0.104.0: of several lists of one scope the one with the highest number counts, and every list must have a number. */
  readonly ordersLists: boolean;
  /** 0.104.0: a key usage without `keyCertSign` issues nothing, with it is no leaf's, and handshakes need `digitalSignature`. */
  readonly checksKeyUsage: boolean;
  /** 0.104.0: bits of a bit string must be as few as can be. */
  readonly demandsFewestBits: boolean;
  /** 0.104.0: unique identifiers are passed over. */
  readonly skipsUniqueIds: boolean;
  /** 0.104.0: name constraints must name something. */
  readonly demandsSubtrees: boolean;
  /** 0.104.0: an error of its own for what follows an extension's value. */
  readonly namesTrailingValue: boolean;
  /** 0.102.0: P-521 with aws-lc-rs; 0.101 has ring only. */
  readonly elliptic521: boolean;
}

/** The newest release of each series, for locks that name the series only. */
const NEWEST: Readonly<Record<string, string>> = {
  "0.101": "0.101.7",
  "0.102": "0.102.8",
  "0.103": "0.103.17",
  "0.104": "0.104.0-alpha.8",
};

export const WEBPKI_SERIES: readonly string[] = Object.keys(NEWEST);

/** The release that a version as written stands for; undefined when nothing is known about it. */
export function webpkiRelease(version: string): string | undefined {
  const release = NEWEST[version] ?? version;
  return parseVersion(release) !== undefined && satisfies(release, ">=0.101.0, <0.105.0") ? release : undefined;
}

/** Asked for once for each certificate: those of the releases in use are kept. */
const known = new Map<string, WebpkiBehaviour>();

export function webpkiBehaviour(release: string): WebpkiBehaviour {
  const there = known.get(release) ?? behaviourOf(release);
  if (known.size < MOST_RELEASES) known.set(release, there);
  return there;
}
const MOST_RELEASES = 64;

function behaviourOf(release: string): WebpkiBehaviour {
  const since = (version: string): boolean => satisfies(release, `>=${version}`);
  // Before its release 0.104 is known by its eighth alpha only.
  const next = since("0.104.0-alpha.8");
  return {
    namesTrailingData: since("0.102.0"),
    knowsDistributionPoints: since("0.102.0"),
    uriConstraints: since("0.103.13") ? "never met" : since("0.103.12") ? "never within" : since("0.102.0") ? "ignored" : "unknown form",
    wildcardsArePermitted: !since("0.103.12"),
    depthFirst: since("0.102.0"),
    allowsEmptyExtensions: since("0.103.2"),
    purposeContext: since("0.103.2") && !next,
    algorithmContext: since("0.103.4") && !next,
    absentParameters: since("0.103.3"),
    latticeSignatures: since("0.103.14"),
    namesEmptyPurposes: since("0.103.6"),
    lenientAnchors: since("0.103.11"),
    distrusts: since("0.103.16"),
    readsTimestamps: since("0.103.17"),
    readsScope: since("0.102.0"),
    panicsOnNoBits: !since("0.103.13"),
    triesAllPoints: since("0.103.10"),
    ordersLists: next,
    checksKeyUsage: next,
    demandsFewestBits: next,
    skipsUniqueIds: next,
    demandsSubtrees: next,
    namesTrailingValue: next,
    elliptic521: since("0.102.0"),
  };
}
