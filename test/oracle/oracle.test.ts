/** Every verdict of ours against the real stacks: generated chains of mutual TLS in both roles, and mutations of them. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type Agreement, agreement, choiceOf, row } from "./agreement.ts";
import type { Scenario } from "./chain.ts";
import { listScenarios } from "./lists.ts";
import { mutations } from "./mutations.ts";
import { type Asked, askOpenssl, askWebpki, missing } from "./real.ts";
import { allScenarios } from "./scenarios.ts";

const MANIFEST = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/Cargo.toml");
/** More on demand; those are cheap for rustls and a process each for OpenSSL. */
const MUTATIONS = Number(process.env["ORACLE_MUTATIONS"] ?? 600);
const OPENSSL_MUTATIONS = Math.min(MUTATIONS, Number(process.env["ORACLE_OPENSSL_MUTATIONS"] ?? 200));

const inBothRoles = (scenarios: readonly Scenario[]): Asked[] =>
  scenarios.flatMap((scenario) => [
    { scenario, role: "server" },
    { scenario, role: "client" },
  ]);

/** Without the tool: skipped by name, but not where tests must run. */
function needs(t: TestContext, reason: string | undefined): boolean {
  if (reason === undefined) return true;
  assert.notEqual(process.env["CI"], "true", reason);
  t.skip(reason);
  return false;
}

const isConstraint = ({ scenario }: Asked): boolean => scenario.id.startsWith("constraints/");

interface Bound {
  readonly verdicts: number;
  readonly kinds: number;
  /** Of all cases those with a key or a signature that WebCrypto does not have. */
  readonly untold?: number;
}
function check(t: TestContext, name: string, questions: number, found: Agreement, bound: Bound): void {
  t.diagnostic(row(name, found));
  for (const line of [...found.verdicts, ...found.kinds]) t.diagnostic(`  ${line}`);
  const told = found.asked - found.cannotTell;
  assert.equal(found.asked, questions, `${name}: not every question was answered`);
  assert.ok(found.agreed >= told * bound.verdicts, `${name}: ${found.verdicts.join("\n")}`);
  assert.ok(found.sameKind >= found.refusedByBoth * bound.kinds, `${name}: ${found.kinds.join("\n")}`);
  assert.ok(found.cannotTell <= found.asked * (bound.untold ?? 0.02), `${name}: ${found.cannotTell} verdicts cannot be told`);
}

const scenarios = allScenarios();
const whole = inBothRoles(scenarios);
const listed = listScenarios();
const revocation = inBothRoles(listed);

test("there are enough scenarios, each with a name of its own", () => {
  assert.ok(scenarios.length >= 300, String(scenarios.length));
  assert.ok(listed.length >= 150, String(listed.length));
  const ids = [...scenarios, ...listed].map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
});

test("rustls-webpki agrees", async (t) => {
  if (!needs(t, missing("cargo", "--version"))) return;
  const mutated = inBothRoles(mutations(MUTATIONS)).filter(({ role }, index) => (role === "server") === index % 4 < 2);
  const groups = {
    core: whole.filter((it) => !isConstraint(it)),
    "name constraints": whole.filter(isConstraint),
    revocation,
    mutations: mutated,
  };
  for (const [group, questions] of Object.entries(groups)) {
    for (const [stack, answers] of askWebpki(MANIFEST, questions)) {
      const choice = choiceOf(stack);
      assert.ok(choice, stack);
      const exact = group === "mutations" ? { verdicts: 0.999, kinds: 0.99 } : { verdicts: 1, kinds: 0.99 };
      check(t, `${stack}, ${group}`, questions.length, await agreement(questions, answers, choice), exact);
    }
  }
});

test("OpenSSL agrees", async (t) => {
  if (!needs(t, missing("openssl", "version"))) return;
  const groups = {
    core: whole.filter((it) => !isConstraint(it)),
    "name constraints": whole.filter((it) => isConstraint(it) && it.role === "server"),
    revocation: revocation.filter(({ role }) => role === "client"),
    mutations: mutations(OPENSSL_MUTATIONS).map((scenario): Asked => ({ scenario, role: "server" })),
  };
  for (const [group, questions] of Object.entries(groups)) {
    const answers = await askOpenssl(questions, 2);
    const found = await agreement(questions, answers, { name: "openssl", version: "3", securityLevel: 2, partialWildcards: true });
    check(
      t,
      `OpenSSL at level 2, ${group}`,
      questions.length,
      found,
      group === "mutations" ? { verdicts: 0.98, kinds: 0.7 } : { verdicts: 0.99, kinds: 0.95 },
    );
  }
  const weak = whole.filter(({ scenario }) => /^(key|algorithm)\//.test(scenario.id));
  const found = await agreement(weak, await askOpenssl(weak, 1), {
    name: "openssl",
    version: "3",
    securityLevel: 1,
    partialWildcards: true,
  });
  check(t, "OpenSSL at level 1, keys and algorithms", weak.length, found, { verdicts: 0.99, kinds: 0.95, untold: 0.15 });
});
