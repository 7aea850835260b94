/** Hovers: the certificate under the cursor or behind a path in code, and why a finding is one. */
import { escapeMarkdown, proseWithCode } from "../base/markdown.ts";
import { covers, type Span, span } from "../base/span.ts";
import { type CertificateFile, fieldsAt, readCertificateFile, type Section } from "../pki/index.ts";
import { bytesOf, holdsCertificates, kindByName, looksLikePath } from "../project/index.ts";
import { rules } from "../rules/index.ts";
import { rustParser } from "../rust/index.ts";
import type { Finding, Hover } from "./api.ts";
import { adviceLines, fileCard, sectionCard } from "./certificates/cards.ts";
import type { Inventory } from "./certificates/inventory.ts";
import { lockedStacks } from "./certificates/locked-stacks.ts";
import { outlook } from "./certificates/outlook.ts";
import type { OutlookLine } from "./certificates/outlook-lines.ts";
import { endpointsAt } from "./code/endpoint-at.ts";
import type { FileUse } from "./code/unit-lint.ts";
import { settingHover } from "./configuration/assist.ts";
import { policyOf } from "./configuration/layers.ts";
import type { WayHere } from "./edge/edges.ts";
import { byteAt } from "./navigation/outline.ts";
import { ownRules } from "./own-rules.ts";
import { redactionOf, withoutWholeKeys } from "./redaction.ts";
import { byHandOf, ruleUrl } from "./rule-pages.ts";
import type { Workspace } from "./workspace.ts";

export interface HoverInput {
  readonly workspace: Workspace;
  readonly file: string;
  readonly offset: number;
  /** Findings of the file itself. */
  readonly findings: readonly Finding[];
  /** Findings of a file that the code names. */
  lint(file: string): Promise<readonly Finding[]>;
  resolve(path: string, from: string): Promise<string | undefined>;
  /** From clients through proxies to programs, by way of the place. */
  ways(): Promise<readonly WayHere[]>;
  /** The code that reads a certificate file. */
  uses(file: string): Promise<readonly FileUse[]>;
}

export async function certificateHover(input: HoverInput, bytes: Uint8Array, inventory: Inventory): Promise<Hover | undefined> {
  const { workspace, file, offset, findings } = input;
  const read = readCertificateFile(bytes);
  const section = read.sections.find((it) => covers(it.span, span(offset, offset)));
  if (!section) return findingHover(findingAt(findings, offset));
  const inside = findings.filter((it) => covers(section.span, it.place.span));
  const underCursor = findingAt(findings, offset);
  const now = workspace.host.now();
  const more = await linesOf(input, file, read, inventory);
  const here = inside.find((it) => it.reissue !== undefined && covers(it.place.span, span(offset, offset)));
  const field = read.format === "pem" && offset > section.boundary.end ? fieldUnder(section, offset) : undefined;
  return {
    span: field?.span ?? section.span,
    markdown: [
      ...(underCursor === undefined ? [] : [adviceLines(underCursor), ruleLine(underCursor)]),
      ...(field === undefined ? [] : [field.markdown]),
      sectionCard(
        read,
        section,
        now,
        inside.filter((it) => it !== underCursor),
        await more(section),
      ),
      ...reissueCard(here),
      ...(underCursor === undefined ? [] : unfixedLine(underCursor)),
    ].join("\n\n"),
  };
}

/** What is known of the sections of a file beyond it: their chains, and what the stacks of its readers say. */
async function linesOf(
  { workspace, uses }: HoverInput,
  path: string,
  file: CertificateFile,
  inventory: Inventory,
): Promise<(section: Section) => Promise<readonly OutlookLine[]>> {
  const policy = policyOf(await workspace.configurations.of(path), workspace.host.now());
  const context = { policy, usedAs: [], path, neighbours: await inventory.around(path, file, undefined) };
  const stacks = await lockedStacks(workspace.packages, path, await uses(path));
  return async (section) => (await outlook({ file, section, context, stacks })).lines;
}

/** As code, which nothing in it can leave: its lines begin with words of ours. */
function reissueCard(finding: Finding | undefined): readonly string[] {
  if (finding?.reissue === undefined) return [];
  const { openssl } = finding.reissue;
  const fence = "`".repeat(Math.max(3, ...[...openssl.matchAll(/`+/g)].map(([it]) => it.length + 1)));
  return ["To issue it again, run in its folder:", `${fence}sh\n${openssl}${fence}`];
}

/** The field that a digit of the base64 text belongs to. */
function fieldUnder(section: Section, offset: number): { readonly span: Span; readonly markdown: string } | undefined {
  const { der, parsed } = section;
  if (
    der === undefined ||
    parsed === undefined ||
    !("end" in parsed) ||
    parsed.kind === "public-key" ||
    parsed.kind === "key-store" ||
    offset >= section.span.end
  )
    return undefined;
  const byte = byteAt(section, der.length, offset);
  const path = fieldsAt(der, parsed, byte);
  const innermost = path.at(-1);
  if (innermost === undefined) return undefined;
  const { start, end } = innermost.range;
  return {
    span: section.textSpan(start, end - start),
    markdown: `byte ${byte}: ${path.map(({ name }) => shown(name)).join(" › ")}${innermost.value === undefined ? "" : ` = ${shown(innermost.value)}`}`,
  };
}

const shown = (text: string): string => escapeMarkdown(withoutWholeKeys(text.length > 200 ? `${text.slice(0, 200)}…` : text));

/** In Rust and TOML: what is set up there, what a finding says, and the certificate file that a string names. */
export async function codeHover(input: HoverInput, text: string, inventory: () => Promise<Inventory>): Promise<Hover | undefined> {
  const finding = findingAt(input.findings, input.offset);
  const literal = input.file.endsWith(".rs") ? await literalAt(input, text) : undefined;
  const card = literal && (await literalCard(input, literal.value, inventory));
  const endpoints = input.file.endsWith(".rs") && card === undefined ? await endpointsAt(input.workspace, input.file, input.offset) : [];
  const redact = redactionOf(
    text,
    endpoints.map(({ words }) => words),
  );
  const set = endpoints.map(({ words }) => `**${escapeMarkdown(redact(words))}**`).join("  \n");
  const setting = settingHover({ file: input.file, text }, input.offset);
  const ways = await input.ways();
  const way = ways.map(({ words }) => proseWithCode(words)).join("  \n");
  const said = [set, way, card ?? "", setting?.markdown ?? ""].filter((it) => it !== "");
  const parts = [...said, ...(finding ? [ruleCard(finding)] : [])];
  const place = card === undefined ? (finding?.place.span ?? endpoints[0]?.span ?? setting?.span ?? ways[0]?.span) : literal?.span;
  return parts.length > 0 && place ? { span: place, markdown: parts.join("\n\n---\n\n") } : undefined;
}

/** The shortest finding at the place is the one that is meant. */
const findingAt = (findings: readonly Finding[], offset: number): Finding | undefined =>
  findings
    .filter((it) => covers(it.place.span, span(offset, offset)))
    .sort((a, b) => a.place.span.end - a.place.span.start - (b.place.span.end - b.place.span.start))[0];

function literalAt({ workspace, file, offset }: HoverInput, text: string): { readonly value: string; readonly span: Span } | undefined {
  const [parsed] = workspace.sources.parsed([{ path: file, text }], rustParser);
  return parsed?.ok ? parsed.value.stringAt(offset) : undefined;
}

async function literalCard(input: HoverInput, value: string, inventory: () => Promise<Inventory>): Promise<string | undefined> {
  if (!looksLikePath(value)) return undefined;
  const { workspace, file, lint, resolve } = input;
  const target = await resolve(value, file);
  const bytes = target === undefined ? undefined : bytesOf(await workspace.files.read(target));
  if (target === undefined || !bytes || !(kindByName(target) === "certificates" || holdsCertificates(bytes))) return undefined;
  const read = readCertificateFile(bytes);
  return fileCard(read, workspace.host.now(), await lint(target), await linesOf(input, target, read, await inventory()));
}

const findingHover = (finding: Finding | undefined): Hover | undefined =>
  finding && { span: finding.place.span, markdown: ruleCard(finding) };

const ruleLine = ({ rule, severity }: Finding): string => `**[${rule}](${ruleUrl(rule)})** (${severity})`;

/** The editor shows the message itself: here is what it does not show. */
function ruleCard(finding: Finding): string {
  const rule = [...rules, ...ownRules].find((it) => it.id === finding.rule);
  return [adviceLines(finding), ruleLine(finding), ...(rule ? [rule.rationale] : []), ...unfixedLine(finding)].join("\n\n");
}

/** The last line: why the light bulb has no fix for it. */
function unfixedLine({ rule: id, fixes, unfixed }: Finding): readonly string[] {
  if (fixes.length > 0) return [];
  const rule = rules.find((it) => it.id === id);
  const reason = unfixed ?? (rule && byHandOf(rule).byHand);
  return reason === undefined ? [] : [`no fix: ${proseWithCode(reason)}`];
}
