/**
 * Every Rust fixture: its carets, its fixed twin, and that neither line ends nor a cut text change what must not change; and what
 * the rules say in fixtures of all kinds.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { applyEdits } from "../server/src/base/text-edit.ts";
import { codeRules, rules } from "../server/src/rules/index.ts";
import type { Finding } from "../server/src/service/api.ts";
import { createLintService, type LintService } from "../server/src/service/index.ts";
import { bless, differences, expectations } from "./harness/expectations.ts";
import { type Fixture, fixedFile, fixtures, ROOT, setFiles, settingsOf } from "./harness/fixtures.ts";
import { type MemoryHost, memoryHost } from "./harness/memory-host.ts";
import { goldenTexts, listSaid, type Said, unlisted } from "./harness/messages.ts";
import { inEveryRun, turnOf } from "./harness/nightly.ts";
import { lintProject } from "./harness/projects.ts";
import { settingFixtures } from "./harness/settings.ts";
import { workOf } from "./harness/work.ts";
import { workspaces } from "./harness/workspaces.ts";

const UPDATE = process.env["UPDATE"] === "1";
const all = fixtures();

/** What was said in each fixture and crate set that was compared. */
const said = new Map<string, readonly Said[]>();
/** Of each fixture and crate set, what is found. */
const found = new Map<string, readonly string[]>();

for (const fixture of all) {
  test(fixture.name, async (context) => {
    const sets = fixture.sets.length > 0 ? fixture.sets : [undefined];
    for (const set of sets)
      await context.test(`says what the carets say${set === undefined ? "" : `, ${set}`}`, () => compareCarets(fixture, set));
    await context.test("is fixed as its twin shows", () => compareTwins(fixture, sets));
    await context.test("line ends do not matter", () => sameWithCarriageReturns(fixture));
    await context.test("half-typed, it neither throws nor hangs", () => cutAnywhere(fixture));
  });
}

async function compareCarets(fixture: Fixture, set: string | undefined): Promise<void> {
  const { service, file } = await serviceFor(fixture, set);
  const { findings, gaps } = await service.lint(file);
  service.dispose();
  found.set(`${fixture.name} ${set}`, summary(findings, fixture.text));
  // Modules that a fixture leaves out are out of reach.
  assert.deepEqual(
    gaps.filter((it) => it.kind !== "out of reach"),
    [],
  );
  if (UPDATE && set === fixture.sets[0]) {
    const blessed = bless(fixture.text, findings);
    if (blessed !== fixture.text) writeFileSync(fixture.file, blessed);
  } else assert.deepEqual(differences(current(fixture), findings), []);
  const marked = findings.map(({ place }) => fixture.text.slice(place.span.start, place.span.end));
  assert.deepEqual(
    marked.filter((it) => /\{\n/.test(it)),
    [],
    "no block is marked as a whole",
  );
  assert.deepEqual(panicking(fixture.text, file, findings), [], "fixes that are safe add nothing that panics");
  assert.deepEqual(lockingOut(findings), [], "fixes that are safe lock nobody out");
  assert.deepEqual(unannounced(fixture.text, file, findings), [], "titles of fixes that add `.expect(…)` say so");
  const titled = findings.map(({ rule, message, help, notes, fixes }) => ({
    rule,
    message,
    help,
    notes,
    titles: fixes.map((it) => it.title),
  }));
  said.set(`${fixture.name} ${set}`, titled);
  // A run of some fixtures never comes to the test that writes all files anew.
  if (UPDATE) listSaid(titled);
  assert.deepEqual(unlisted(titled), [], "not in test/fixtures/messages");
}

/** Rules whose fixes take nothing away that a peer, or the program as it starts, needs today. */
const HARMLESS = new Set(["key-log", "late-on-connect", "missing-session-context"]);

const lockingOut = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ rule, fixes }) => !HARMLESS.has(rule) && fixes.some((it) => it.applicability === "safe")).map(({ rule }) => rule);

/** Titles of safe fixes that end the program more often than the text did, counted by words alone. */
const panicking = (text: string, file: string, findings: readonly Finding[]): readonly string[] =>
  findings
    .flatMap(({ fixes }) => fixes.filter((it) => it.applicability === "safe"))
    .flatMap(({ title, edits }) =>
      edits.some((it) => it.file === file && panics(applyEdits(text, it.edits)) > panics(text)) ? [title] : [],
    );
/** Titles of fixes that add `.expect(…)` without a word of it. */
const unannounced = (text: string, file: string, findings: readonly Finding[]): readonly string[] =>
  findings
    .flatMap(({ fixes }) => fixes.filter((it) => !it.title.includes("`.expect(…)`")))
    .flatMap(({ title, edits }) =>
      edits.some((it) => it.file === file && expects(applyEdits(text, it.edits)) > expects(text)) ? [title] : [],
    );
const expects = (text: string): number => text.match(/\.expect\(/g)?.length ?? 0;

const panics = (text: string): number =>
  text.match(/\.(?:expect|unwrap)(?:_err)?\s*\(|\b(?:panic|assert(?:_eq|_ne)?|todo|unreachable)!/g)?.length ?? 0;

/** As it is on disk: blessing has changed it. */
const current = (fixture: Fixture): string => (UPDATE ? readFileSync(fixture.file, "utf8") : fixture.text);

interface Served {
  readonly service: LintService;
  readonly file: string;
  readonly host: MemoryHost;
}

/** A project in memory around one fixture: the manifest and lock file of the set, and the settings of its header. */
async function serviceFor(fixture: Fixture, set: string | undefined, text = fixture.text): Promise<Served> {
  const { manifest, lock } = set === undefined ? { manifest: undefined, lock: undefined } : setFiles(set);
  const file = `/project/${fixture.headers.get("file") ?? "src/main.rs"}`;
  const settings = settingsOf(fixture);
  const features = fixture.headers.get("features-default");
  const host = memoryHost({
    [file]: text,
    ...(manifest === undefined
      ? {}
      : { "/project/Cargo.toml": features === undefined ? manifest : withDefaultFeatures(manifest, features) }),
    ...(lock === undefined ? {} : { "/project/Cargo.lock": lock }),
    ...(settings === undefined ? {} : { "/project/tlslint.toml": settings }),
  });
  return { service: await createLintService(host, { roots: ["/project"] }), file, host };
}

function withDefaultFeatures(manifest: string, features: string): string {
  const names = features.split(/\s+/).map((it) => `"${it}"`);
  const lines = [`default = [${names.join(", ")}]`, ...names.map((it) => `${it.replaceAll('"', "")} = []`)].join("\n");
  return manifest.includes("[features]") ? manifest.replace("[features]", `[features]\n${lines}`) : `${manifest}\n[features]\n${lines}\n`;
}

/** What the fixes of every finding make of a text; the carets, which tell of the mistakes, are not part of it. */
async function fix(service: LintService, file: string, original: string): Promise<string> {
  service.open(file, original);
  const { groups } = await service.planFixes([file], { allowed: "choice" });
  return groups.flat().find((it) => it.file === file)?.after ?? original;
}

function withoutCarets(text: string): string {
  const carets = new Set(expectations(text).map(({ at }) => at));
  return text
    .split("\n")
    .filter((_, at) => !carets.has(at))
    .join("\n");
}

/** One twin when all sets agree, else one a set; none when nothing could be fixed. */
async function compareTwins(fixture: Fixture, sets: readonly (string | undefined)[]): Promise<void> {
  const original = withoutCarets(current(fixture));
  const changed: { set: string | undefined; text: string }[] = [];
  for (const set of sets) {
    const { service, file } = await serviceFor(fixture, set);
    const text = await fix(service, file, original);
    service.dispose();
    if (text !== original) changed.push({ set, text });
  }
  const agree = changed.length === sets.length && changed.every(({ text }) => text === changed[0]?.text);
  const wanted = new Map(changed.map(({ set, text }) => [fixedFile(fixture, agree ? undefined : set), text]));
  if (UPDATE) {
    for (const path of twinsOf(fixture)) if (!wanted.has(path)) rmSync(path);
    for (const [path, text] of wanted) writeFileSync(path, text);
  }
  assert.deepEqual(twinsOf(fixture), [...wanted.keys()].sort(), "the fixed twins on disk are those that the fixes make");
  for (const [path, text] of wanted) assert.equal(readFileSync(path, "utf8"), text, path);
}

function twinsOf(fixture: Fixture): string[] {
  const folder = join(ROOT, "test/fixtures/rust", fixture.rule);
  const stem = fixture.file.replace(/\.rs$/, "");
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => path.startsWith(`${stem}.fixed.`))
    .sort();
}

const summary = (findings: readonly Finding[], text: string): string[] =>
  findings.map(
    ({ rule, severity, message, place }) =>
      `${severity} ${rule} ${text.slice(place.span.start, place.span.end).replaceAll("\r", "")}: ${message}`,
  );

async function sameWithCarriageReturns(fixture: Fixture): Promise<void> {
  const [set] = fixture.sets;
  const crlf = fixture.text.replaceAll("\n", "\r\n");
  const { service, file } = await serviceFor(fixture, set, crlf);
  assert.deepEqual(summary((await service.lint(file)).findings, crlf), found.get(`${fixture.name} ${set}`));
  service.dispose();
}

/** Texts that are cut at as many places, of which each run tries a part. */
const CUTS = 12;
const CUTS_OF_ONE = inEveryRun(3, { nightly: CUTS });

async function cutAnywhere(fixture: Fixture): Promise<void> {
  const lines = fixture.text.split("\n");
  const apart = Math.max(1, Math.floor(lines.length / CUTS));
  const every = CUTS / CUTS_OF_ONE;
  const { service, file, host } = await serviceFor(fixture, fixture.sets[0]);
  const work = workOf(host);
  for (let count = lines.length - 1 - apart * turnOf(fixture.name, every); count > 0; count -= apart * every) {
    const text = lines.slice(0, count).join("\n");
    service.open(file, text);
    for (const { place } of (await service.lint(file)).findings)
      assert.ok(place.span.start >= 0 && place.span.end <= text.length, "a place lies within the text");
    work.assertBounded();
  }
  service.dispose();
  // What throws is contained by the service, which says so in its log only.
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error"),
    [],
  );
}

test("each rule has at least three fixtures, one of them clean, and a caret of its own", () => {
  for (const { id } of codeRules) {
    const own = all.filter((fixture) => fixture.rule === id);
    assert.ok(own.length >= 3, `${id} has ${own.length} fixtures`);
    assert.ok(
      own.some(({ text }) => !expectations(text).some((it) => it.rule === id)),
      `${id} has no fixture that looks bad and is fine`,
    );
    assert.ok(
      own.some(({ text }) => expectations(text).some((it) => it.rule === id)),
      `${id} has no fixture in which it fires`,
    );
  }
});

test("each fixture belongs to a rule, and each fixed twin to a fixture", () => {
  const ids = new Set<string>(codeRules.map(({ id }) => id));
  for (const folder of readdirSync(join(ROOT, "test/fixtures/rust"))) {
    assert.ok(ids.has(folder), `${folder} is no rule`);
    for (const name of readdirSync(join(ROOT, "test/fixtures/rust", folder)).filter((it) => it.includes(".fixed."))) {
      const stem = name.replace(/\.fixed\..*$/, "");
      assert.ok(existsSync(join(ROOT, "test/fixtures/rust", folder, `${stem}.rs`)), `${folder}/${name} has no fixture`);
    }
  }
});

const FILE_RULES = new Set<string>(rules.filter(({ judges }) => judges === "file").map(({ id }) => id));

test("test/fixtures/messages holds what is said in the fixtures of all kinds, and nothing else", async (context) => {
  const sets = all.flatMap(({ name, sets: [first, ...others] }) => [first, ...others].map((set) => `${name} ${set}`));
  if (!sets.every((it) => said.has(it))) return context.skip("only some of the fixtures were run");
  const settings = settingFixtures().map(({ project, file }) => lintProject(project, [file]));
  const packages = workspaces().map(({ files }) =>
    lintProject(
      Object.fromEntries([...files].map(([path, { text }]) => [path, text])),
      [...files.keys()].filter((it) => it.endsWith(".rs")),
    ),
  );
  const edges = workspaces("edges").map(({ files }) =>
    lintProject(Object.fromEntries([...files].map(([path, { text }]) => [path, text])), [...files.keys()]),
  );
  const elsewhere = (await Promise.all([...settings, ...packages, ...edges])).flat().flatMap(({ findings }) => findings);
  const texts = goldenTexts([...[...said.values()].flat(), ...elsewhere], (file) => !FILE_RULES.has(file));
  for (const [file, text] of texts) {
    if (UPDATE && text === undefined) rmSync(file);
    else if (UPDATE && text !== undefined) writeFileSync(file, text);
    assert.equal(existsSync(file) ? readFileSync(file, "utf8") : undefined, text, `${file}: UPDATE=1 writes it`);
  }
});
