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
import type { FileContext, FileRule, Keeping, Neighbours, Trusted } from "../../rules/rule.ts";
import type { Guard, RelatedPlace } from "../../tls/facts.ts";
import type { Policy } from "../../tls/policy.ts";
import type { Finding, Gap } from "../api.ts";
import type { FileUse } from "../code/unit-lint.ts";
import { policyOf } from "../configuration/layers.ts";
import { ruleIds } from "../rule-names.ts";
import { parseSuppression, type Suppression, suppress } from "../suppressions.ts";
import type { Workspace } from "../workspace.ts";
import { fileFindings, quietIfUnreachable } from "./file-findings.ts";
import { gapsOf } from "./file-gaps.ts";
import { lowerHorizon, WatchedClock } from "./horizon.ts";
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
  /** Whether anything else in the workspace of a program names it (`Uses.isNamed`). */
  readonly isNamed: () => Promise<boolean | undefined>;
  /** No code is known to read it, tests write its path, and nothing else does. */
  readonly ofTestsAlone: boolean;
  /** Where a key of it, or a certificate of that, is put to work. */
  readonly keyPlaces: (pins: readonly string[], neighbours: Neighbours) => Promise<readonly RelatedPlace[]>;
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
  { uses, isNamed, ofTestsAlone, keyPlaces, trusted, inventory, gitIndexes, keyLists, webpki }: Around,
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
    keeping: await keepingOf(workspace, file, read, gitIndexes, { isNamed, places: (pins) => keyPlaces(pins, neighbours) }),
    ...(hosts.length > 0 && { hosts }),
    ...(listedKeys !== undefined && { listedKeys }),
    ...(trusted !== undefined && { trusted: await trustedFiles(trusted, inventory) }),
  };
  const purpose = [...(await purposeOf(workspace, file)), ...purposeByCode(uses, ofTestsAlone)];
  const suppressions = read.format === "pem" ? suppressionsIn(read) : [];
  const offRules = new Set([...levels].flatMap(([id, level]) => (level === "off" ? [id] : [])));
  const judged = (policy: Policy, asked: readonly FileRule[], judgedBy?: (rule: FileRule) => void): readonly Finding[] => {
    const known = { ...context, policy };
    const found = fileFindings(file, read, asked, known, uses, levels, purpose, judgedBy);
    // What code loads is judged by that code.
    const findings = uses.length === 0 ? quietIfUnreachable(found, asked, read, known) : found;
    const reach = (one: Suppression): Span => throughSectionBelow(read, one.span);
    return suppress(findings, suppressions, { file, now: policy.now, knownRules: ruleIds, offRules, reach, complete: true });
  };
  const { horizon } = workspace.host;
  const clock = horizon && new WatchedClock(policyOf(configuration, now));
  const kept = judged(clock?.policy ?? policyOf(configuration, now), fileRules, clock?.judged);
  if (horizon !== undefined && clock !== undefined) {
    // Suppressions end with a day, and whether one is of use all rules decide.
    const asked = suppressions.length > 0 ? fileRules : clock.timely;
    const ids = new Set(asked.map((it) => it.id));
    const said = suppressions.length > 0 ? kept : kept.filter((it) => ids.has(it.rule));
    lowerHorizon(horizon, now, said, (at) => judged(policyOf(configuration, at), asked));
  }
  const uncompared = [...neighbours.cuts].map((reason): Gap => ({ file, kind: "out of reach", reason }));
  return { findings: kept, gaps: [...gapsOf(file, read), ...uncompared] };
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

/** What only tests load is made for them, wherever it lies; of what examples load, programs are often configured with the same. */
function purposeByCode(uses: readonly FileUse[], ofTestsAlone: boolean): readonly Guard[] {
  const isTested = ({ guards }: FileUse): boolean => guards.some((it) => it.kind === "test");
  return ofTestsAlone || (uses.length > 0 && uses.every(isTested)) ? [{ kind: "test" }] : [];
}

/** Only of files with keys is it asked: the index of a large repository takes a while. */
async function keepingOf(
  { host, disk, files }: Workspace,
  path: string,
  { sections }: CertificateFile,
  git: GitIndexes,
  asked: Pick<Around, "isNamed"> & { places(pins: readonly string[]): Promise<readonly RelatedPlace[]> },
): Promise<Keeping> {
  if (!sections.some((it) => it.kind === "private-key")) return {};
  const mode = files.isOpen(path) && (await disk.readFile(path)) === undefined ? undefined : await host.permissions?.(path);
  const committed = await git.tracks(path);
  const named = committed ? await asked.isNamed() : undefined;
  const pins = sections.flatMap(({ parsed }) => (parsed?.kind === "private-key" && parsed.pin !== undefined ? [parsed.pin] : []));
  const places = committed ? await asked.places(pins) : [];
  return {
    committed,
    ...(mode === undefined ? {} : { mode }),
    ...(named === undefined ? {} : { named }),
    ...(places.length > 0 && { places }),
  };
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
