/**
 * Verdicts on chains that are not ours: the cases of an x509-limbo file that `ORACLE_LIMBO` names, in both roles, and each of them with a
 * byte, an element or an end changed, `ORACLE_LIMBO_MUTATIONS` times (5).
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { StackChoice } from "../../server/src/pki/stacks/index.ts";
import { agreement, choiceOf, row } from "./agreement.ts";
import { limboScenarios } from "./limbo.ts";
import { programOf } from "./measured.ts";
import { mutationsOfEach } from "./mutations.ts";
import { askOpenssl, buildProgram, type OpensslProgram } from "./openssl.ts";
import { type Answer, type Asked, askWebpki } from "./real.ts";

const FILE = process.env["ORACLE_LIMBO"];
const MANIFEST = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/Cargo.toml");
const TIMES = Number(process.env["ORACLE_LIMBO_MUTATIONS"] ?? 5);

const scenarios = FILE === undefined ? [] : limboScenarios(FILE);
const groups: Readonly<Record<string, readonly Asked[]>> = {
  "as they are": scenarios.flatMap((scenario): Asked[] => [
    { scenario, role: "server" },
    { scenario, role: "client" },
  ]),
  mutated: mutationsOfEach(scenarios, TIMES).map((scenario, index) => ({ scenario, role: index % 2 === 0 ? "server" : "client" })),
};

async function compare(t: TestContext, what: string, questions: readonly Asked[], answers: readonly Answer[], stack: StackChoice) {
  const found = await agreement(questions, answers, stack);
  t.diagnostic(row(`${what}, x509-limbo`, found));
  for (const line of [...found.verdicts, ...found.kinds]) t.diagnostic(`  ${line}`);
  assert.equal(found.asked, questions.length, what);
  assert.ok(found.agreed >= (found.asked - found.cannotTell) * 0.999, `${what}: ${found.verdicts.join("\n")}`);
  assert.ok(found.sameKind >= found.refusedByBoth * 0.999, `${what}: ${found.kinds.join("\n")}`);
  assert.ok(found.cannotTell <= found.asked * 0.02, `${what}: ${found.cannotTell} cannot be told`);
}

// The cases are others': without their file there is nothing to ask.
for (const series of FILE === undefined ? [] : ["installed", "1.1.1", "3.5", "4.0"])
  test(`OpenSSL ${series} agrees on what x509-limbo makes`, async (t) => {
    const program: OpensslProgram | string | undefined = series === "installed" ? buildProgram() : programOf(series);
    if (typeof program !== "object") return t.skip(program ?? `no program of OpenSSL ${series}`);
    const choice = {
      name: "openssl",
      version: series === "installed" ? program.version : series,
      securityLevel: 2,
      partialWildcards: true,
    } as const;
    for (const [group, questions] of Object.entries(groups)) {
      assert.ok(questions.length > 1000, group);
      await compare(t, `openssl@${choice.version}, ${group}`, questions, askOpenssl(program, questions, 2), choice);
    }
  });

for (const stacks of FILE === undefined ? [] : ["rustls-webpki"])
  test(`${stacks} agrees on what x509-limbo makes`, async (t) => {
    for (const [group, questions] of Object.entries(groups))
      for (const [stack, answers] of askWebpki(MANIFEST, questions)) {
        const choice = choiceOf(stack);
        assert.ok(choice, stack);
        await compare(t, `${stack}, ${group}`, questions, answers, choice);
      }
  });
