/** Ignore patterns, as git reads them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { excludes, patternsOf } from "../../../server/src/project/patterns.ts";

const ignored = (lines: string, path: string, folder = false): boolean => excludes(patternsOf("/w", lines.split("\n")), "/w", path, folder);

test("patterns match as git has it", () => {
  for (const [lines, path, expected] of [
    ["*.pem", "/w/a/b.pem", true],
    ["/a.pem", "/w/x/a.pem", false],
    ["/a.pem", "/w/a.pem", true],
    ["a/b", "/w/a/b", true],
    ["a/b", "/w/x/a/b", false],
    ["**/b", "/w/x/y/b", true],
    ["a/**/b", "/w/a/b", true],
    ["a/**/b", "/w/a/x/y/b", true],
    ["a/**", "/w/a/x/y", true],
    ["a/**", "/w/a", false],
    ["build/", "/w/build/x.rs", true],
    ["build/", "/w/build", false],
    ["*.rs\n!keep.rs", "/w/keep.rs", false],
    ["*.rs\n!keep.rs", "/w/other.rs", true],
    ["# comment\n\n  ", "/w/comment", false],
    ["[a-c]?.rs", "/w/bx.rs", true],
    ["[!a-c]?.rs", "/w/bx.rs", false],
    ["\\#x", "/w/#x", true],
    ["a\\*b", "/w/a*b", true],
    ["a\\*b", "/w/axb", false],
    ["x ", "/w/x", true],
    ["*", "/w/anything/at/all", true],
  ] as const) {
    assert.equal(ignored(lines, path), expected, `${JSON.stringify(lines)} on ${path}`);
  }
});

test("a file below an ignored folder cannot be brought back", () => {
  assert.equal(ignored("build/\n!build/keep.rs", "/w/build/keep.rs"), true);
});

test("paths outside of the patterns' folder are never matched", () => {
  assert.equal(patternsOf("/w/a", ["*"]).decides("/w/b", false), undefined);
});

test("stars upon stars do not take long", () => {
  // Time of the processor: other processes may have it for longer than the work takes.
  const started = process.cpuUsage();
  assert.equal(ignored(`${"*a".repeat(40)}b`, `/w/${"a".repeat(4000)}`), false);
  assert.equal(ignored(`${"**/a/".repeat(40)}b`, `/w/${"a/".repeat(200)}c`), false);
  assert.ok(process.cpuUsage(started).user < 1_000_000);
});

test("a bracket that nothing closes is a character, and many of them do not take long", () => {
  const started = process.cpuUsage();
  assert.equal(ignored("a[b", "/w/a[b"), true);
  assert.equal(ignored("a[]b]c", "/w/a]c"), true);
  assert.equal(ignored("[".repeat(200_000), `/w/${"[".repeat(255)}`), false);
  assert.equal(ignored(`a${" \t".repeat(100_000)}`, "/w/a"), true);
  assert.equal(ignored("a\\   ", "/w/a "), true);
  assert.ok(process.cpuUsage(started).user < 1_000_000);
});
