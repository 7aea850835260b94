/** Whether a damaged file is silent: a reader loses, refuses or misreads a section that was meant, and nothing is found. */
import type { CertificateFile } from "../../../server/src/pki/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import { NOW } from "../../certificates/cases.ts";
import type { Mutated } from "./mutations.ts";

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;

/** Rules about how a file is read: what others find is about what it says. */
export const RULES = new Set(["silent-pem-loss", "malformed-certificate", "text-outside-sections", "wrong-file-contents"]);

/** As the programs print a section. */
export function printOf(contents: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of contents) hash = Math.imul(hash ^ byte, 0x01000193);
  return `${contents.length}:${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

export interface Loss {
  /** Readers that do not have all that was meant. */
  readonly readers: readonly string[];
  /** What was found, by rule. */
  readonly found: readonly string[];
  readonly file: CertificateFile;
}

/**
 * Both readers have as many sections as were meant, and the same ones: what is written are other digits, and no reader can know. Nor is a
 * key that a header says is encrypted, and that OpenSSL takes for such, a loss: rustls reads none.
 */
function isWhatIsWritten({ rustls = "", OpenSSL = "" }: Readonly<Record<string, string>>, text: string, count: number): boolean {
  const contents = (answer: string): string[] => answer.split(" ").map((it) => it.slice(it.indexOf(":") + 1));
  const openssl = contents(OpenSSL);
  if (openssl.length !== count || openssl.includes("!") || !/^(?:CERTIFICATE|PRIVATE_KEY|X509_CRL)(?: |:|$)/.test(OpenSSL)) return false;
  return /DEK-Info/.test(text) || contents(rustls).join(" ") === openssl.join(" ");
}

/** Whole sections were cut away, and nothing of them is left: nobody can know. */
function isCutBetween(file: CertificateFile, meant: readonly Uint8Array[]): boolean {
  const known = meant.map(printOf);
  const { format, text, sections, problems } = file;
  const ends = [...sections.map((it) => it.span.start), text.length];
  const outside = ends.map((end, at) => text.slice(sections[at - 1]?.span.end ?? 0, end));
  return (
    format === "pem" &&
    problems.length === 0 &&
    sections.length < meant.length &&
    sections.every(
      (it) => it.problems.length === 0 && (it.kind === "private-key" || (it.der !== undefined && known.includes(printOf(it.der)))),
    ) &&
    !outside.some((it) => /BEGIN|END|[A-Za-z0-9+/]{16}|-{5}/i.test(it))
  );
}

/** `file`: as it is read here; `answers`: what each reader printed. Undefined: both have all sections. */
export function lossOf({ meant, text }: Mutated, file: CertificateFile, answers: Readonly<Record<string, string>>): Loss | undefined {
  const wanted = meant.map(printOf);
  const readers = Object.entries(answers).flatMap(([reader, answer]) => {
    const read = answer.split(" ").map((it) => it.slice(it.indexOf(":") + 1));
    return wanted.every((it) => read.includes(it)) && !answer.includes("!") ? [] : [reader];
  });
  if (readers.length === 0 || isWhatIsWritten(answers, text, meant.length) || isCutBetween(file, meant)) return undefined;
  const found = fileRules.filter((it) => RULES.has(it.id) && it.judge(file, { policy, usedAs: [] }).length > 0).map((it) => it.id);
  return { readers, found: file.unread === undefined ? found : [...found, "unread"], file };
}
