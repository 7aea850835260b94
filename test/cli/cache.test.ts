/** What is kept of a run: it is used, it is the user's own and nothing else is believed, and it holds no key and no source. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { certificate } from "../lsp/programs.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";

/** A workspace beside its cache, and what runs in it. */
function workspace(context: TestContext, files: Readonly<Record<string, string>> = MISTAKEN) {
  const [cwd, cache] = [folder(context, files), join(folder(context, {}), "kept")];
  const run = (...args: readonly string[]) => tlslint(cwd, ["check", "--format", "json", "--cache-dir", cache, ...args]);
  const kept = (): string => {
    const [name = "", ...others] = readdirSync(cache);
    assert.deepEqual(others, []);
    return join(cache, name);
  };
  return { cwd, cache, run, kept };
}

/** Without its last line, which says what the rest is; and that. */
function divided(bytes: Buffer): readonly [body: Buffer, header: string] {
  const end = bytes.lastIndexOf(0x0a);
  return [bytes.subarray(0, end), bytes.toString("utf8", end + 1)];
}

/** With another header or body, and the sum that fits. */
function rewritten(bytes: Buffer, changes: object, change = (body: string): string => body): Buffer {
  const [old, header] = divided(bytes);
  const body = Buffer.from(change(old.toString("latin1")), "latin1");
  const sum = createHash("sha256").update(body).digest("base64");
  return Buffer.concat([body, Buffer.from(`\n${JSON.stringify({ ...JSON.parse(header), sum, ...changes })}`)]);
}

const WORD = "on-path attackers";
const FORGED = "kept from before!";

/** Another answer in it. */
const forge = (file: string): void =>
  writeFileSync(
    file,
    rewritten(readFileSync(file), {}, (body) => body.replaceAll(WORD, FORGED)),
  );

test("a second run is answered by the first, also for a single file, and a change is seen", (context) => {
  const { cwd, cache, run, kept } = workspace(context);
  const first = run();
  assert.equal(first.status, 1);
  assert.match(first.stdout, new RegExp(WORD));
  if (POSIX) assert.deepEqual([statSync(cache).mode & 0o777, statSync(kept()).mode & 0o777], [0o700, 0o600]);
  forge(kept());
  assert.equal(run().stdout, first.stdout.replaceAll(WORD, FORGED), "what was kept is told");
  assert.match(run("src/main.rs").stdout, new RegExp(FORGED));
  assert.deepEqual(tlslint(cwd, ["check", "--format", "json", "--no-cache"]), first);
  writeFileSync(join(cwd, "src/other.rs"), "");
  assert.doesNotMatch(run().stdout, new RegExp(FORGED));
  writeFileSync(join(cwd, "src/main.rs"), "fn main() {}\n");
  assert.equal(run().status, 0);
});

test("a format that shows no fixes has none made, and a later one that does has them", (context) => {
  const { cwd, cache, kept } = workspace(context);
  const run = (format: string, ...more: readonly string[]) => tlslint(cwd, ["check", "--format", format, "--cache-dir", cache, ...more]);
  const holdsFixes = (): boolean => readFileSync(kept(), "latin1").includes('"applicability":');
  for (const format of ["concise", "github", "gitlab", "azure", "checkstyle", "markdown", "junit"]) {
    assert.equal(run(format).status, 1, format);
    assert.ok(!holdsFixes(), format);
  }
  const told = run("json");
  assert.match(told.stdout, /"applicability": "review"/);
  assert.deepEqual(told, tlslint(cwd, ["check", "--format", "json", "--no-cache"]));
  forge(kept());
  assert.match(run("concise").stdout, /kept from before!/, "what has fixes answers who shows none");
  assert.match(run("pretty").stdout, /kept from before!.*fix: /s);
});

test("another clock, configuration or release asks anew, and what fixes or explains never asks what was kept", (context) => {
  const { cwd, run, kept } = workspace(context, { ...MISTAKEN, "other.toml": "" });
  run();
  forge(kept());
  for (const args of [
    ["--now", "2026-06-01"],
    ["--config", "other.toml"],
    ["--fix-review", "--diff"],
    ["--explain", "src/main.rs:5"],
    ["--trace"],
  ])
    assert.doesNotMatch(run(...args).stdout, new RegExp(FORGED), args.join(" "));
  assert.doesNotMatch(tlslint(cwd, ["check", "--no-cache"]).stdout, new RegExp(FORGED));
});

test("a file that is truncated, damaged or of another build is not used, and written anew", (context) => {
  const { run, kept } = workspace(context);
  const first = run();
  forge(kept());
  const whole = readFileSync(kept());
  const { key, from, until } = JSON.parse(divided(whole)[1]);
  const flipped = Buffer.from(whole);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  for (const [name, bytes] of Object.entries({
    empty: Buffer.alloc(0),
    "cut off before its header": whole.subarray(0, 40),
    "cut off in it": whole.subarray(0, whole.length - 3),
    flipped,
    "of another shape": rewritten(whole, {}, (body) => body.replace('"told":[', '"tolk":[')),
    "of another build": rewritten(whole, { key: key.replace(/[0-9a-f]{8}/, "00000000") }),
    "of another time": rewritten(whole, { from: from + 9e9, until: until + 9e9 }),
    "with counts that do not fit": rewritten(whole, { counts: [1, 1] }),
    "with counts beyond all": rewritten(whole, { counts: [1e15, 1e15] }),
    foreign: Buffer.from("{}\nnull"),
    large: Buffer.alloc(70 * 1024 * 1024),
  })) {
    writeFileSync(kept(), bytes);
    const { stderr, ...said } = run();
    assert.deepEqual(said, { status: first.status, stdout: first.stdout }, name);
    assert.equal(stderr === "", name !== "large", `${name}: ${stderr}`);
    assert.ok(!readFileSync(kept()).equals(bytes), `${name}: written anew`);
  }
});

test("a file of somebody else, or that others may write, or behind a link is not used, and that is said", { skip: !POSIX }, (context) => {
  const { cache, run, kept } = workspace(context);
  const first = run();
  const refused = (why: string): void => {
    assert.deepEqual(run(), { ...first, stderr: `tlslint: cache \`${cache}\` is not used: ${why}\n` });
    assert.deepEqual(run(), first, "and another one takes its place");
  };
  forge(kept());
  chmodSync(kept(), 0o666);
  refused("others may write it");
  const file = kept();
  forge(file);
  renameSync(file, join(cache, "../elsewhere"));
  symlinkSync("../elsewhere", file);
  refused("it is a link");
  if (process.getuid?.() === 0) {
    forge(kept());
    chownSync(kept(), 65534, 65534);
    refused("it belongs to another user");
    chownSync(cache, 65534, 65534);
    assert.match(run("--now", "2026-06-01").stderr, /^tlslint: no results are kept in `--cache-dir .*`: it belongs to another user\n$/);
  }
});

test("where nothing can be kept a run says the same, and says why only to whom asked for it", { skip: !POSIX }, (context) => {
  const { cwd, run } = workspace(context, { ...MISTAKEN, file: "" });
  const first = run();
  const inFile = tlslint(cwd, ["check", "--format", "json", "--cache-dir", "file/below"]);
  assert.deepEqual({ ...inFile, stderr: "" }, first);
  assert.match(inFile.stderr, /^tlslint: no results are kept in `--cache-dir file\/below`: .+\n$/);
  for (const environment of [{ XDG_CACHE_HOME: join(cwd, "file") }, { XDG_CACHE_HOME: "", HOME: "" }])
    assert.deepEqual(tlslint(cwd, ["check", "--format", "json"], "", environment), first);
  const both = tlslint(cwd, ["check", "--no-cache", "--cache-dir", "kept"]);
  assert.deepEqual([both.status, both.stderr.split("\n")[0]], [2, "tlslint: `--no-cache` and `--cache-dir` cannot be combined"]);
  assert.ok(!existsSync(join(cwd, "kept")));
});

test("it holds no key, and of a source no more than findings quote", (context) => {
  const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n";
  const { run, kept } = workspace(context, {
    ...MISTAKEN,
    "src/lib.rs": `${MISTAKEN["src/main.rs"]}\nconst OTHER: &str = "nobody quotes this";\n`,
    "certs/both.pem": `${certificate("one")}${key}`,
    "certs/key.pem": key,
    ".env": "DATABASE_URL=postgres://user:unmistakable@db/x?sslmode=disable\n",
  });
  assert.match(run().stdout, /private key/);
  const text = readFileSync(kept(), "latin1");
  assert.match(text, /disabled-verification/);
  for (const secret of ["MC4CAQAwBQYDK2VwBCIE", "AAECAwQFBgcICQoL", "unmistakable", "nobody quotes this"])
    assert.ok(!text.includes(secret), secret);
});

test("the folder has a bound: what was of no use for the longest time goes", (context) => {
  const { cache, run, kept } = workspace(context);
  run();
  const own = kept();
  const other = (name: string, age: number): string => {
    const file = join(cache, name);
    writeFileSync(file, "");
    truncateSync(file, 100 * 1024 * 1024);
    utimesSync(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
    return file;
  };
  const [older, newer, staged] = [other("a.findings", 9000), other("b.findings", 60), other(`${"0".repeat(32)}.${"0".repeat(16)}`, 9000)];
  const third = other("c.findings", 30);
  run("--now", "2026-06-01");
  assert.deepEqual([own, older, newer, third, staged].map(existsSync), [true, false, true, true, false]);
});

test("runs at once leave one whole file", async (context) => {
  const { cwd, cache, run, kept } = workspace(context);
  mkdirSync(cache, { mode: 0o700 });
  const args = [CLI, "check", "--format", "json", "--cache-dir", cache];
  const runs = Array.from({ length: 4 }, async () => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    for await (const chunk of child.stdout) text += String(chunk);
    return text;
  });
  const [first = "", ...others] = await Promise.all(runs);
  assert.match(first, new RegExp(WORD));
  assert.deepEqual(others, [first, first, first]);
  forge(kept());
  assert.match(run().stdout, new RegExp(FORGED), "it is whole");
});

test("a folder that the system does not let anybody make is named, and nothing waits for it", {
  skip: process.platform !== "linux",
}, (context) => {
  const cwd = folder(context, MISTAKEN);
  const { status, stderr } = tlslint(cwd, ["check", "--cache-dir", "/proc/none/kept"]);
  assert.deepEqual(
    [status, stderr],
    [1, "tlslint: no results are kept in `--cache-dir /proc/none/kept`: there is no such file or folder\n"],
  );
});
