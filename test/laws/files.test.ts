/** The shape of the repository's files: a first sentence, a bounded length, plain names, nothing of anybody's machine. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";

const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT, encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(ROOT, file)));
const code = listed.filter((file) => /^(server|client|test|scripts|bench|tools)\/.*\.(ts|mjs)$/.test(file));
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

test("each source begins with a sentence that says what it is for", () => {
  assert.ok(code.length > 50);
  assert.deepEqual(
    code.filter((file) => !/^(#!.*\n)?\/\*\*[\s\S]{20,}?\*\//.test(read(file))),
    [],
  );
});

/** An idea has room in 300 lines. Tables of data may be longer. */
const LONGEST = 300;
const DATA = /^(server\/src\/(models\/|tls\/facts\.ts)|test\/(certificates\/cases-|oracle\/(lists|scenarios)\.ts))/;

/** Longer than that when the law was made: they may only get shorter, and leave this list when they are. */
const CEILINGS: Readonly<Record<string, number>> = {
  "server/src/rules/files/profile-checks.ts": 315,
  "server/src/service/index.ts": 420,
  "test/cli/writing.test.ts": 365,
  "test/unit/pki/key-stores.test.ts": 334,
};

const lengthOf = (file: string): number => read(file).trimEnd().split("\n").length;

test(`no source is longer than ${LONGEST} lines, or than it was`, () => {
  const allowed = (file: string): number => CEILINGS[file] ?? LONGEST;
  assert.deepEqual(
    code.filter((file) => !DATA.test(file) && lengthOf(file) > allowed(file)).map((file) => `${file}: ${lengthOf(file)}`),
    [],
  );
  assert.deepEqual(
    Object.keys(CEILINGS).filter((file) => !code.includes(file) || lengthOf(file) <= LONGEST),
    [],
    "short enough to need no ceiling",
  );
});

test("names are plain and say what is in a file", () => {
  const vague = /^(utils?|helpers?|manager|common|misc|processor)\b/;
  assert.deepEqual(
    code.filter((file) => file.split("/").some((part) => vague.test(part))),
    [],
  );
  assert.deepEqual(
    code.filter((file) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.(test\.)?(ts|mjs)$/.test(basename(file))),
    [],
  );
});

test("the type checker is not lied to", () => {
  const casts = /\bas (?!const\b)[A-Z]\w*|: any\b|<any>|@ts-(ignore|nocheck)/;
  const lying = code
    .filter((file) => /\.ts$/.test(file) && file.startsWith("server/"))
    .flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, at) =>
          casts.test(line) && !/^\s*(import|export)\b|^\s*(\/\/|\*|\/\*)|[`"']/.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [],
        ),
    );
  assert.deepEqual(lying, []);
});

test("no download address is pinned in a lock file", () => {
  for (const file of listed.filter((it) => it.endsWith("package-lock.json"))) assert.doesNotMatch(read(file), /"resolved": "http/, file);
});

test("no private key is committed", () => {
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{64,}/;
  assert.deepEqual(
    listed.filter((file) => key.test(readFileSync(join(ROOT, file), "latin1"))),
    [],
  );
});

test("pairs of keys are made in one place, whose objects can be exported", () => {
  const makers = code.filter((file) => file !== "test/laws/files.test.ts" && read(file).includes("generateKeyPairSync"));
  assert.deepEqual(makers, ["test/harness/key-pairs.ts"]);
});

test("the last name of a path is taken in one place", () => {
  const taking = /\.split\([^)]*::[^)]*\)\.at\(-1\)|\.slice\((?:[\w.]+)\.lastIndexOf\("::"\) \+ 2\)|\blastOf = /;
  assert.deepEqual(
    code.filter((file) => file.startsWith("server/") && taking.test(read(file))),
    ["server/src/rust/last-of.ts"],
  );
});
