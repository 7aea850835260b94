/** The examples compile, and so does what the fixes of the mistaken ones make of them. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tlslint } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";
import { compiles } from "./whole-workspace.ts";
import { skipWithoutCargo } from "./workspace.ts";

test("the examples compile as they are", { skip: skipWithoutCargo }, (context) =>
  compiles(context, "examples", "as it is", join(ROOT, "examples")),
);

test("the mistaken examples compile after every fix, and nothing that could be fixed is left", {
  skip: skipWithoutCargo,
}, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-examples-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, "examples"), folder, { recursive: true, filter: (path) => !/[\\/](target|certs|guide)$/.test(path) });
  for (let round = 0; round < 4; round++) tlslint(folder, ["check", "--fix-review"]);
  await compiles(context, "examples", "fixed", folder);
  const { files } = JSON.parse(tlslint(folder, ["check", "--format", "json"]).stdout);
  const left = files.flatMap((file: { findings: { rule: string; fixes: unknown[] }[] }) => file.findings);
  assert.deepEqual(
    left.filter(({ fixes }: { fixes: unknown[] }) => fixes.length > 0),
    [],
  );
});
