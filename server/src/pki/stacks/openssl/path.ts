/** The one path that OpenSSL builds (`build_chain` in `x509_vfy.c`), and which of several issuers of one name it takes. */
import type { Refusal } from "../verdict.ts";
import { likelyIssued, type OpensslCertificate, sameCertificate } from "./certificate.ts";
import { type Chain, refusal } from "./refusal.ts";
import { hasEnded, type OpensslBehaviour } from "./versions.ts";

type Path = { readonly chain: Chain; readonly refusal?: Refusal };

/** `X509_VERIFY_PARAM_set_depth`(3): the default. */
export const MAXIMUM_DEPTH = 100;

export interface Search {
  readonly time: number;
  readonly behaviour: OpensslBehaviour;
  readonly partialChain: boolean;
  /** Certificates below the root. */
  readonly most: number;
}

/** Trusted certificates are tried first; without backtracking. With a refusal, the chain as far as it was built. */
export function buildPath(
  leaf: OpensslCertificate,
  untrusted: readonly OpensslCertificate[],
  trusted: readonly OpensslCertificate[],
  search: Search,
): Path {
  const { partialChain, most, behaviour } = search;
  const chain: [OpensslCertificate, ...OpensslCertificate[]] = [leaf];
  let rest = untrusted;
  let untrustedCount = 1;
  const last = (): OpensslCertificate => chain[chain.length - 1] ?? leaf;
  while (chain.length <= most) {
    const head = last();
    const anchor = bestIssuer(
      trusted.filter((it) => likelyIssued(it, head, behaviour)),
      search,
    );
    if (anchor !== undefined && head.selfSigned) {
      // A root that was sent along, or a pinned leaf: it must be the trusted one itself.
      if (chain.length > untrustedCount || sameCertificate(head, anchor)) return { chain: replaceLast(chain, anchor) };
    } else if (anchor !== undefined) {
      chain.push(anchor);
      rest = [];
      if (anchor.selfSigned || partialChain) return { chain };
      continue;
    }
    const candidates = head.selfSigned
      ? []
      : rest.filter((it) => likelyIssued(it, head, behaviour) && (chain.length === 1 || !chain.includes(it)));
    const issuer = chain.length > untrustedCount ? undefined : bestIssuer(candidates, search);
    if (issuer === undefined) break;
    rest = rest.filter((it) => it !== issuer);
    chain.push(issuer);
    untrustedCount++;
  }
  const head = last();
  if (partialChain && chain.length === untrustedCount && trusted.some((it) => sameCertificate(it, head))) return { chain };
  if (chain.length > most) return { chain, refusal: refusal("certificate chain too long", head, "issuer", "the chain is too long") };
  if (head.selfSigned) {
    const kind = chain.length === 1 ? "self-signed certificate" : "self-signed certificate in certificate chain";
    return { chain, refusal: refusal(kind, head, "issuer", "it is self-signed and none of the trusted certificates") };
  }
  const local = chain.length > untrustedCount ? "unable to get issuer certificate" : "unable to get local issuer certificate";
  const message = head.invalid === undefined ? "no certificate at hand is its issuer" : `its \`${head.invalid.name}\` is malformed`;
  return { chain, refusal: refusal(local, head, head.invalid?.name ?? "issuer", message) };
}

const replaceLast = (chain: Chain, by: OpensslCertificate): Chain => (chain.length === 1 ? [by] : [chain[0], ...chain.slice(1, -1), by]);

/** The first that is valid now, else the one that is valid longest, or the last. */
function bestIssuer(candidates: readonly OpensslCertificate[], search: Search): OpensslCertificate | undefined {
  const end = (it: OpensslCertificate): number => it.certificate.notAfter.milliseconds ?? 0;
  const valid = candidates.find((it) => checkTime(it, search) === undefined);
  if (valid !== undefined || !search.behaviour.prefersLongest) return valid ?? candidates.at(-1);
  return candidates.reduce<OpensslCertificate | undefined>(
    (best, it) => (best === undefined || end(it) > end(best) ? it : best),
    undefined,
  );
}

export function checkTime(at: OpensslCertificate, { time, behaviour }: Search): Refusal | undefined {
  const { notBefore, notAfter } = at.certificate;
  const malformed = (field: string): Refusal =>
    refusal(`format error in certificate's ${field} field`, at, field, `its \`${field}\` is no time of RFC 5280`);
  if (notBefore.milliseconds === undefined) return malformed("notBefore");
  if (notBefore.milliseconds > time) return refusal("certificate is not yet valid", at, "notBefore", "it is not valid yet");
  if (notAfter.milliseconds === undefined) return malformed("notAfter");
  return hasEnded(notAfter.milliseconds, time, behaviour)
    ? refusal("certificate has expired", at, "notAfter", "it has expired")
    : undefined;
}
