/** What a security level asks of the keys and signatures of a path. */
import type { Refusal } from "../verdict.ts";
import type { OpensslCertificate } from "./certificate.ts";
import { type Chain, refusal } from "./refusal.ts";
import { keyStrength, signatureStrength } from "./strength.ts";
import type { OpensslBehaviour } from "./versions.ts";

/** Level 0 does not even ask whether the key can be decoded. */
export function strongEnough({ certificate, keyDecodes }: OpensslCertificate, least: number): boolean {
  return least === 0 || (keyDecodes && (keyStrength(certificate.key) ?? 0) >= least);
}
export const keyTooWeak = (kind: string, at: OpensslCertificate, least: number): Refusal =>
  refusal(kind, at, "subjectPublicKeyInfo", `its key is worth less than ${least} bits`);

/** `check_auth_level`: keys of issuers, and signatures but that of the root. */
export function checkStrength(chain: Chain, least: number, behaviour: OpensslBehaviour): Refusal | undefined {
  for (const [index, at] of chain.entries()) {
    if (index > 0 && !strongEnough(at, least)) return keyTooWeak("CA certificate key too weak", at, least);
    // Of the two algorithm identifiers the one beside the signature.
    const { outerSignature: signature } = at.certificate;
    if (index < chain.length - 1 && (signatureStrength(signature, behaviour) ?? 0) < least) {
      const message = `its signature, ${signature.name}, is worth less than ${least} bits`;
      return refusal("CA signature digest algorithm too weak", at, "signatureAlgorithm", message);
    }
  }
  return undefined;
}
