/**
 * Verdicts: what rustls-webpki and OpenSSL will say about a chain, and why, at the byte. Each stack is emulated from its sources and
 * compared with the real one in `test/oracle`; library chain engines are not used, because they answer something else.
 */
import { opensslVerdict } from "./openssl/openssl.ts";
import { opensslBehaviour, opensslRelease } from "./openssl/versions.ts";
import type { Presented, StackChoice, Verdict } from "./verdict.ts";
import { readPathCertificate } from "./webpki/certificate.ts";
import { webpkiBehaviour, webpkiRelease } from "./webpki/versions.ts";
import { webpkiVerdict } from "./webpki/webpki.ts";

export { parseStack, STACKS } from "./choices.ts";
export {
  DEFAULT_REVOCATION,
  type Place,
  type Presented,
  placeText,
  type Refusal,
  type RevocationPolicy,
  type StackChoice,
  type TriedPath,
  type Verdict,
} from "./verdict.ts";

/** Undefined: nothing is known about this version of the stack. */
export function verdict(presented: Presented, stack: StackChoice): Promise<Verdict> | undefined {
  if (stack.name === "openssl") {
    const release = opensslRelease(stack.version);
    if (release === undefined) return undefined;
    const { securityLevel = 2, partialChain = false, partialWildcards = false } = stack;
    return opensslVerdict(presented, { securityLevel, partialChain, partialWildcards, behaviour: opensslBehaviour(release) });
  }
  const release = webpkiRelease(stack.version);
  return release === undefined ? undefined : webpkiVerdict(presented, release, stack.provider ?? "ring");
}

/** The error with which rustls-webpki does not take bytes for a certificate, whatever chain it is in; undefined where it does. */
export function webpkiReadError(der: Uint8Array, version = "0.103"): string | undefined {
  const release = webpkiRelease(version);
  if (release === undefined) return undefined;
  const read = readPathCertificate(der, { role: "leaf" }, webpkiBehaviour(release));
  return read.ok ? undefined : read.failure.kind;
}
