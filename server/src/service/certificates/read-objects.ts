/** Which of the code that reads a file takes in one of the objects in it: a loader of keys passes over certificates, and some stop at the first. */
import type { CertificateFile, Section } from "../../pki/index.ts";
import type { Loader } from "../../tls/facts.ts";

export interface ReadObject {
  readonly kind: Section["kind"];
  /** Of those of its kind. */
  readonly isFirst: boolean;
  /** There is nothing else in the file. */
  readonly isAlone: boolean;
}

/** One for each section. */
export function readObjects({ sections }: CertificateFile): readonly ReadObject[] {
  const seen = new Set<Section["kind"]>();
  return sections.map(({ kind }) => {
    const isFirst = !seen.has(kind);
    seen.add(kind);
    return { kind, isFirst, isAlone: sections.length === 1 };
  });
}

/** Whoever reads a file with one object means that one, and may be refused it. */
export function takesIn({ reads, stack, role }: Loader, { kind, isFirst, isAlone }: ReadObject): boolean {
  if (isAlone || reads === "any" || kind === "key-store") return true;
  if (kind === "certificate") return reads === "certificates" || (reads === "first-certificate" && isFirst);
  if (kind === "private-key") return reads === "private-key";
  // OpenSSL puts the lists of a CA file in its store, too.
  const intoStore = stack === "openssl" && reads === "certificates" && (role === "client-ca" || role === "server-ca");
  return kind === "revocation-list" && (reads === "crls" || intoStore);
}
