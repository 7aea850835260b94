/** Packages that have nothing to do with each other are analysed apart: a change in one costs nothing in the other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Unit } from "../../../server/src/service/code/unit.ts";
import { Workspace } from "../../../server/src/service/workspace.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const manifest = (name: string, more = ""): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\nreqwest = "0.12"\n${more}`;
const LAX = "pub fn client() -> reqwest::Client { reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap() }\n";
const FILES = {
  "/w/a/Cargo.toml": manifest("a"),
  "/w/a/src/lib.rs": LAX,
  "/w/b/Cargo.toml": manifest("b"),
  "/w/b/src/lib.rs": LAX,
  "/w/c/Cargo.toml": manifest("c", 'a = { path = "../a" }\n'),
  "/w/c/src/lib.rs": `pub fn get() -> reqwest::Client { a::client() }\n${LAX}`,
};

async function unitsOf(workspace: Workspace, path: string): Promise<readonly Unit[]> {
  const units = await workspace.rust.holding(path, undefined);
  assert.ok(units !== undefined && units.length > 0, path);
  return units;
}

test("what a file declares anew concerns the packages that depend on it, and no others", async (context) => {
  const workspace = new Workspace(memoryHost(FILES), { roots: ["/w"] });
  context.after(() => workspace.dispose());
  const [user, other] = [await unitsOf(workspace, "/w/c/src/lib.rs"), await unitsOf(workspace, "/w/b/src/lib.rs")];
  workspace.files.setOpen("/w/a/src/lib.rs", `${LAX}pub fn more() {}\n`);
  workspace.rust.forget(["/w/a/src/lib.rs"]);
  assert.equal((await unitsOf(workspace, "/w/b/src/lib.rs"))[0], other[0]);
  assert.notEqual((await unitsOf(workspace, "/w/c/src/lib.rs"))[0], user[0]);
});

test("a text that is opened as it was costs nothing", async (context) => {
  const workspace = new Workspace(memoryHost(FILES), { roots: ["/w"] });
  context.after(() => workspace.dispose());
  const [before] = await unitsOf(workspace, "/w/a/src/lib.rs");
  workspace.files.setOpen("/w/a/src/lib.rs", LAX);
  workspace.rust.forget(["/w/a/src/lib.rs"]);
  assert.equal((await unitsOf(workspace, "/w/a/src/lib.rs"))[0], before);
});

test("a fork goes on from there, and leaves what it came from as it is", async (context) => {
  const workspace = new Workspace(memoryHost(FILES), { roots: ["/w"] });
  context.after(() => workspace.dispose());
  const [a] = await unitsOf(workspace, "/w/a/src/lib.rs");
  const [b] = await unitsOf(workspace, "/w/b/src/lib.rs");
  const fork = await workspace.fork();
  context.after(() => fork.dispose());
  fork.files.setOpen("/w/a/src/lib.rs", LAX.replace("true", "false"));
  fork.rust.forget(["/w/a/src/lib.rs"]);
  assert.equal((await unitsOf(fork, "/w/b/src/lib.rs"))[0], b);
  assert.notEqual((await unitsOf(fork, "/w/a/src/lib.rs"))[0], a);
  assert.equal((await unitsOf(workspace, "/w/a/src/lib.rs"))[0], a);
  assert.notEqual(a?.read(), undefined);
});
