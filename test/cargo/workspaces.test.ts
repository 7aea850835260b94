/** The workspaces of several files compile, and so does what the fixes make of them. */
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { tlslint } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";
import { compiles } from "./whole-workspace.ts";
import { skipWithoutCargo } from "./workspace.ts";

const FOLDER = join(ROOT, "test/fixtures/workspaces");

test("the workspaces compile as they are", { skip: skipWithoutCargo }, (context) => compiles(context, "workspaces", "as it is", FOLDER));

test("they compile after every fix", { skip: skipWithoutCargo }, async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-workspaces-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(FOLDER, folder, { recursive: true });
  const { stderr } = tlslint(folder, ["check", "--fix-review"]);
  assert.match(stderr, /disabled-verification/, "something was fixed");
  await compiles(context, "workspaces", "fixed", folder);
});
