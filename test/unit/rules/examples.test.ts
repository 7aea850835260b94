/** The examples on the rules' pages are true: the bad one has exactly one fault, the good one is silent. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeRules } from "../../../server/src/rules/edges/index.ts";
import { codeRules } from "../../../server/src/rules/index.ts";
import { settingRules } from "../../../server/src/rules/manifests/index.ts";
import type { AnyCodeRule, AnySettingRule } from "../../../server/src/rules/rule.ts";
import type { Finding } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

for (const rule of [...codeRules, ...settingRules, ...edgeRules])
  for (const [index, { bad, good }] of rule.examples.entries()) {
    test(`${rule.id}, example ${index + 1}: bad`, async () => {
      const findings = await lint(bad, rule);
      const [first, ...others] = findings.filter((it) => it.rule === rule.id);
      assert.ok(first !== undefined, show(findings));
      // Of a verifier, a hint stands where it is installed.
      const elsewhere = first.related.flatMap(({ installs, span }) => (installs === undefined ? [] : [span]));
      assert.deepEqual(
        others.map((it) => it.place.span),
        elsewhere,
        show(findings),
      );
      assert.deepEqual(loud(findings.filter((it) => it.rule !== rule.id)), [], "nothing else is wrong with it");
    });
    test(`${rule.id}, example ${index + 1}: good`, async () => {
      const findings = await lint(good, rule);
      assert.deepEqual(show(findings.filter((it) => it.rule === rule.id)), "");
      assert.deepEqual(loud(findings), []);
    });
  }

const fileOf = (rule: AnyCodeRule | AnySettingRule): string => `/project/${rule.judges === "code" ? "src/lib.rs" : rule.file}`;

async function lint(text: string, rule: AnyCodeRule | AnySettingRule): Promise<readonly Finding[]> {
  const file = fileOf(rule);
  const beside = Object.entries((rule.judges === "settings" && rule.beside) || {}).map(([name, it]) => [`/project/${name}`, it]);
  const service = await createLintService(memoryHost({ ...Object.fromEntries(beside), [file]: text }), { roots: ["/project"] });
  try {
    const { findings, gaps } = await service.lint(file);
    assert.deepEqual(gaps, []);
    return findings;
  } finally {
    service.dispose();
  }
}

const show = (findings: readonly Finding[]): string => findings.map((it) => `${it.severity} ${it.rule}: ${it.message}`).join("\n");
const loud = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity === "error" || severity === "warning").map((it) => show([it]));
