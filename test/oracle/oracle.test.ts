/** Every verdict of ours against the real stacks: generated chains of mutual TLS in both roles, and mutations of them. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { Case } from "../certificates/cases.ts";
import { inconsistentCases } from "../certificates/cases-inconsistent.ts";
import { allToReissue, issuedIn, prepare, shell } from "../certificates/reissued.ts";
import { inEveryRun } from "../harness/nightly.ts";
import { type Agreement, agreement, choiceOf, row } from "./agreement.ts";
import { AgreementTable, GROUPS, type Group } from "./agreement-table.ts";
import { keyOf, type Scenario } from "./chain.ts";
import { END_ENTITY, issue, KEYS } from "./issue.ts";
import { listScenarios } from "./lists.ts";
import { askMeasured, programOf } from "./measured.ts";
import { meshScenario } from "./meshes.ts";
import { mutations } from "./mutations.ts";
import { askOpenssl, buildProgram } from "./openssl.ts";
import { randomScenario } from "./random.ts";
import { type Asked, askKeys, askRustls, askWebpki, checkKey, lockedWebpki, missing } from "./real.ts";
import { allScenarios } from "./scenarios.ts";

const MANIFEST = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/Cargo.toml");
/** More on demand, each night, and for the page. */
const often = (some: number, nightly: number): number => (process.env["UPDATE"] === "1" ? nightly : inEveryRun(some, { nightly }));
const MUTATIONS = Number(process.env["ORACLE_MUTATIONS"] ?? often(200, 600));
const OPENSSL_MUTATIONS = Number(process.env["ORACLE_OPENSSL_MUTATIONS"] ?? 2 * MUTATIONS);
const RANDOM_SCENARIOS = Number(process.env["ORACLE_RANDOM"] ?? often(500, 2000));
const MESHES = Number(process.env["ORACLE_MESHES"] ?? often(120, 500));
/** Those of measured versions are always the same: another seed gives others to what is at hand. */
const SEED = process.env["ORACLE_SEED"] ?? "installed";

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

const byNumber =
  (scenarioOf: (seed: string, number: number) => Scenario) =>
  (seed: string, count: number): Asked[] =>
    Array.from({ length: count }, (_, number) => ({ scenario: scenarioOf(seed, number), role: number % 2 === 0 ? "server" : "client" }));
const random = byNumber(randomScenario);
const meshes = byNumber(meshScenario);

const isConstraint = ({ scenario }: Asked): boolean => scenario.id.startsWith("constraints/");

interface Bound {
  readonly verdicts: number;
  readonly kinds: number;
  /** Of all cases those with a key or a signature that WebCrypto does not have. */
  readonly untold?: number;
}
/** What stacks answer about chains alone. */
const VERIFIED = ["core", "name constraints", "revocation lists", "mutations", "meshes"] as const satisfies readonly Group[];
type Verified = (typeof VERIFIED)[number];
const table = new AgreementTable();
function check(t: TestContext, stack: string, group: Group, questions: number, found: Agreement, bound: Bound): void {
  const name = `${stack}, ${group}`;
  table.add(stack, group, found);
  t.diagnostic(row(name, found));
  for (const line of [...found.verdicts, ...(bound.kinds === 0 ? [] : found.kinds)]) t.diagnostic(`  ${line}`);
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
const inOneRole = (questions: readonly Asked[]): Asked[] => questions.filter(({ role }) => role === "client");

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
    "revocation lists": revocation,
    mutations: mutated,
    meshes: meshes(SEED, MESHES),
  } satisfies Record<Verified, readonly Asked[]>;
  for (const group of VERIFIED) {
    for (const [stack, answers] of askWebpki(MANIFEST, groups[group])) {
      const choice = choiceOf(stack);
      assert.ok(choice, stack);
      const exact = group === "mutations" ? { verdicts: 0.999, kinds: 0.99 } : { verdicts: 1, kinds: 0.99 };
      check(t, stack, group, groups[group].length, await agreement(groups[group], answers, choice), exact);
    }
  }
});

test("what the offered commands issue again is accepted by the real stacks", async (t) => {
  if (!needs(t, missing("cargo", "--version")) || !needs(t, missing("openssl", "version"))) return;
  const folder = mkdtempSync(join(tmpdir(), "reissued-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const questions = (await allToReissue()).flatMap(({ rule, name, openssl }, index): readonly Asked[] => {
    const cwd = join(folder, String(index));
    mkdirSync(cwd);
    prepare(cwd, openssl);
    const { status, stderr } = shell(cwd, openssl);
    assert.equal(status, 0, stderr);
    const { der, certificate, roots } = issuedIn(cwd, openssl);
    const { basicConstraints, purposes = [], alternativeNames = [] } = certificate.values;
    if (basicConstraints?.ca === true) return [];
    const host = alternativeNames.find(({ kind }) => kind === "DNS" || kind === "IP")?.value.replace(/^\*/, "any");
    const now = Math.floor(Date.now() / 1000);
    const scenario = { id: `reissued/${rule.id}/${name}`, host: host ?? "-", now, leaf: der, intermediates: [], roots };
    return (["server", "client"] as const).flatMap((role) => (purposes.includes(`${role}Auth`) ? [{ scenario, role }] : []));
  });
  assert.ok(questions.length > 50, String(questions.length));
  const program = buildProgram();
  assert.ok(typeof program === "object", String(program));
  const answers = [...askWebpki(MANIFEST, questions), ["openssl", askOpenssl(program, questions, 2)] as const];
  assert.ok(answers.length >= 6, String(answers.length));
  for (const [stack, given] of answers) {
    const refused = given.flatMap(({ accepted, kind }, index) => (accepted ? [] : [`${questions[index]?.scenario.id}: ${kind}`]));
    assert.deepEqual([given.length, refused], [questions.length, []], stack);
  }
});

/** The peer of those whose certificate is judged: self-signed, never judged itself. */
function plainPeer() {
  const certificate = issue({ spec: { issuer: "peer", subject: "peer", extensions: END_ENTITY }, key: KEYS.other, issuer: KEYS.other });
  return { certificate, key: keyOf(KEYS.other).key ?? new Uint8Array() };
}

const WEBPKI_OF: Readonly<Record<string, string>> = {
  "rustls@0.21": lockedWebpki("0.101"),
  "rustls@0.22": lockedWebpki("0.102"),
  "rustls@0.23": lockedWebpki("0.103"),
};

test("rustls shakes hands as predicted, with the leaf's key", async (t) => {
  if (!needs(t, missing("cargo", "--version"))) return;
  // Ring verifies with an RSA key of any size, but signs with few: there the peer that signs is not rustls.
  const questions = [...whole, ...revocation].filter(({ scenario: { id, key } }) => key !== undefined && id !== "key/leaf/rsa2056");
  assert.ok(questions.length > 1000, String(questions.length));
  for (const [stack, answers] of askRustls(MANIFEST, questions, plainPeer())) {
    const [series = "", provider = ""] = stack.split(" ");
    const choice = choiceOf(`rustls-webpki@${WEBPKI_OF[series]} ${provider}`);
    assert.ok(choice, stack);
    const quantum = questions.flatMap(({ scenario: { id } }, index) => (/^key\/leaf\/mlDsa/.test(id) ? [answers[index]?.accepted] : []));
    assert.deepEqual(new Set(quantum), new Set([provider === "aws-lc-rs"]), `${stack}, ML-DSA`);
    // A client of 0.21 has no revocation lists, and 0.22 cannot refuse expired ones.
    const asked = questions.map(({ scenario: { lists, policy } }) =>
      series === "rustls@0.21" ? lists === undefined : series === "rustls@0.23" || policy?.expired !== "refuse",
    );
    const kept = <T>(all: readonly T[]): T[] => all.filter((_, index) => asked[index]);
    const found = await agreement(kept(questions), kept(answers), choice, true);
    // rustls has names of its own for errors.
    check(t, stack, "handshakes", kept(questions).length, found, { verdicts: 1, kinds: 0 });
  }
});

/** The private keys of the cases, alone in their PEM, and what is told of them. */
async function keysOfCases() {
  const labels = { "PRIVATE KEY": "PKCS#8", "RSA PRIVATE KEY": "PKCS#1", "EC PRIVATE KEY": "SEC 1" } as const;
  const keys = [];
  for (const [name, { make, expect = [] }] of Object.entries<Case>(inconsistentCases)) {
    const section = /-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([^-]+)-----END [^-]+-----\n/.exec(new TextDecoder().decode(await make()));
    const format = Object.entries(labels).find(([label]) => label === section?.[1])?.[1];
    assert.ok(section !== null && format !== undefined, name);
    const told = new Set(expect.map(({ rule }) => rule));
    keys.push({
      name,
      format,
      told,
      pem: new TextEncoder().encode(section[0]),
      der: Uint8Array.from(Buffer.from(section[2] ?? "", "base64")),
    });
  }
  return keys;
}

test("rustls loads private keys and signs with them where nothing is told of their parts", async (t) => {
  if (!needs(t, missing("cargo", "--version"))) return;
  const keys = await keysOfCases();
  assert.ok(keys.length > 15, String(keys.length));
  const answers = [...askKeys(MANIFEST, keys)];
  assert.equal(answers.length, 4);
  for (const [stack, given] of answers) {
    const wrong = keys.filter(({ told }, index) => {
      const taken = !told.has("inconsistent-key") && !(stack.endsWith(" ring") && told.has("unsupported-key"));
      return given[index]?.accepted !== taken;
    });
    assert.deepEqual([given.length, wrong.map((it) => it.name)], [keys.length, []], stack);
  }
});

test("OpenSSL's check finds the same parts wrong", async (t) => {
  if (!needs(t, missing("openssl", "version"))) return;
  const folder = mkdtempSync(join(tmpdir(), "keys-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const { name, told, pem } of await keysOfCases()) {
    const said = await checkKey(folder, pem);
    // OpenSSL 3.0 reads no key of Ed25519 with its public half.
    if (said !== "unread" || !name.includes("ed25519")) assert.equal(said, told.has("inconsistent-key") ? "invalid" : "valid", name);
  }
});

/** The command line allows wildcards that are part of a label. */
const choiceOfOpenssl = (version: string, securityLevel: 1 | 2 = 2) =>
  ({ name: "openssl", version, securityLevel, partialWildcards: true }) as const;
const OPENSSL_GROUPS = {
  core: whole.filter((it) => !isConstraint(it)),
  "name constraints": whole.filter((it) => isConstraint(it) && it.role === "server"),
  "revocation lists": inOneRole(revocation),
} as const;
const EXACT: Bound = { verdicts: 1, kinds: 0.999 };

/** Few are asked in every run: one list that is known not to be loaded here (docs/limits.md) is more of them. */
const MUTATED: Bound = { verdicts: 0.999, kinds: often(0.997, 0.999) };
const RANDOM: Bound = { verdicts: 1, kinds: 0.999 };
const mutated = (): Asked[] =>
  mutations(OPENSSL_MUTATIONS).map((scenario, index) => ({ scenario, role: index % 2 === 0 ? "server" : "client" }));

test("OpenSSL agrees", async (t) => {
  const program = buildProgram();
  if (!needs(t, typeof program === "string" ? program : undefined) || typeof program === "string") return;
  const { version } = program;
  const groups = { ...OPENSSL_GROUPS, mutations: mutated(), meshes: meshes(SEED, MESHES) } satisfies Record<Verified, readonly Asked[]>;
  const judge = async (group: Group, questions: readonly Asked[], bound: Bound, level: 1 | 2 = 2): Promise<void> => {
    const found = await agreement(questions, askOpenssl(program, questions, level), choiceOfOpenssl(version, level));
    check(t, `openssl@${version}${level === 2 ? "" : ` at level ${level}`}`, group, questions.length, found, bound);
  };
  for (const group of VERIFIED) await judge(group, groups[group], group === "mutations" ? MUTATED : EXACT);
  await judge("random", random(SEED, RANDOM_SCENARIOS), RANDOM);
  const weak = whole.filter(({ scenario }) => /^(key|algorithm)\//.test(scenario.id));
  await judge("core", weak, { verdicts: 0.99, kinds: 0.95, untold: 0.15 }, 1);
});

const measuredRandom = random("measured", often(300, 1000));
const measuredMeshes = meshes("measured", often(150, 500));
for (const series of ["1.1.1", "3.5", "4.0"])
  test(`OpenSSL ${series} agrees, as it was measured`, async (t) => {
    const groups: Readonly<Partial<Record<Group, readonly Asked[]>>> = {
      ...OPENSSL_GROUPS,
      random: measuredRandom,
      meshes: measuredMeshes,
    };
    const all = Object.values(groups).flat();
    const answers = new Map(askMeasured(series, all).map((answer, index) => [all[index], answer]));
    for (const name of GROUPS) {
      const questions = groups[name];
      if (questions === undefined) continue;
      const found = await agreement(
        questions,
        questions.map((it) => answers.get(it)),
        choiceOfOpenssl(series),
      );
      check(t, `openssl@${series}`, name, questions.length, found, name === "random" ? RANDOM : EXACT);
    }
    const program = programOf(series);
    if (program === undefined) return;
    const questions = mutated();
    check(
      t,
      `openssl@${series}`,
      "mutations",
      questions.length,
      await agreement(questions, askOpenssl(program, questions, 2), choiceOfOpenssl(series)),
      MUTATED,
    );
  });

test("the agreement can be told", () => {
  if (process.env["UPDATE"] === "1") table.write(join(process.env["TLSLINT_ROOT"] ?? ".", "docs/verdicts.md"));
  assert.ok(table.rows.length > 0);
});
