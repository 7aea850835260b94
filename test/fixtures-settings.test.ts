/** Every fixture that is no Rust: its carets, its fixed twin, and that line ends and cut texts change nothing else. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Finding } from "../server/src/service/api.ts";
import { createLintService, type LintService } from "../server/src/service/index.ts";
import { bless, differences, expectations } from "./harness/expectations.ts";
import { type MemoryHost, memoryHost } from "./harness/memory-host.ts";
import { listSaid, unlisted } from "./harness/messages.ts";
import { lintProject } from "./harness/projects.ts";
import { fixedSetting, SETTINGS_FOLDER, type SettingFixture, settingFixtures } from "./harness/settings.ts";
import { workOf } from "./harness/work.ts";

const UPDATE = process.env["UPDATE"] === "1";
const all = settingFixtures();

for (const fixture of all) {
  test(fixture.name, async (context) => {
    await context.test("says what the carets say", () => compareCarets(fixture));
    await context.test("is fixed as its twin shows", () => compareTwin(fixture));
    await context.test("line ends do not matter", () => sameWithCarriageReturns(fixture));
    await context.test("half-typed, it neither throws nor hangs", () => cutAnywhere(fixture));
    await context.test("no password is told", () => tellsNothing(fixture));
  });
}

async function serviceFor(fixture: SettingFixture, text = fixture.text): Promise<{ service: LintService; file: string; host: MemoryHost }> {
  const files = Object.fromEntries(
    Object.entries({ ...fixture.project, [fixture.file]: text }).map(([path, it]) => [`/project/${path}`, it]),
  );
  const host = memoryHost(files);
  return { service: await createLintService(host, { roots: ["/project"] }), file: `/project/${fixture.file}`, host };
}

async function lint(fixture: SettingFixture, text = fixture.text): Promise<readonly Finding[]> {
  const [report] = await lintProject({ ...fixture.project, [fixture.file]: text }, [fixture.file]);
  assert.ok(report !== undefined);
  return report.findings;
}

const current = (fixture: SettingFixture): string => (UPDATE ? readFileSync(fixture.disk, "utf8") : fixture.text);

async function compareCarets(fixture: SettingFixture): Promise<void> {
  const findings = await lint(fixture);
  if (UPDATE) {
    writeFileSync(fixture.disk, bless(fixture.text, findings, "#"));
    listSaid(findings);
  } else assert.deepEqual([...differences(fixture.text, findings), ...unlisted(findings)], []);
}

async function compareTwin(fixture: SettingFixture): Promise<void> {
  const carets = new Set(expectations(current(fixture)).map(({ at }) => at));
  const original = current(fixture)
    .split("\n")
    .filter((_, at) => !carets.has(at))
    .join("\n");
  const { service, file } = await serviceFor(fixture, original);
  service.open(file, original);
  const { groups } = await service.planFixes([file], { allowed: "choice" });
  const text = groups.flat().find((it) => it.file === file)?.after ?? original;
  service.dispose();
  const twin = fixedSetting(fixture);
  if (UPDATE && text === original) rmSync(twin, { force: true });
  else if (UPDATE) writeFileSync(twin, text);
  assert.equal(existsSync(twin) ? readFileSync(twin, "utf8") : original, text);
}

async function sameWithCarriageReturns(fixture: SettingFixture): Promise<void> {
  const summary = (findings: readonly Finding[]): string[] =>
    findings.map(({ rule, severity, message }) => `${severity} ${rule}: ${message}`);
  assert.deepEqual(summary(await lint(fixture, fixture.text.replaceAll("\n", "\r\n"))), summary(await lint(fixture)));
}

async function cutAnywhere(fixture: SettingFixture): Promise<void> {
  const { service, file, host } = await serviceFor(fixture);
  const work = workOf(host);
  for (let length = fixture.text.length - 1; length > 0; length -= Math.max(1, Math.floor(fixture.text.length / 40))) {
    const text = fixture.text.slice(0, length);
    service.open(file, text);
    for (const { place } of (await service.lint(file)).findings)
      assert.ok(
        place.span.start >= 0 && place.span.start <= place.span.end && place.span.end <= text.length,
        "a place lies within the text",
      );
    work.assertBounded();
  }
  service.dispose();
  // What throws is contained by the service, which says so in its log only.
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
}

/** Every password in these fixtures has this word in it. */
async function tellsNothing(fixture: SettingFixture): Promise<void> {
  for (const { message, help, related, fixes } of await lint(fixture))
    for (const said of [message, help, ...related.map((it) => it.message), ...fixes.flatMap((it) => [it.title, ...it.notes])])
      assert.doesNotMatch(said, /s3cret/);
}

test("each fixed twin has a fixture", () => {
  const twins = new Set(all.map(fixedSetting));
  for (const folder of readdirSync(SETTINGS_FOLDER))
    for (const name of readdirSync(join(SETTINGS_FOLDER, folder)).filter((it) => it.includes(".fixed.")))
      assert.ok(twins.has(join(SETTINGS_FOLDER, folder, name)), `${folder}/${name} has no fixture`);
});
