/** One certificate file from bytes to findings: read, judge, suppress. */
import { type Span, span } from "../../base/span.ts";
import type { CertificateFile } from "../../pki/index.ts";
import {
  type GitIndexes,
  isShown,
  isTestData,
  isTestPackage,
  isWithin,
  purposeByName,
  relativePath,
  resolvePath,
} from "../../project/index.ts";
import { rules } from "../../rules/index.ts";
import type { FileContext, FileRule, Keeping, Trusted } from "../../rules/rule.ts";
import type { Guard } from "../../tls/facts.ts";
import type { Finding, Gap, Horizon } from "../api.ts";
import type { FileUse } from "../code/unit-lint.ts";
import { policyOf } from "../configuration/layers.ts";
import { ruleIds } from "../rule-names.ts";
import { parseSuppression, type Suppression, suppress } from "../suppressions.ts";
import type { Workspace } from "../workspace.ts";
import { fileFindings } from "./file-findings.ts";
import type { Inventory } from "./inventory.ts";
import type { KeyLists } from "./key-lists.ts";
import type { TrustedPath } from "./uses.ts";

const fileRules: readonly FileRule[] = rules.filter((it) => it.judges === "file");

export interface CertificateLint {
  readonly findings: readonly Finding[];
  readonly gaps: readonly Gap[];
}

/** What is known beyond the file. */
export interface Around {
  /** The code that reads it. */
  readonly uses: readonly FileUse[];
  /** What the code of the workspace trusts; known where the code uses the file as its own. */
  readonly trusted?: readonly TrustedPath[] | undefined;
  readonly keyLists: KeyLists;
  readonly inventory: Inventory;
  readonly gitIndexes: GitIndexes;
  /** The release of rustls-webpki that the code around it has locked. */
  readonly webpki?: string | undefined;
}

/** `read`: what the file holds, of PKCS#12 whose password is known what that opened. */
export async function lintCertificates(
  workspace: Workspace,
  file: string,
  read: CertificateFile,
  { uses, trusted, inventory, gitIndexes, keyLists, webpki }: Around,
  signal: AbortSignal | undefined,
): Promise<CertificateLint> {
  const configuration = await workspace.configurations.of(file);
  const { rules: levels } = configuration.settings;
  const now = workspace.host.now();
  const hosts = configuration.hosts.flatMap((it) => (resolvePath(it.folder, it.path) === file ? it.names : []));
  const listedKeys = await keyLists.of(configuration);
  const neighbours = await inventory.around(file, read, signal);
  const context: Omit<FileContext, "policy"> = {
    usedAs: uses.map((it) => it.loader),
    path: file,
    ...(webpki !== undefined && { webpki }),
    neighbours,
    keeping: await keepingOf(workspace, file, read, gitIndexes),
    ...(hosts.length > 0 && { hosts }),
    ...(listedKeys !== undefined && { listedKeys }),
    ...(trusted !== undefined && { trusted: await trustedFiles(trusted, inventory) }),
  };
  const purpose = await purposeOf(workspace, file);
  const suppressions = read.format === "pem" ? suppressionsIn(read) : [];
  const offRules = new Set([...levels].flatMap(([id, level]) => (level === "off" ? [id] : [])));
  const judged = (at: number): readonly Finding[] => {
    const findings = fileFindings(file, read, fileRules, { ...context, policy: policyOf(configuration, at) }, uses, levels, purpose);
    const reach = (one: Suppression): Span => throughSectionBelow(read, one.span);
    return suppress(findings, suppressions, { file, now: at, knownRules: ruleIds, offRules, reach, complete: true });
  };
  const kept = judged(now);
  if (workspace.host.horizon !== undefined) lowerHorizon(workspace.host.horizon, now, kept, judged);
  const kind = read.foreign ? "out of reach" : "failed";
  const uncompared = [...neighbours.cuts].map((reason): Gap => ({ file, kind: "out of reach", reason }));
  return { findings: kept, gaps: [...(read.unread === undefined ? [] : [{ file, kind, reason: read.unread } as const]), ...uncompared] };
}

/**
 * Until when the same is said. What a certificate's times bring about does not come back: what is said now and at some time later is said
 * at all times between.
 */
function lowerHorizon(horizon: Horizon, now: number, said: readonly Finding[], judged: (at: number) => readonly Finding[]): void {
  const text = JSON.stringify(said);
  const isSaid = (at: number): boolean => JSON.stringify(judged(at)) === text;
  if (horizon.until <= now || isSaid(horizon.until - 1)) return;
  let [last, first] = [now, horizon.until - 1];
  while (first - last > 1) {
    const middle = Math.floor((first + last) / 2);
    if (isSaid(middle)) last = middle;
    else first = middle;
  }
  horizon.lower(first);
}

async function trustedFiles(trusted: readonly TrustedPath[], inventory: Inventory): Promise<readonly Trusted[]> {
  const found: Trusted[] = [];
  for (const { path, role } of trusted) {
    const place = await inventory.placeOf(path);
    if (place !== undefined) found.push({ path: place.path, shown: place.shown, file: place.file, role });
  }
  return found;
}

/** What it is made for, by its place and its name: what stands beside a package's examples is shown as they are. */
async function purposeOf({ packages }: Workspace, file: string): Promise<readonly Guard[]> {
  const owner = await packages.packageOf(file);
  const named = purposeByName(file);
  const path = relativePath(packages.top(file), file) ?? file;
  const beside = owner !== undefined && (owner.example || isWithin(`${owner.folder}/examples`, file));
  return [
    ...(named === "test" || isTestPackage(owner?.facts.name ?? "") || isTestData(path) ? [{ kind: "test" } as const] : []),
    ...(named === "example" || beside || isShown(path) ? [{ kind: "example" } as const] : []),
  ];
}

/** Only of files with keys is it asked: the index of a large repository takes a while. */
async function keepingOf({ host, disk, files }: Workspace, path: string, { sections }: CertificateFile, git: GitIndexes): Promise<Keeping> {
  if (!sections.some((it) => it.kind === "private-key")) return {};
  const mode = files.isOpen(path) && (await disk.readFile(path)) === undefined ? undefined : await host.permissions?.(path);
  return { committed: await git.tracks(path), ...(mode === undefined ? {} : { mode }) };
}

/** Lines of explanatory text: those outside of every section. */
function suppressionsIn({ text, sections }: CertificateFile): readonly Suppression[] {
  if (!text.includes("tlslint")) return [];
  let next = 0;
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) => {
    // Both go through the text from its start.
    while ((sections[next]?.span.end ?? text.length) <= index && next < sections.length) next++;
    const section = sections[next];
    return section !== undefined && section.span.start <= index ? [] : (parseSuppression(line, index) ?? []);
  });
}

/** With what stands above the section, and with the rest of its last line: all sections may be on one. */
function throughSectionBelow({ text, sections }: CertificateFile, place: Span): Span {
  const end = sections.find((it) => it.span.start >= place.end)?.span.end ?? text.length;
  const lineEnd = text.indexOf("\n", end);
  return span(place.end, lineEnd < 0 ? text.length : lineEnd);
}
