/** There are few ways out of the product for text, and all of them make it visible first. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";

const sources = readdirSync(join(ROOT, "server/src"), { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".ts"))
  .map((it) => ({ name: it.replaceAll("\\", "/"), lines: readFileSync(join(ROOT, "server/src", it), "utf8").split("\n") }));

const found = (pattern: RegExp): readonly string[] =>
  sources.flatMap(({ name, lines }) => lines.flatMap((line) => (pattern.test(line) ? [`${name}: ${line.trim()}`] : [])));

test("whatever is written to a stream went through `terminalText`, or is a command of ours", () => {
  const writes = found(/\b(?:stdout|stderr)\b.*\.write\(/);
  assert.ok(writes.length >= 4, "the law finds the sinks");
  // A line end of ours is all that needs nothing.
  assert.deepEqual(
    writes.filter((it) => !/\b(?:terminalText|commandText)\(/.test(it) && !it.includes('stderr.write("\\n")')),
    [],
  );
});

test("there is no other way to a stream", () => {
  assert.deepEqual(
    found(/\bconsole\.(?:log|error|warn|info|debug|trace)\(/).filter((it) => !it.startsWith("lsp/")),
    [],
  );
  const streams = new Set(found(/\bprocess\.std(?:out|err)\b|\{[^}]*\bstd(?:out|err)\b[^}]*\} = process/).map((it) => it.split(":")[0]));
  assert.deepEqual([...streams].sort(), ["cli/password.ts", "cli/world.ts", "lsp/process.ts", "main-cli.ts", "node-host.ts"]);
});

test("what the server sends goes through one writer", () => {
  const connections = found(/\bcreateConnection\(/);
  assert.ok(connections.length >= 1);
  assert.deepEqual(
    connections.filter((it) => !/^lsp\/(?:process|worker)\.ts:/.test(it) || !it.includes("visibleWriter(")),
    [],
  );
});

test("JSON is written by `jsonText`", () => {
  const printed = found(/\bprint(?:Exactly)?\(.*JSON\.stringify|return `\$\{JSON\.stringify/);
  assert.deepEqual(printed, []);
});

test("no exception's text or stack is put into words", () => {
  const texts = found(/\berror\.(?:message|stack)\b|\breason\.(?:message|stack)\b|String\((?:error|reason)\)/).filter((it) => !isOwn(it));
  assert.deepEqual(texts, []);
});

/** Readers of DER and TOML give errors as values, in our own words. `crashPlace` takes places out of a stack and nothing else. */
const isOwn = (it: string): boolean =>
  /^(?:pki|rules|cargo|project)\//.test(it) ||
  it.startsWith("base/crash.ts") ||
  it.startsWith("service/configuration/") ||
  /parsed\.error|read\.error/.test(it);
