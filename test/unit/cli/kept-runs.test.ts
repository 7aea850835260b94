/**
 * A run that takes what it can from an earlier one says what a run without says, to the byte, after any sequence of edits: contents,
 * names, times, links, permissions, settings, lock files, certificates, git's index, and the clock.
 */
import assert from "node:assert/strict";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { keptCheck } from "../../../server/src/cli/cache/kept-check.ts";
import { check } from "../../../server/src/cli/check.ts";
import { wantsFixes } from "../../../server/src/cli/command-line/check-command.ts";
import { parseCommand } from "../../../server/src/cli/command-line/parse.ts";
import { paintFor } from "../../../server/src/cli/terminal.ts";
import { nodeWorld, type World } from "../../../server/src/cli/world.ts";
import { nodeHost } from "../../../server/src/node-host.ts";
import type { LintHost } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { basicConstraints, certificatePem, time } from "../../certificates/build.ts";
import { MANIFEST, MISTAKEN, READER } from "../../lsp/programs.ts";

const RUNS = Number(process.env["KEPT_RUNS"] ?? 12);
const NOON = Date.parse("2026-06-01T12:00:00Z");
const HOUR = 3_600_000;
const FORMATS = [
  "pretty",
  "concise",
  "json",
  "json-lines",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "rdjson",
  "azure",
  "checkstyle",
  "markdown",
];

const authority = (name: string, until: string): string =>
  certificatePem({
    issuer: name,
    subject: name,
    notBefore: time("2026-01-01T00:00:00Z"),
    notAfter: time(until),
    extensions: [basicConstraints(true)],
  });

const KEY = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n";

/** Texts that may stand anywhere: a file may get the text of another kind. The first two are of one length. */
const TEXTS = [
  MISTAKEN,
  MISTAKEN.replace("(true)\n", "(!1)\n "),
  READER,
  READER.replace("certs/ca.pem", "certs/b.pem"),
  "pub mod tls;\npub mod other;\n",
  'include!("other.rs");\n',
  "pub fn f() {}\n",
  "use reqwest::Client; // tlslint: allow(disabled-verification): a test\n",
  authority("one", "2026-06-01T15:30:00Z"),
  authority("two", "2027-06-01T00:00:00Z"),
  `${authority("three", "2026-05-20T01:00:00Z")}${KEY}`,
  KEY,
  MANIFEST,
  MANIFEST.replace("0.12.12", "0.11.27").replace('rustls = "0.23.20"\n', ""),
  '[workspace]\nmembers = ["*"]\n',
  'version = 4\n\n[[package]]\nname = "rustls"\nversion = "0.21.0"\n',
  '[rules]\ndisabled-verification = "off"\n',
  'exclude = ["other.rs"]\nmtls = "required"\n',
  "mtls = 3\n",
  "*.rs\ncerts\n",
  "DATABASE_URL=postgres://u:p@db/x?sslmode=disable\n",
  "",
  "\0\0binary",
];
const PATHS = [
  "src/lib.rs",
  "src/tls.rs",
  "src/other.rs",
  "certs/ca.pem",
  "certs/b.pem",
  "certs/c.der",
  "notes",
  "Cargo.toml",
  "Cargo.lock",
  "tlslint.toml",
  "src/tlslint.toml",
  ".gitignore",
  ".env",
  "beside/Cargo.toml",
  "beside/src/lib.rs",
  ".git/index",
];

type Edit =
  | { readonly act: "write" | "stealthy"; readonly path: string; readonly text: string }
  | { readonly act: "remove" | "touch" | "chmod"; readonly path: string }
  | { readonly act: "rename"; readonly path: string; readonly to: string }
  | { readonly act: "link"; readonly path: string; readonly to: string }
  | { readonly act: "clock"; readonly hours: number };

const path = fc.constantFrom(...PATHS);
const text = fc.constantFrom(...TEXTS);
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant("write" as const), path, text }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("stealthy" as const), path, text }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom("remove" as const, "touch" as const, "chmod" as const), path }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("rename" as const), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("link" as const), path, to: path }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("clock" as const), hours: fc.constantFrom(1, 3, 12, 24) }) },
);

interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

class Case {
  readonly top = mkdtempSync(join(tmpdir(), "tlslint-kept-"));
  readonly cwd = join(this.top, "code");
  readonly #wall: () => number;
  now = NOON;
  /** Runs that asked nothing of a live service but texts. */
  answered = 0;

  /** `patience`: how much later than the files' the clock is that tells whether a file is too young for its stamp. */
  constructor(patience: number) {
    this.#wall = () => Date.now() + patience;
    mkdirSync(this.cwd);
  }

  /** What cannot be done, such as to remove what is not there, is no edit. */
  apply(edit: Edit): void {
    const at = (it: string): string => join(this.cwd, it);
    try {
      if (edit.act === "clock") this.now += edit.hours * HOUR;
      else if (edit.act === "write") this.write(edit.path, edit.text);
      else if (edit.act === "stealthy") {
        // Neither its size nor the time of its last change shows it.
        const { size, atime, mtime } = lstatSync(at(edit.path));
        writeFileSync(at(edit.path), edit.text.slice(0, size).padEnd(size));
        utimesSync(at(edit.path), atime, mtime);
      } else if (edit.act === "remove") rmSync(at(edit.path));
      else if (edit.act === "touch") utimesSync(at(edit.path), new Date(), new Date());
      else if (edit.act === "chmod") chmodSync(at(edit.path), (lstatSync(at(edit.path)).mode & 0o777) === 0o600 ? 0o644 : 0o600);
      else if (edit.act === "rename") {
        mkdirSync(dirname(at(edit.to)), { recursive: true });
        renameSync(at(edit.path), at(edit.to));
      } else if (edit.act === "link") {
        mkdirSync(dirname(at(edit.path)), { recursive: true });
        rmSync(at(edit.path), { force: true });
        symlinkSync(at(edit.to), at(edit.path));
      }
    } catch (error) {
      if (!(error instanceof Error && "code" in error)) throw error;
    }
  }

  write(name: string, content: string): void {
    const file = join(this.cwd, name);
    mkdirSync(dirname(file), { recursive: true });
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()) unlinkSync(file);
    writeFileSync(file, content);
  }

  async run(format: string, isCached: boolean, ...more: readonly string[]): Promise<Said> {
    const [out, errors]: [string[], string[]] = [[], []];
    const told = (status: number): Said => ({
      status,
      // JUnit has the second in which it was written.
      stdout: out.join("").replace(/timestamp="[^"]*"/, ""),
      stderr: errors.join("\n"),
    });
    const world: World = {
      ...nodeWorld(this.cwd),
      print: (it) => void out.push(it),
      printCommands: (it) => void out.push(it),
      error: (line) => void errors.push(line),
    };
    const parsed = parseCommand(["check", ".", "--format", format, "--cache-dir", join(this.top, "kept"), ...more]);
    assert.ok(parsed.ok && parsed.value.name === "check");
    const command = parsed.value;
    const log: LintHost["log"] = (level, message) => void (level === "trace" || errors.push(`${level}: ${message}`));
    const host: LintHost = { ...nodeHost(log), now: () => this.now };
    const roots = world.rootsOf(command.paths);
    const make = (it: LintHost) => createLintService(it, { roots, batch: true, ...(wantsFixes(command) ? {} : { withoutFixes: true }) });
    const paint = paintFor(false, {});
    if (!isCached) {
      const service = await make(host);
      return told(await check(command, { asked: service, live: async () => service }, world, paint));
    }
    const cached = await keptCheck({ command, roots, world, host, build: "test", wall: this.#wall, make });
    assert.ok(cached);
    const { answers } = cached;
    const status = await check(command, { asked: answers.asked, live: () => answers.live() }, world, paint);
    if ((await answers.ended()) === undefined) this.answered++;
    await cached.keep();
    return told(status);
  }

  remove(): void {
    rmSync(this.top, { recursive: true, force: true });
  }
}

const START: readonly (readonly [path: string, text: string])[] = [
  ["Cargo.toml", MANIFEST],
  ["src/lib.rs", "pub mod tls;\npub mod other;\n"],
  ["src/tls.rs", READER],
  ["src/other.rs", MISTAKEN],
  ["certs/ca.pem", authority("one", "2026-06-01T15:30:00Z")],
  ["beside/Cargo.toml", MANIFEST],
  ["beside/src/lib.rs", "pub fn f() {}\n"],
];

async function sameAfter(edits: readonly (readonly Edit[])[], formats: readonly string[], patience: number): Promise<number> {
  const one = new Case(patience);
  try {
    for (const [name, content] of START) one.write(name, content);
    await one.run("json", true);
    for (const [at, some] of edits.entries()) {
      for (const it of some) one.apply(it);
      const format = formats[at % formats.length] ?? "json";
      const without = await one.run(format, false);
      assert.deepEqual(await one.run(format, true), without, `after step ${at + 1}`);
      assert.deepEqual(await one.run(format, true), without, `after step ${at + 1}, again`);
    }
    return one.answered;
  } finally {
    one.remove();
  }
}

async function sameAfterAny(patience: number): Promise<void> {
  let answered = 0;
  const steps = fc.array(fc.array(edit, { maxLength: 3 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(steps, fc.shuffledSubarray(FORMATS, { minLength: 1 }), async (edits, formats) => {
      answered += await sameAfter(edits, formats, patience);
    }),
    { numRuns: RUNS },
  );
  assert.ok(answered > RUNS, `${answered} runs were answered by what was kept`);
}

test("after any edits a kept run says the same, where files are too young for their stamps", () => sameAfterAny(0));

test("after any edits a kept run says the same, where stamps tell of each change", () => sameAfterAny(60_000));

test("what is said beside of a broken manifest is said once, where fixes are made for what was kept without them", async () => {
  const broken: Edit = { act: "write", path: "Cargo.toml", text: MISTAKEN };
  await sameAfter([[broken], [], []], ["concise", "json", "github"], 60_000);
});
