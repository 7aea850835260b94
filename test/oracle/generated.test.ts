/**
 * Verdicts on chains of generators that are independent of each other, for every stack: such as differ in many things at once
 * (`random.ts`), authorities that sign each other (`meshes.ts`), and parts of x509-limbo put together anew (`recombined.ts`), where
 * `ORACLE_LIMBO` names its cases. `ORACLE_GENERATED=5000 ORACLE_SEED=7` asks more and others.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { StackChoice } from "../../server/src/pki/stacks/index.ts";
import { inEveryRun } from "../harness/nightly.ts";
import { agreement, choiceOf, row } from "./agreement.ts";
import type { Scenario } from "./chain.ts";
import { limboScenarios } from "./limbo.ts";
import { programOf } from "./measured.ts";
import { meshScenario } from "./meshes.ts";
import { askOpenssl, buildProgram } from "./openssl.ts";
import { randomScenario } from "./random.ts";
import { type Answer, type Asked, askWebpki } from "./real.ts";
import { recombinedScenario, stockOf } from "./recombined.ts";

const MANIFEST = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/Cargo.toml");
const COUNT = Number(process.env["ORACLE_GENERATED"] ?? inEveryRun(100, { nightly: 400 }));
const SEED = process.env["ORACLE_SEED"] ?? "generated";
const LIMBO = process.env["ORACLE_LIMBO"];

const stock = LIMBO === undefined ? undefined : stockOf(limboScenarios(LIMBO));
const generators: Readonly<Record<string, (number: number) => Scenario>> = {
  random: (number) => randomScenario(SEED, number),
  meshes: (number) => meshScenario(SEED, number),
  ...(stock && { recombined: (number) => recombinedScenario(stock, SEED, number) }),
};
/** Made once: they take long to sign. */
const groups = Object.entries(generators).map(([name, scenarioOf]) => ({
  name,
  questions: Array.from(
    { length: COUNT },
    (_, number): Asked => ({ scenario: scenarioOf(number), role: number % 2 === 0 ? "server" : "client" }),
  ),
}));

async function compare(t: TestContext, name: string, questions: readonly Asked[], answers: readonly Answer[], stack: StackChoice) {
  const found = await agreement(questions, answers, stack);
  t.diagnostic(row(name, found));
  assert.equal(found.asked, questions.length, name);
  for (const line of [...found.verdicts, ...found.kinds]) t.diagnostic(`  ${line}`);
  assert.deepEqual([found.verdicts, found.kinds], [[], []], name);
  assert.ok(found.cannotTell <= found.asked * 0.02, `${name}: ${found.cannotTell} cannot be told`);
  const accepted = answers.filter((it) => it.accepted).length / answers.length;
  assert.ok(accepted > 0.02 && accepted < 0.95, `${name}: ${accepted} of them accepted`);
}

// Other versions are asked where somebody has built them, as every night; what they said of fixed chains is recorded.
const BUILT = ["1.1.1", "3.5", "4.0"].filter((it) => programOf(it) !== undefined);
for (const series of ["installed", ...BUILT])
  test(`OpenSSL ${series} agrees`, async (t) => {
    const program = series === "installed" ? buildProgram() : programOf(series);
    if (typeof program !== "object") return t.skip(program ?? `no program of OpenSSL ${series}`);
    const version = series === "installed" ? program.version : series;
    const stack = { name: "openssl", version, securityLevel: 2, partialWildcards: true } as const;
    for (const { name, questions } of groups)
      await compare(t, `openssl@${version}, ${name} of seed ${SEED}`, questions, askOpenssl(program, questions, 2), stack);
  });

test("rustls-webpki agrees", async (t) => {
  for (const { name, questions } of groups)
    for (const [stack, answers] of askWebpki(MANIFEST, questions)) {
      const choice = choiceOf(stack);
      assert.ok(choice, stack);
      await compare(t, `${stack}, ${name} of seed ${SEED}`, questions, answers, choice);
    }
});
