/** What differs between the releases of OpenSSL, read off their sources and measured; each switch names the release that introduced it. */
import { parseVersion, satisfies } from "../../../base/version.ts";

export interface OpensslBehaviour {
  /** 3.0: a file's other certificates are read when one of them is malformed. */
  readonly readsOn: boolean;
  /** 3.0: a key usage without bits, and a distribution point with neither a name nor an issuer, make a certificate invalid. */
  readonly demandsContents: boolean;
  /** 3.0: a path length other than zero is allowed in a certificate that is no CA. */
  readonly allowsIdleLength: boolean;
  /** 3.0: errors are written in small letters and with other words. */
  readonly newWords: boolean;
  /** 3.0: a signature over SHA-1 is worth less than the 80 bits of level 1. */
  readonly knowsCollisions: boolean;
  /** 3.0: no key on a curve that is written out, but where a certificate stands alone. */
  readonly refusesWrittenCurves: boolean;
  /** 3.0: of a name that is compared, each character must be one of Unicode. */
  readonly demandsCharacters: boolean;
  /** 3.0: of issuers of which none is valid now it is the one that is valid longest; before, the last. */
  readonly prefersLongest: boolean;
  /** 3.2: ECDSA over SHA-3 is an algorithm of elliptic keys (`obj_xref.h`, of 3.1.4 and 3.2.1). */
  readonly ellipticSha3: boolean;
  /** 3.3: a time that is shorter than RFC 5280 has it cannot be loaded. */
  readonly refusesShortTimes: boolean;
  /** 3.5: ML-DSA, SLH-DSA and ML-KEM. */
  readonly postQuantum: boolean;
  /** 3.5: an issuing distribution point that says nothing makes a list invalid. */
  readonly demandsPoint: boolean;
  /** 4.0: a certificate or a list ends after its last second, not with it, and 99991231235959Z never. */
  readonly lastSecondCounts: boolean;
  /** 4.0: an issuer with the issuer and serial number of its subject is that certificate, and its issuer if it is self-signed. */
  readonly knowsBySerial: boolean;
  /** 4.0: a list with a malformed number or scope, or with an issuer of an entry that its scope does not allow, cannot be loaded. */
  readonly strictLists: boolean;
  /** 4.0: no list is looked for that speaks for a self-signed certificate. */
  readonly sparesSelfSigned: boolean;
  /** 4.0: a host that is no name cannot be set (`validate_hostname_part`). */
  readonly validatesHosts: boolean;
  /** 4.0: what is not valid yet says that the clock may be wrong. */
  readonly doubtsClock: boolean;
  /**
   * Whether a delta list is taken for a whole one where lists are checked without extended support. The releases of August 2026
   * no longer do so (3.0.22 and 4.0.3 measured, 3.0.20 and 3.6.3 do); of those that were neither measured nor read it is unknown.
   */
  readonly deltasAsBases: boolean | "unknown";
}

/** The newest release of each series, for those who name the series only. */
const NEWEST: Readonly<Record<string, string>> = { "1.1.1": "1.1.1", "3": "3.6.3", "3.0": "3.0.22", "3.5": "3.5.4", "4.0": "4.0.3" };

export const OPENSSL_SERIES: readonly string[] = Object.keys(NEWEST);

/** The release that a version as written stands for; undefined when nothing is known about it. */
export function opensslRelease(version: string): string | undefined {
  // The letters of 1.1.1 fix, and change nothing here.
  if (/^1\.1\.1[a-z]*$/.test(version)) return NEWEST["1.1.1"];
  const release = NEWEST[version] ?? version;
  return parseVersion(release) !== undefined && satisfies(release, ">=3.0.0, <4.1.0") ? release : undefined;
}

export function opensslBehaviour(release: string): OpensslBehaviour {
  const since = (version: string): boolean => satisfies(release, `>=${version}`);
  return {
    readsOn: since("3.0.0"),
    demandsContents: since("3.0.0"),
    allowsIdleLength: since("3.0.0"),
    newWords: since("3.0.0"),
    knowsCollisions: since("3.0.0"),
    refusesWrittenCurves: since("3.0.0"),
    demandsCharacters: since("3.0.0"),
    prefersLongest: since("3.0.0"),
    ellipticSha3: since("3.2.0"),
    refusesShortTimes: since("3.3.0"),
    postQuantum: since("3.5.0"),
    demandsPoint: since("3.5.0"),
    lastSecondCounts: since("4.0.0"),
    knowsBySerial: since("4.0.0"),
    strictLists: since("4.0.0"),
    sparesSelfSigned: since("4.0.0"),
    validatesHosts: since("4.0.0"),
    doubtsClock: since("4.0.0"),
    deltasAsBases: DELTAS.find(([range]) => satisfies(release, range))?.[1] ?? "unknown",
  };
}

const DELTAS: readonly (readonly [range: string, asBases: boolean])[] = [
  ["<3.0.21", true],
  [">=3.0.22, <3.1.0", false],
  [">=3.1.0, <3.5.5", true],
  [">=3.6.0, <3.6.4", true],
  [">=4.0.3, <5.0.0", false],
];

const OLD_WORDS: Readonly<Record<string, string>> = {
  "self-signed certificate": "self signed certificate",
  "self-signed certificate in certificate chain": "self signed certificate in certificate chain",
  "unsuitable certificate purpose": "unsupported certificate purpose",
  "different CRL scope": "Different CRL scope",
  "hostname mismatch": "Hostname mismatch",
};

/** An error of 3.x in the words of the release. */
export function inWordsOf(kind: string, { newWords, doubtsClock }: OpensslBehaviour): string {
  if (doubtsClock && kind === "certificate is not yet valid") return `${kind} or the system clock is incorrect`;
  return newWords ? kind : (OLD_WORDS[kind] ?? kind);
}

/** RFC 5280 §4.1.2.5 has a time that says that there is no end. */
const WITHOUT_END = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Before 4.0 the last second does not count. */
export const hasEnded = (end: number, time: number, { lastSecondCounts }: OpensslBehaviour): boolean =>
  lastSecondCounts ? end !== WITHOUT_END && end < time : end <= time;
