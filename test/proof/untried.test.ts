/** Every crate that has remedies, and every rule about code, has a row in docs/proof.md, or a reason there; without building anything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { codeRules } from "../../server/src/rules/index.ts";
import { CLIENTS } from "./clients.ts";
import { SERVERS } from "./servers.ts";
import { UNTRIED } from "./untried.ts";

test("what no handshake proves has its reason", () => {
  const rows = new Set([
    ...[...SERVERS, ...CLIENTS].flatMap((it) => it.crates),
    ...CLIENTS.flatMap((it) => it.connections).flatMap((it) => it.crates ?? []),
  ]);
  const told = UNTRIED.flatMap((it) => it.packages ?? []);
  const having = models.filter((it) => (it.recipes?.length ?? 0) > 0 && it.versions !== "").map((it) => it.package);
  assert.deepEqual(
    having.filter((it) => !rows.has(it) && !told.includes(it)),
    [],
  );
  assert.deepEqual(
    told.filter((it) => rows.has(it) || !having.includes(it)),
    [],
    "a reason that is not needed",
  );
});

test("every rule about code has a row, or a reason for having none", () => {
  const mistakes = [...SERVERS.flatMap((it) => it.listeners), ...CLIENTS.flatMap((it) => it.connections)];
  const rows = new Set(mistakes.flatMap((it) => [it.rule, ...("also" in it ? (it.also ?? []) : [])]));
  const told = UNTRIED.flatMap((it) => it.rules ?? []);
  const about = codeRules.map((it) => it.id);
  assert.deepEqual(
    about.filter((it) => !rows.has(it) && !told.includes(it)),
    [],
  );
  assert.deepEqual(
    told.filter((it) => rows.has(it) || !about.includes(it)),
    [],
    "a reason that is not needed",
  );
});
