/** Findings in certificate files: the file rules over what was read, the same place said once by each rule. */
import { type CertificateFile, visible } from "../../pki/index.ts";
import { unreachableHosts } from "../../rules/files/unreachable.ts";
import type { FileContext, FileRule } from "../../rules/rule.ts";
import type { Guard } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";
import type { FileUse } from "../code/unit-lint.ts";
import type { Level } from "../configuration/settings.ts";
import { isLoud, weigh } from "../severity.ts";
import { switchedOff } from "../suppressions.ts";
import { fixesOf } from "./file-fixes.ts";
import { Reissues } from "./reissue/index.ts";

/** Places in code that a finding names: the first few tell the way. */
const SHOWN_USES = 3;

/** `judged`: told of each rule when its findings are made. */
export function fileFindings(
  file: string,
  read: CertificateFile,
  rules: readonly FileRule[],
  context: FileContext,
  uses: readonly FileUse[],
  levels: ReadonlyMap<string, Level>,
  guards: readonly Guard[],
  judged?: (rule: FileRule) => void,
): readonly Finding[] {
  const places = new Map(uses.map((it) => [`${it.place.file} ${it.place.span.start} ${it.loader.call}`, it]));
  const readers = [...places.values()]
    .slice(0, SHOWN_USES)
    .map(({ place, loader }) => ({ ...place, message: `read here by \`${loader.call}\`` }));
  const reissues = new Reissues(read, context);
  const findings: Finding[] = [];
  for (const rule of rules) {
    const verdicts = rule.judge(read, context);
    const level = levels.get(rule.id);
    const off = level === "off";
    for (const { span, message, help, notes = [], severity, related = [], repairs = [] } of verdicts) {
      const reissue = rule.issuedAgain && reissues.at(span, rule.issuedAgain);
      const finding = {
        rule: rule.id,
        severity: weigh((off ? undefined : level) ?? severity ?? rule.severity, { guards, guessed: false }).severity,
        place: { file, span },
        message,
        help,
        notes,
        related: [...related, ...readers],
        fixes: fixesOf(file, read, repairs),
        ...(reissue === undefined ? {} : { reissue }),
      };
      findings.push(off ? switchedOff(finding) : finding);
    }
    judged?.(rule);
  }
  return findings.length < 2 ? findings : toldOnce(findings);
}

/** By rules of which nothing comes where nobody can be reached: of interest to whoever made the file. */
export function quietIfUnreachable(
  findings: readonly Finding[],
  rules: readonly FileRule[],
  read: CertificateFile,
  context: FileContext,
): readonly Finding[] {
  const quiet = new Set(rules.flatMap((it) => (it.onlyIfReachable ? [it.id] : [])));
  const isMeant = ({ rule, severity }: Finding): boolean => isLoud(severity) && quiet.has(rule);
  if (!findings.some(isMeant)) return findings;
  const hosts = unreachableHosts(read, context);
  if (hosts === undefined) return findings;
  const shown = hosts.slice(0, SHOWN_HOSTS).map((it) => `\`${visible(it).replaceAll("`", "'")}\``);
  const note = `only for this machine or reserved domains: ${shown.join(", ")}`;
  return findings.map((it) => (isMeant(it) ? { ...it, severity: "hint", notes: [...it.notes, note] } : it));
}

const SHOWN_HOSTS = 3;

/** Of one rule at one place, the first. */
function toldOnce(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ rule, place: { span } }) => {
    const key = `${rule} ${span.start} ${span.end}`;
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
}
