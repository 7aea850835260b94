/** One section of a certificate file as JSON holds it. */
import { DerReader } from "../der/der.ts";
import type { KeyStore } from "../keys/pkcs12.ts";
import type { Section } from "../section.ts";
import { readPublicKey } from "../x509/algorithms.ts";
import type { LonePublicKey } from "../x509/public-key.ts";
import { type KeyValue, keyKindValue, type PublicKeyValue, privateKeyValue, publicKeyValue } from "./key-values.ts";
import { type CertificateValue, certificateValue, type ListValue, listValue, type RequestValue, requestValue } from "./object-values.ts";

export type SectionValue =
  | { readonly certificate: CertificateValue }
  | { readonly revocationList: ListValue }
  | { readonly request: RequestValue }
  | { readonly privateKey: ReturnType<typeof privateKeyValue> }
  | { readonly publicKey: PublicKeyValue | (KeyValue & { readonly pin?: string }) }
  | { readonly keyStore: ReturnType<typeof keyStoreValue> }
  /** It could not be read: why, and at which byte. */
  | { readonly error: { readonly message: string; readonly offset: number } };

export async function sectionValue({ parsed, der, error }: Section): Promise<SectionValue | undefined> {
  if (error !== undefined) return { error: { message: error.message, offset: error.offset } };
  switch (parsed?.kind) {
    case "certificate":
      return der && { certificate: await certificateValue(der, parsed) };
    case "revocation-list":
      return der && { revocationList: await listValue(der, parsed) };
    case "request":
      return der && { request: await requestValue(der, parsed) };
    case "private-key":
      return { privateKey: privateKeyValue(parsed) };
    case "public-key":
      return { publicKey: der === undefined ? bareKey(parsed) : wholeKey(der, parsed) };
    case "key-store":
      return { keyStore: keyStoreValue(parsed) };
    case undefined:
      return undefined;
  }
}

function wholeKey(der: Uint8Array, lone: LonePublicKey): PublicKeyValue | (KeyValue & { readonly pin?: string }) {
  const reader = new DerReader(der, lone);
  const key = readPublicKey(reader);
  return reader.error === undefined ? publicKeyValue(der, key) : bareKey(lone);
}

const bareKey = ({ key, pin }: LonePublicKey): KeyValue & { readonly pin?: string } => ({
  ...keyKindValue(key),
  ...(pin !== undefined && { pin }),
});

const keyStoreValue = ({ format, encryptions, iterations, integrity, contents }: KeyStore) => ({
  format,
  encryptions,
  ...(iterations !== undefined && { iterations }),
  ...(integrity !== undefined && { integrity: { hash: integrity.hash, iterations: integrity.iterations } }),
  contents,
});
