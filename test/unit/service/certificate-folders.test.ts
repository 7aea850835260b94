/** Folders of certificates: each file is opened once, each signature checked once, and twice as many files take twice as many steps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonReport } from "../../../server/src/cli/report/json.ts";
import { prettyReport } from "../../../server/src/cli/report/pretty.ts";
import { reportOf } from "../../../server/src/cli/report/report-of.ts";
import { sarifReport } from "../../../server/src/cli/report/sarif.ts";
import { nodeWorld } from "../../../server/src/cli/world.ts";
import { verifyByNode } from "../../../server/src/node-signatures.ts";
import type { Horizon } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { alternativeNames, bytes, dns, KEYS as FIXED, pem, revocationList } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { stepsOf } from "../../harness/steps.ts";
import { AUTHORITY, elliptic, issue, KEYS } from "../../oracle/issue.ts";

const AUTHORITIES = 5;
const KEYS_OF_AUTHORITIES = Array.from({ length: AUTHORITIES }, () => elliptic("P-256"));
const number = (at: number): Uint8Array => bytes(0x40, at >> 16, (at >> 8) & 0xff, at & 0xff);

/** By some authorities, whose own certificates lie there too. `spki`: of each its own unless they are all to have one. */
function issued(count: number, shared: boolean): string[] {
  const roots = KEYS_OF_AUTHORITIES.map((key, at) =>
    pem(
      "CERTIFICATE",
      issue({ spec: { issuer: `CA ${at}`, subject: `CA ${at}`, serial: number(at), extensions: AUTHORITY }, key, issuer: key }),
    ),
  );
  const leaves = Array.from({ length: count }, (_, at) => {
    const key = shared
      ? KEYS.leaf
      : { ...KEYS.leaf, spki: FIXED.p256.map((byte, place) => (place > 60 ? (byte + at + (at >> 8) * place) & 0xff : byte)) };
    const subject = shared ? "one name" : `host${at}.example.test`;
    const extensions = [alternativeNames(dns(subject.replace(" ", "-")))];
    const issuer = KEYS_OF_AUTHORITIES[at % AUTHORITIES] ?? KEYS.root;
    return pem(
      "CERTIFICATE",
      issue({ spec: { issuer: `CA ${at % AUTHORITIES}`, subject, serial: number(at + AUTHORITIES), extensions }, key, issuer }),
    );
  });
  return [...roots, ...leaves];
}

const inFiles = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(texts.map((text, at) => [`/w/service-${at}.pem`, text]));

const FOLDERS: Readonly<Record<string, (count: number) => Record<string, string>>> = {
  "certificates of some authorities": (count) => inFiles(issued(count, false)),
  "one bundle of them": (count) => ({ "/w/bundle.pem": issued(count, false).join("") }),
  "revocation lists": (count) =>
    inFiles(Array.from({ length: count }, (_, at) => pem("X509 CRL", revocationList({ issuer: `CA ${at}`, revoked: [at & 0x7f] })))),
};

async function linted(files: Record<string, string>, horizon?: Horizon) {
  const host = { ...memoryHost(files), ...(horizon && { horizon }) };
  let checks = 0;
  const counted = {
    ...host,
    verifySignature: (check: Parameters<typeof verifyByNode>[0]) => {
      checks++;
      return verifyByNode(check);
    },
  };
  const service = await createLintService(counted, { roots: ["/w"] });
  const reports: string[] = [];
  const steps = await stepsOf(async () => {
    for (const path of (await service.files("/w")).files) reports.push(...(await service.lint(path)).findings.map((it) => it.rule));
  });
  return { steps, checks, reads: host.reads, reports };
}

for (const [name, make] of Object.entries(FOLDERS)) {
  test(`twice as many, twice the work: ${name}`, async () => {
    const [few, more, many] = [await linted(make(200)), await linted(make(400)), await linted(make(800))];
    for (const [less, twice] of [
      [few, more],
      [more, many],
    ] as const)
      assert.ok(twice.steps < 2.3 * less.steps, `${twice.steps} steps instead of ${less.steps}`);
  });
}

test("each file is opened once, and each signature checked once", async () => {
  const { reads, checks, reports } = await linted(inFiles(issued(300, false)));
  assert.equal(reads.size - (reads.has("/w/.gitignore") ? 1 : 0) > 300, true);
  for (const [path, count] of reads) if (path.endsWith(".pem")) assert.equal(count, 1, path);
  assert.equal(checks, 300 + AUTHORITIES);
  assert.ok(!reports.includes("invalid-signature"));
});

test("until when the same is said costs little: only what looks at the clock is asked again", async () => {
  const lowered: number[] = [];
  const horizon = { until: Date.parse("2026-06-02T00:00:00Z"), lower: (until: number) => void lowered.push(until) };
  const files = inFiles(issued(300, false));
  const [without, recorded] = [await linted(files), await linted(files, horizon)];
  assert.deepEqual(recorded.reports, without.reports);
  assert.deepEqual(lowered, []);
  assert.ok(recorded.steps < 1.08 * without.steps, `${recorded.steps} steps instead of ${without.steps}`);
});

test("in a bundle all signatures are checked, and a wrong one is found wherever it stands", async () => {
  const texts = issued(300, false);
  const wrong = pem(
    "CERTIFICATE",
    issue({
      spec: { issuer: "CA 0", subject: "wrong.example.test", serial: number(9999), extensions: [] },
      key: KEYS.leaf,
      issuer: KEYS.other,
    }),
  );
  const { checks, reports } = await linted({ "/w/bundle.pem": [...texts, wrong].join("") });
  assert.equal(checks, 301 + AUTHORITIES);
  assert.ok(reports.includes("invalid-signature"));
});

test("what thousands have in common is not compared pair by pair", async () => {
  const [few, many] = [await linted(inFiles(issued(200, true))), await linted(inFiles(issued(800, true)))];
  assert.ok(many.steps < 5 * few.steps, `${many.steps} steps instead of ${few.steps}`);
});

const world = nodeWorld();
const REPORTS = {
  pretty: (result: Parameters<typeof prettyReport>[0]) => prettyReport(result, world, world.plainPaint),
  json: (result: Parameters<typeof prettyReport>[0]) => [...jsonReport(reportOf(result, world.relative))].join(""),
  sarif: (result: Parameters<typeof prettyReport>[0]) =>
    sarifReport(reportOf(result, world.relative), { strict: false, failOn: "warning", now: 0 }),
};

/** A bundle in which each certificate has a finding. */
async function reportSteps(count: number): Promise<Readonly<Record<string, number>>> {
  const path = "/w/bundle.pem";
  const service = await createLintService(memoryHost({ [path]: issued(count, false).join("") }), { roots: ["/w"] });
  const report = await service.lint(path);
  assert.ok(report.findings.length >= count);
  const steps: Record<string, number> = {};
  for (const [name, write] of Object.entries(REPORTS)) {
    const text = await service.shownText(path);
    const result = { files: [{ path, text, report }], around: [], gaps: [], strict: false, texts: new Map(text && [[path, text]]) };
    steps[name] = await stepsOf(() => write(result));
  }
  return steps;
}

test("twice as many findings in a file, a report of twice the work", async () => {
  const [few, more, many] = [await reportSteps(200), await reportSteps(400), await reportSteps(800)];
  for (const name of Object.keys(REPORTS))
    for (const [less, twice] of [
      [few, more],
      [more, many],
    ] as const)
      assert.ok((twice[name] ?? 0) < 2.3 * (less[name] ?? 0), `${name}: ${twice[name]} steps instead of ${less[name]}`);
});

test("what a document changes is compared with the other files, and these are not read again for it", async () => {
  const all = issued(3200, false);
  const files = inFiles(Array.from({ length: 80 }, (_, at) => all.slice(at * 40, at * 40 + 40).join("")));
  assert.ok(Object.values(files).join("").length > 1.2 * 1024 * 1024, "more than is kept of what lies beside a file");
  const service = await createLintService(memoryHost({ ...files, "/w/own.pem": all.at(-1) ?? "" }), { roots: ["/w"] });
  const first = await stepsOf(() => service.lint("/w/own.pem"));
  service.open("/w/own.pem", `${all.at(-1)}\n`);
  const again = await stepsOf(() => service.lint("/w/own.pem"));
  assert.ok(again * 4 < first, `${again} after ${first}`);
});
