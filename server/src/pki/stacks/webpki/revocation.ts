/** Revocation as rustls-webpki checks it (`RevocationOptions::check`): the one list that speaks for a certificate, then its entries. */
import { toHex } from "../../der/characters.ts";
import { type ByteRange, sameBytes, TAG } from "../../der/der.ts";
import { type Failure, StrictReader } from "../strict-reader.ts";
import { placeText, type RevocationPolicy } from "../verdict.ts";
import type { Anchor, PathCertificate } from "./certificate.ts";
import { coversPoints } from "./distribution.ts";
import { readFlags } from "./flags.ts";
import type { StrictList } from "./lists.ts";
import type { WebpkiBehaviour } from "./versions.ts";

/** The field at fault is one of the list where `list` is set, else one of the certificate or, of key usage, of its issuer. */
export interface RevocationFault extends Failure {
  readonly field: string;
  readonly of: "certificate" | "issuer" | StrictList;
}

export type Issuer = Pick<Anchor, "place" | "bytes" | "spki"> & { readonly keyUsage?: ByteRange };

/** The list to be asked; undefined: none is needed. */
export function listFor(
  certificate: PathCertificate,
  role: "leaf" | "issuer",
  lists: readonly StrictList[],
  policy: RevocationPolicy,
  behaviour: WebpkiBehaviour,
): StrictList | RevocationFault | undefined {
  if (policy.depth === "leaf" && role === "issuer" && behaviour.readsScope) return undefined;
  let best: StrictList | undefined;
  for (const list of lists) {
    const speaks = isAuthoritative(list, certificate, role, behaviour);
    if (speaks === "panic") {
      const message = "an empty bit string in its distribution points makes this release of rustls-webpki panic";
      return { kind: "panic", field: "cRLDistributionPoints", of: "certificate", message, start: 0, end: certificate.bytes.length };
    }
    if (!speaks) continue;
    if (!behaviour.ordersLists) return list;
    best ??= list;
    if (sameScope(list, best) && isNewer(list, best)) best = list;
  }
  if (best !== undefined || policy.unknown === "allow" || !behaviour.readsScope) return best;
  const message = "no revocation list speaks for it, and rustls takes its status as unknown";
  return { kind: "UnknownRevocationStatus", field: "issuer", of: "certificate", message, ...certificate.issuer };
}

/** What is asked once the list's signature is known to be its issuer's. `now`: seconds since 1970. */
export function checkList(
  list: StrictList,
  certificate: PathCertificate,
  issuer: Issuer,
  policy: RevocationPolicy,
  now: number,
  behaviour: WebpkiBehaviour,
): RevocationFault | undefined {
  if (policy.expired === "refuse" && behaviour.readsScope && now >= list.nextUpdate.seconds) {
    const until = new Date(list.nextUpdate.seconds * 1000).toISOString().slice(0, 10);
    return { kind: "CrlExpired", field: "nextUpdate", of: list, message: `it was to be renewed by ${until}`, ...list.nextUpdate.range };
  }
  const signer = checkListSigner(issuer, behaviour);
  if (signer !== undefined) return signer;
  const entry = list.revoked.get(toHex(certificate.bytes.subarray(certificate.serial.start, certificate.serial.end)));
  if (entry === undefined) return undefined;
  return { kind: "CertRevoked", field: "revokedCertificates", of: list, message: `it revokes ${placeText(certificate.place)}`, ...entry };
}

const KEY_USAGE_CRL_SIGN = 6;

/** Anchors have no key usage for rustls. */
function checkListSigner({ bytes, keyUsage }: Issuer, behaviour: WebpkiBehaviour): RevocationFault | undefined {
  if (keyUsage === undefined) return undefined;
  const reader = new StrictReader(bytes, keyUsage);
  const element = reader.read(TAG.bitString, "key usage");
  const bits = reader.failure === undefined ? readFlags(reader, { start: element.content, end: element.end }, behaviour) : new Uint8Array();
  const { start, end } = keyUsage;
  if (reader.failure === undefined && ((bits[0] ?? 0) & (0x80 >> KEY_USAGE_CRL_SIGN)) === 0)
    reader.fail("IssuerNotCrlSigner", "it issued a revocation list without `cRLSign` in its key usage", { start, end });
  if (behaviour.ordersLists) reader.finish("TrailingData(KeyUsageExtension)", "key usage");
  return reader.failure === undefined ? undefined : { ...reader.failure, field: "keyUsage", of: "issuer" };
}

function isAuthoritative(
  list: StrictList,
  certificate: PathCertificate,
  role: "leaf" | "issuer",
  behaviour: WebpkiBehaviour,
): boolean | "panic" {
  const part = (bytes: Uint8Array, { start, end }: ByteRange): Uint8Array => bytes.subarray(start, end);
  if (!sameBytes(part(list.bytes, list.issuer), part(certificate.bytes, certificate.issuer))) return false;
  if (list.scope === undefined) return true;
  if ((list.scope.onlyAuthorities && role !== "issuer") || (list.scope.onlyUsers && role !== "leaf")) return false;
  return coversPoints(list.scope, certificate, behaviour);
}

function sameScope(a: StrictList, b: StrictList): boolean {
  const scope = ({ scope, bytes }: StrictList): string => (scope === undefined ? "none" : toHex(bytes.subarray(scope.start, scope.end)));
  return scope(a) === scope(b);
}
function isNewer({ number: a }: StrictList, { number: b }: StrictList): boolean {
  return a.length === b.length ? toHex(a) > toHex(b) : a.length > b.length;
}
