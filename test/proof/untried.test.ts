/** Every crate that has remedies, and every rule about code, on each side, has a row in docs/proof.md, or a reason there; without building anything. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { models } from "../../server/src/models/index.ts";
import { codeRules } from "../../server/src/rules/index.ts";
import { sidesOf } from "../laws/remedies.ts";
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

/** On which side of a connection rows, or reasons, speak of a rule. */
const SIDES: readonly ("server" | "client")[] = ["server", "client"];
type Told = { readonly rule: string; readonly side: "server" | "client" };

test("every rule about code has a row on each side where it fires, or a reason for having none", () => {
  const rows = [
    ...SERVERS.flatMap((it) => it.listeners).flatMap(({ rule, also = [] }) =>
      [rule, ...also].map((it): Told => ({ rule: it, side: "server" })),
    ),
    ...CLIENTS.flatMap((it) => it.connections).flatMap(({ rule, also = [] }) =>
      [rule, ...also].map((it): Told => ({ rule: it, side: "client" })),
    ),
  ];
  const reasons = UNTRIED.flatMap(({ rules = [], side }) =>
    rules.map((rule) => (side === undefined ? SIDES : [side]).map((it): Told => ({ rule, side: it }))),
  );
  const written = ({ rule, side }: Told): string => `${rule} of a ${side}`;
  const known = new Set([...rows, ...reasons.flat()].map(written));
  const wanted = codeRules.flatMap((rule) => [...sidesOf(rule)].map((side): Told => ({ rule: rule.id, side })));
  assert.deepEqual(
    wanted.map(written).filter((it) => !known.has(it)),
    [],
  );
  // Without a remedy anywhere there is no side.
  const mentioned = new Set([...rows, ...reasons.flat()].map((it) => it.rule));
  assert.deepEqual(
    codeRules.map((it) => it.id).filter((it) => !mentioned.has(it)),
    [],
  );
  const tried = new Set(rows.map(written));
  const about = new Set<string>(codeRules.map((it) => it.id));
  assert.deepEqual(
    reasons.filter((it) => it.every((one) => tried.has(written(one)) || !about.has(one.rule))),
    [],
    "a reason that is not needed",
  );
});
