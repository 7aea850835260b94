/**
 * Whether TLS is what a file is for: by the code that loads it, else by what it holds, else by its name. Where nothing shows it, a
 * certificate is judged as a certificate, and nobody asks what a TLS stack would say.
 */
import type { Certificate, CertificateFile, PrivateKey } from "../../pki/index.ts";
import type { FileContext } from "../rule.ts";
import { fileWords } from "./context.ts";

export function isForTls(file: CertificateFile, context: FileContext): boolean {
  if (context.usedAs.length > 0) return true;
  const certificates = file.sections.flatMap(({ parsed }): readonly Spoken[] =>
    parsed?.kind === "certificate" || parsed?.kind === "request"
      ? [parsed]
      : parsed?.kind === "private-key"
        ? ownersOf(parsed, context)
        : [],
  );
  const said = certificates.map(saysTls);
  if (said.includes("yes")) return true;
  return said.every((it) => it === "nothing") && fileWords(context.path).some((it) => TLS_WORDS.test(it));
}

/** A role, or the protocol by one of its names. */
const TLS_WORDS = /^(?:servers?|clients?|m?tls|ssl|https)$/;

const ownersOf = ({ pin }: PrivateKey, { neighbours }: FileContext): readonly Certificate[] =>
  pin === undefined ? [] : (neighbours?.withKey(pin) ?? []).map((it) => it.parsed);

type Spoken = Pick<Certificate, "values">;

/** Its purposes say that TLS is not among them. */
export const isForSomethingElse = (certificate: Spoken): boolean => saysTls(certificate) === "no";

/** By its purposes; without any, a host is what TLS calls. An authority may issue for anything. */
function saysTls({ values: { purposes, alternativeNames } }: Spoken): "yes" | "no" | "nothing" {
  if (purposes !== undefined) return purposes.some((it) => /^(?:serverAuth|clientAuth|anyExtendedKeyUsage)$/.test(it)) ? "yes" : "no";
  return alternativeNames?.some((it) => it.kind === "DNS" || it.kind === "IP") ? "yes" : "nothing";
}
