/** The rule of the handshake that path validation does not have: with which keys OpenSSL signs by default, and takes signatures. */
import { keyText } from "../../x509/algorithms.ts";
import { placeText, type Refusal } from "../verdict.ts";
import type { OpensslCertificate } from "./certificate.ts";
import type { OpensslBehaviour } from "./versions.ts";

/** The groups that are offered unless a program sets others (`SSL_CTX_set1_groups`): a key on another curve has none. */
const CURVES: ReadonlySet<string> = new Set(["P-256", "P-384", "P-521"]);
const TYPES: ReadonlySet<string> = new Set(["RSA", "RSA-PSS", "Ed25519", "Ed448"]);

/** ML-KEM and X25519 sign nothing, TLS has no scheme for SLH-DSA, and DSA is offered by no default. */
export function signsHandshakes({ certificate, keyDecodes }: OpensslCertificate, { postQuantum }: OpensslBehaviour): boolean {
  const { type, curve } = certificate.key;
  if (!keyDecodes) return false;
  if (type === "EC") return curve !== undefined && CURVES.has(curve);
  return TYPES.has(type) || (postQuantum && type.startsWith("ML-DSA-"));
}

export const noSignature = ({ place, certificate }: OpensslCertificate): Refusal => ({
  kind: "no suitable signature algorithm",
  place,
  field: "subjectPublicKeyInfo",
  range: certificate.key,
  sentence: `${placeText(place)}: the path is fine, but by default OpenSSL makes and takes no handshake signature with a key \`${keyText(certificate.key)}\``,
});
