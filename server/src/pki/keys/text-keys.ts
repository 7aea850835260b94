/** Files of keys that are neither PEM nor DER: JSON Web Keys and their sets, and OpenSSH's lines of public keys. */
import type { CertificateFile } from "../section.ts";
import { keyWork } from "./keys.ts";
import { sshKeyLines } from "./ssh-lines.ts";
import { webKeySections } from "./web-keys.ts";

/** Undefined: there is no such key in it. */
export function keysInText(text: string): CertificateFile | undefined {
  const json = /^\ufeff?\s{0,200}[{[]/.test(text);
  const sections = json ? webKeySections(text, keyWork()) : sshKeyLines(text);
  return sections.length === 0 ? undefined : { format: json ? "json" : "ssh", text, sections, problems: [], loadings: [] };
}

/** A JSON text that is made of keys, rather than one that has one somewhere. */
export function isMostlyWebKeys(text: string): boolean {
  const inside = keysInText(text)?.sections.filter((it) => it.container === undefined) ?? [];
  return inside.reduce((sum, { span: { start, end } }) => sum + end - start, 0) * 2 >= text.length;
}
