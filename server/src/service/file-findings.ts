/** Findings in certificate files: the file rules over what was read, the same place said once by each rule. */
import { sameSpan } from "../base/span.ts";
import type { CertificateFile } from "../pki/index.ts";
import type { FileContext, FileRule } from "../rules/rule.ts";
import type { Finding } from "./api.ts";
import type { Level } from "./settings.ts";
import { weigh } from "./severity.ts";

export function fileFindings(
  file: string,
  read: CertificateFile,
  rules: readonly FileRule[],
  context: FileContext,
  levels: ReadonlyMap<string, Level>,
  testData: boolean,
): readonly Finding[] {
  const circumstances = { guards: testData ? [{ kind: "test" } as const] : [], example: false, guessed: false };
  const findings = rules.flatMap((rule): readonly Finding[] => {
    const level = levels.get(rule.id);
    if (level === "off") return [];
    return rule.judge(read, context).map(({ span, message, advice, severity }) => ({
      rule: rule.id,
      severity: weigh(level ?? severity ?? rule.severity, circumstances).severity,
      place: { file, span },
      message,
      advice,
      related: [],
      fixes: [],
    }));
  });
  return findings.filter(
    (it, index) => findings.findIndex((other) => other.rule === it.rule && sameSpan(other.place.span, it.place.span)) === index,
  );
}
