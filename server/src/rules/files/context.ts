/** What several file rules ask of a file and of its use. */
import type { Certificate, CertificateFile, Section, Stack } from "../../pki/index.ts";
import type { FileContext } from "../rule.ts";

export interface PlacedCertificate {
  readonly section: Section;
  readonly certificate: Certificate;
}

export function certificatesOf(file: CertificateFile): PlacedCertificate[] {
  return file.sections.flatMap((section) => (section.parsed?.kind === "certificate" ? [{ section, certificate: section.parsed }] : []));
}

/** The stacks that read the file, as far as the code was seen; empty when nothing is known. native-tls is OpenSSL on Linux. */
export function stacksOf({ usedAs }: FileContext): ReadonlySet<Stack> {
  const stacks = new Set<Stack>();
  for (const { stack } of usedAs) {
    if (stack === "rustls") stacks.add("rustls");
    if (stack === "openssl" || stack === "native-tls") stacks.add("OpenSSL");
  }
  return stacks;
}

/** The file is only ever a set of trust anchors, and only for rustls. */
export function anchorsOfRustlsOnly(context: FileContext): boolean {
  return context.usedAs.length > 0 && context.usedAs.every((it) => it.stack === "rustls" && isTrust(it.role));
}

export const isTrust = (role: FileContext["usedAs"][number]["role"]): boolean => role === "client-ca" || role === "server-ca";

export const fileName = (path: string | undefined): string => path?.split(/[/\\]/).at(-1)?.toLowerCase() ?? "";
