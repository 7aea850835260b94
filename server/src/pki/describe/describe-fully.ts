/** One section of a certificate file in words, with every extension: for those who ask for all there is. */

import type { CertificateFile, Section } from "../file.ts";
import { type Description, describe, shown } from "./describe.ts";

export async function describeFully(file: CertificateFile, section: Section, now: number): Promise<Description> {
  const short = describe(file, section, now);
  const { parsed, der } = section;
  if (parsed === undefined || der === undefined || !("extensions" in parsed) || parsed.extensions.length === 0) return short;
  const { extensionFields } = await import("./typed.ts");
  return { ...short, fields: [...short.fields, ...shown(extensionFields(der, parsed.extensions))] };
}
