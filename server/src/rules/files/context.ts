/** What several file rules ask of a file and of its use. */
import { type Certificate, type CertificateFile, type Name, type Section, type Stack, visible } from "../../pki/index.ts";
import type { FileContext } from "../rule.ts";
import { holdingsOf, type PlacedCertificate, type PlacedList } from "./holdings.ts";

export type { PlacedCertificate, PlacedList };

export const certificatesOf = (file: CertificateFile): readonly PlacedCertificate[] => holdingsOf(file).certificates;

/** The first of each, in the file's order. */
export const distinctOf = (file: CertificateFile): readonly PlacedCertificate[] => holdingsOf(file).distinct;

export const listsOf = (file: CertificateFile): readonly PlacedList[] => holdingsOf(file).lists;

/** A key that cannot be read counts: it may be one that other readers understand. */
export const isOpenKey = ({ kind, label, parsed }: Section): boolean =>
  kind === "private-key" && label !== "ENCRYPTED PRIVATE KEY" && !(parsed?.kind === "private-key" && parsed.encrypted);

/** The stacks that read the file, as far as the code was seen; empty when nothing is known. native-tls is OpenSSL on Linux. */
export function stacksOf({ usedAs }: FileContext): ReadonlySet<Stack> {
  if (usedAs.length === 0) return NONE;
  const stacks = new Set<Stack>();
  for (const { stack } of usedAs) {
    if (stack === "rustls") stacks.add("rustls");
    if (stack === "openssl" || stack === "native-tls") stacks.add("OpenSSL");
  }
  return stacks;
}

const NONE: ReadonlySet<Stack> = new Set();

/** The file is only ever a set of trust anchors, and only for rustls. */
export function anchorsOfRustlsOnly(context: FileContext): boolean {
  return context.usedAs.length > 0 && context.usedAs.every((it) => it.stack === "rustls" && isTrust(it.role));
}

export const isTrust = (role: FileContext["usedAs"][number]["role"]): boolean => role === "client-ca" || role === "server-ca";

export const fileName = (path: string | undefined): string => path?.split(/[/\\]/).at(-1)?.toLowerCase() ?? "";

/** `server-ca.pem` is `server`, `ca`, `pem`. */
export function fileWords(path: string | undefined): readonly string[] {
  if (path !== latest.path) latest = { path, words: fileName(path).split(/[^a-z0-9]+/) };
  return latest.words;
}
/** Asked for by one rule after the other: those of the latest path are kept. */
let latest: { readonly path: string | undefined; readonly words: readonly string[] } = { path: undefined, words: [""] };

/** What is left of a name without the words that say "key" or "certificate"; undefined when nothing is. */
export function stemOf(path: string | undefined): string | undefined {
  const words = fileName(path)
    .split(/[^a-z0-9]+/)
    .filter((it) => !/^(pem|crt|cer|cert|certificate|key|private|priv|chain|fullchain|der|p8|pk8|pkcs8|rsa|ec|full|bundle)?$/.test(it));
  return words.length === 0 ? undefined : words.join("-");
}

/** How a message names a certificate: by its common name, else its whole subject. */
export const nameOf = ({ subject }: Certificate): string => shownName(subject) ?? "the certificate with an empty name";

/** The same of who issued it. */
export const issuerNameOf = ({ issuer }: Certificate): string => shownName(issuer) ?? "an unnamed CA";

function shownName({ attributes, text }: Name): string | undefined {
  const common = attributes.findLast((it) => it.type === "CN")?.value;
  const name = visible(common ?? text).replaceAll("`", "'");
  return name === "" ? undefined : `\`${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name}\``;
}
const LONGEST_NAME = 80;
