/** What a certificate file is read into: its sections, each with its place in the text and what it holds. */

import type { Span } from "../base/span.ts";
import type { DerError } from "./der/der.ts";
import type { PrivateKey } from "./keys/keys.ts";
import type { KeyStore } from "./keys/pkcs12.ts";
import type { SectionKind } from "./labels.ts";
import type { Loading } from "./pem/loading.ts";
import type { PemProblem } from "./pem/pem-section.ts";
import type { Certificate } from "./x509/certificate.ts";
import type { RevocationList } from "./x509/crl.ts";
import type { LonePublicKey } from "./x509/public-key.ts";
import type { CertificateRequest } from "./x509/request.ts";

export interface CertificateFile {
  /** "pem" when a boundary is found, else "der", "json" of JSON Web Keys, "ssh" of OpenSSH's public keys, else "unknown". */
  readonly format: "pem" | "der" | "json" | "ssh" | "unknown";
  /** The text that spans refer to; for DER a latin-1 view of the bytes, so that spans count bytes. */
  readonly text: string;
  readonly sections: readonly Section[];
  /** Defects of the file that belong to no section, and for UTF-16 to all. */
  readonly problems: readonly PemProblem[];
  /** What the loaders of rustls and OpenSSL make of it; empty unless it is PEM, or text that they could take for it. */
  readonly loadings: readonly Loading[];
  /** Why the file was not read, or not to its end. Always set when `format` is "unknown". */
  readonly unread?: string;
  /** It is nothing but strictly written sections in ASCII: each can be read by itself (`readSectionAt`). */
  readonly isStrict?: boolean;
  /** It is binary and none of what is read here: nothing was missed in it. */
  readonly foreign?: true;
}

export interface Section {
  readonly kind: SectionKind;
  /** It lies in an object with others: no reader of certificates finds it, and no edit can take it out. */
  readonly container?: "PKCS#7" | "PKCS#12" | "JKS" | "JCEKS" | "JWK";
  /** What the key store calls it. */
  readonly alias?: string;
  /** The PEM label; in a DER file what it would be. */
  readonly label: string;
  /** From the first dash of BEGIN to the last dash of END. */
  readonly span: Span;
  /** The BEGIN line; in a DER file its first byte. */
  readonly boundary: Span;
  /** Absent for private keys, whose bytes stay here. */
  readonly der?: Uint8Array;
  readonly parsed?: Parsed;
  /** Why there is no `parsed`, for kinds that could have one. */
  readonly error?: DerError;
  readonly problems: readonly PemProblem[];
  /** Where bytes of the DER stand in the text: in PEM, from the base64 digit of the first to that of the last. */
  textSpan(offset: number, length: number): Span;
}

export type Parsed = Certificate | RevocationList | CertificateRequest | PrivateKey | LonePublicKey | KeyStore;
