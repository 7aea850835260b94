/** The thresholds that rules compare with, each with its citation. */
import type { Version } from "./facts.ts";

/** What the configuration and the clock add to a judgement. */
export interface Policy {
  readonly minimumVersion: Version;
  /** Whether mutual TLS is wanted; `auto` goes by signs. */
  readonly mtls: "required" | "auto" | "off";
  readonly profile: "private-mtls" | "public-web";
  /** Milliseconds since 1970: the clock is an input. */
  readonly now: number;
  /** Days before its end from which a certificate counts as expiring. */
  readonly expiringDays: number;
}

/** RFC 8996: TLS 1.0 and 1.1 must not be negotiated. */
export const MINIMUM_VERSION: Version = "TLS 1.2";

/** NIST SP 800-131A Rev. 2, table 2: RSA keys below 2048 bits are disallowed. */
export const MINIMUM_RSA_BITS = 2048;

/** NIST SP 800-57 Part 1 Rev. 5, table 2: 112 bits of strength ask for a curve of at least 224 bits. */
export const MINIMUM_CURVE_BITS = 224;

/** The renewal window that ACME clients use for 90-day certificates. */
export const EXPIRING_DAYS = 30;
