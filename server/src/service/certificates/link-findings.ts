/** Findings at the place in code that reads a certificate file which would not work there. The fault itself is told in the file. */
import { type CertificateFile, readCertificateFile } from "../../pki/index.ts";
import { bytesOf, holdsCertificates, kindByName, relativePath } from "../../project/index.ts";
import type { Severity } from "../../rules/rule.ts";
import type { FileReport, Finding } from "../api.ts";
import type { FileUse } from "../code/unit-lint.ts";
import { quieter, SEVERITIES, weigh } from "../severity.ts";
import type { Workspace } from "../workspace.ts";

/** Faults that stop the program or its peers, or that give a key away. Others are for those who look at the file. */
const TELLING: ReadonlySet<string> = new Set([
  "ca-as-end-entity",
  "committed-private-key",
  "differently-encoded-name",
  "expired-certificate",
  "exposed-private-key",
  "inconsistent-key",
  "intermediate-as-anchor",
  "invalid-signature",
  "key-mismatch",
  "leaf-as-anchor",
  "malformed-certificate",
  "missing-intermediate",
  "not-yet-valid-certificate",
  "path-too-long",
  "readable-private-key",
  "recoverable-key",
  "revoked-certificate",
  "silent-pem-loss",
  "stale-revocation-list",
  "unmatched-revocation-list",
  "unsupported-critical-extension",
  "unsupported-key",
  "unsupported-revocation-list",
  "weak-key",
  "weak-signature",
  "wrong-chain-order",
  "wrong-file-contents",
  "wrong-name-constraint",
  "wrong-purpose",
]);

export interface Links {
  readonly workspace: Workspace;
  resolve(path: string, from: string): Promise<string | undefined>;
  /** As the crate of the code sees the file. */
  lint(file: string): Promise<FileReport>;
  /** What is told in the file itself. */
  told(file: string): Promise<FileReport>;
}

export async function linkFindings(file: string, uses: readonly FileUse[], links: Links): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const read: ReadFile[] = [];
  for (const use of uses) {
    const path = await links.resolve(use.path, file);
    const bytes = path === undefined ? undefined : bytesOf(await links.workspace.files.read(path));
    if (path === undefined || !bytes || !(kindByName(path) === "certificates" || holdsCertificates(bytes))) continue;
    const shown = relativePath(links.workspace.packages.top(path), path) ?? path;
    read.push({ use, path, shown, contents: readCertificateFile(bytes) });
    const place = `${use.place.span.start} ${path}`;
    const worst = seen.has(place) ? undefined : worstOf(await links.lint(path));
    seen.add(place);
    if (worst === undefined) continue;
    const repeats = (await links.told(path)).findings.some((it) => it.rule === worst.rule && it.message === worst.message);
    findings.push(findingOf(use, path, shown, worst, repeats));
  }
  return [...findings, ...mismatches(read, findings)];
}

interface ReadFile {
  readonly use: FileUse;
  readonly path: string;
  readonly shown: string;
  readonly contents: CertificateFile;
}

const worstOf = ({ findings }: FileReport): Finding | undefined =>
  findings
    .filter((it) => TELLING.has(it.rule) && (it.severity === "error" || it.severity === "warning"))
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))[0];

/** `repeats`: the same is told in the file. One fault is one finding: there it is loud. */
function findingOf(
  use: FileUse,
  path: string,
  shown: string,
  { rule, severity, message, help, notes, place }: Finding,
  repeats: boolean,
): Finding {
  const own = weighed(severity, use);
  return {
    rule,
    severity: repeats ? quieter(own, "info") : own,
    place: use.place,
    message: `\`${shown}\`: ${message}`,
    help,
    notes,
    related: [{ file: path, span: place.span, message: "fault in the file" }],
    fixes: [],
  };
}

const weighed = (severity: Severity, { guards }: FileUse): Severity => weigh(severity, { guards, guessed: false }).severity;

/** The one chain and the one key that a file of code loads as its own belong together. */
function mismatches(read: readonly ReadFile[], told: readonly Finding[]): readonly Finding[] {
  const chains = distinct(read.filter((it) => it.use.loader.role === "own-chain"));
  const keys = distinct(read.filter((it) => it.use.loader.role === "own-key"));
  const [chain] = chains;
  const [key] = keys;
  if (chain === undefined || key === undefined || chains.length > 1 || keys.length > 1 || chain.path === key.path) return [];
  const leaf = chain.contents.sections.find((it) => it.parsed?.kind === "certificate")?.parsed;
  const own = key.contents.sections.flatMap(({ parsed }) => (parsed?.kind === "private-key" ? [parsed] : []));
  if (leaf?.kind !== "certificate" || own.length === 0) return [];
  if (own.some(({ pin, fault }) => pin === undefined || fault !== undefined || pin === leaf.key.pin)) return [];
  if (told.some((it) => it.rule === "key-mismatch" || (it.rule === "wrong-chain-order" && it.severity === "error"))) return [];
  return [
    {
      rule: "key-mismatch",
      severity: weighed("error", key.use),
      place: key.use.place,
      message: `private key \`${key.shown}\` does not match the first certificate in \`${chain.shown}\``,
      help: "load the key that the certificate was issued for, or the certificate of this key",
      notes: ["rustls rejects the pair (`KeyMismatch`), and so does OpenSSL"],
      related: [{ ...chain.use.place, message: "the certificate is read here" }],
      fixes: [],
    },
  ];
}

const distinct = (files: readonly ReadFile[]): readonly ReadFile[] => [...new Map(files.map((it) => [it.path, it])).values()];
