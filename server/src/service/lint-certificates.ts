/** One certificate file from bytes to findings: read, judge, suppress. */
import { type Span, span } from "../base/span.ts";
import { type CertificateFile, readCertificateFile } from "../pki/index.ts";
import { isTestData, relativePath } from "../project/index.ts";
import { rules } from "../rules/index.ts";
import type { FileRule } from "../rules/rule.ts";
import type { Loader } from "../tls/facts.ts";
import type { Finding } from "./api.ts";
import { policyOf } from "./configuration.ts";
import { fileFindings } from "./file-findings.ts";
import { parseSuppression, type Suppression, suppress } from "./suppressions.ts";
import { ruleIds, type Workspace } from "./workspace.ts";

const fileRules: readonly FileRule[] = rules.filter((it) => it.judges === "file");

export interface CertificateLint {
  readonly findings: readonly Finding[];
  readonly notAnalysed?: string;
}

export async function lintCertificates(
  workspace: Workspace,
  file: string,
  bytes: Uint8Array,
  usedAs: readonly Loader[],
): Promise<CertificateLint> {
  const configuration = await workspace.configurations.of(file);
  const { rules: levels } = configuration.settings;
  const now = workspace.host.now();
  const read = readCertificateFile(bytes);
  const findings = fileFindings(
    file,
    read,
    fileRules,
    { policy: policyOf(configuration, now), usedAs, path: file },
    levels,
    isTestData(relativePath(workspace.packages.top(file), file) ?? file),
  );
  const kept = suppress(findings, read.format === "pem" ? suppressionsIn(read) : [], {
    file,
    now,
    knownRules: ruleIds,
    offRules: new Set([...levels].flatMap(([id, level]) => (level === "off" ? [id] : []))),
    reach: (one) => sectionBelow(read, one.span),
    complete: true,
  });
  return { findings: kept, ...(read.unread === undefined ? {} : { notAnalysed: read.unread }) };
}

/** Lines of explanatory text: those outside of every section. */
function suppressionsIn({ text, sections }: CertificateFile): readonly Suppression[] {
  if (!text.includes("tlslint")) return [];
  return [...text.matchAll(/[^\r\n]+/g)].flatMap(({ 0: line, index }) =>
    sections.some((it) => it.span.start <= index && index < it.span.end) ? [] : (parseSuppression(line, index) ?? []),
  );
}

const sectionBelow = ({ sections }: CertificateFile, place: Span): Span | undefined => {
  const below = sections.find((it) => it.span.start >= place.end);
  return below && span(below.span.start, below.span.end);
};
