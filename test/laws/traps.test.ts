/**
 * The ways in which a reader of lines goes wrong, each shown by a fixture whose header names it (`//@ trap: 12`), or told as a limit.
 * The numbers are those of the catalogue that the rules come from.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fixtures, ROOT } from "../harness/fixtures.ts";

const TRAPS = [
  "one method name on two builders",
  "builders that go through functions",
  "shadowed variables",
  "builders by value and in place",
  "methods through Deref",
  "insecurity under conditions",
  "constants and statics",
  "conditions of the build",
  "code inside of macros",
  "other names for items",
  "other paths to items",
  "modes that are computed",
  "the order of calls",
  "the absence of a call",
  "what is built and not used",
  "two stores that are mixed up",
  "stores that stay empty",
  "the first of a bundle",
  "errors that are let go",
  "what a callback returns",
  "answers of helpers",
  "verifiers behind traits and generics",
  "certificates that are read and not looked at",
  "connection strings",
  "headers with identities",
  "addresses that only this machine reaches",
  "one text, two versions",
  "two versions of one crate",
  "features in manifests",
  "dangerous names that are fine",
  "test helpers that ship",
  "comments and texts",
  "layout",
  "pasted code",
  "an index into certificates that may be none",
  "reloads with another policy",
  "sessions shared across policies",
  "TLS that ends elsewhere",
] as const;

/** Shown elsewhere: another kind of file, a rule with fixtures of its own, or a limit in these words. */
const ELSEWHERE: ReadonlyMap<number, { readonly path?: string; readonly limit?: string }> = new Map([
  [24, { path: "test/fixtures/rust/plaintext-upstream" }],
  [25, { path: "test/fixtures/rust/trusted-proxy-header", limit: "identities in headers" }],
  [28, { limit: "two versions of one crate in one package" }],
  [29, { path: "server/src/rules/manifests", limit: "features in manifests" }],
  [37, { path: "test/fixtures/rust/shared-session-state", limit: "sessions that are shared across policies" }],
]);

test("every trap has a fixture, or is told as a limit", () => {
  const shown = new Set(fixtures().flatMap(({ headers }) => (headers.get("trap") ?? "").split(/\s+/).map(Number)));
  const limits = readFileSync(join(ROOT, "docs/limits.md"), "utf8");
  const open = TRAPS.map((name, index) => ({ name, number: index + 1 })).filter(({ number }) => {
    const other = ELSEWHERE.get(number);
    if (shown.has(number)) return false;
    if (other?.path !== undefined && existsSync(join(ROOT, other.path))) return false;
    return other?.limit === undefined || !limits.includes(other.limit);
  });
  assert.deepEqual(open, []);
});

test("no fixture names a trap that there is not", () => {
  const wrong = fixtures().filter(({ headers }) =>
    (headers.get("trap") ?? "")
      .split(/\s+/)
      .filter((it) => it !== "")
      .some((it) => TRAPS[Number(it) - 1] === undefined),
  );
  assert.deepEqual(
    wrong.map(({ name }) => name),
    [],
  );
});
