/** Names of a workspace: files that no module leads to, crates that the manifest lacks, and files that have to do with each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../../server/src/cargo/index.ts";
import type { Package } from "../../../server/src/project/index.ts";
import { WorkspaceNames } from "../../../server/src/project/workspace-names.ts";

const packageOf = (folder: string, dependencies = ""): Package => {
  const manifest = readManifest(`[package]\nname = "${folder.slice(1)}"\n[dependencies]\n${dependencies}`);
  if (!manifest.ok) throw new Error(JSON.stringify(manifest.error));
  const facts = {
    name: folder.slice(1),
    dependencies: new Map(),
    versions: new Map(),
    brought: new Map(),
    reached: "unknown" as const,
    behind: () => [],
    defaultFeatures: new Set<string>(),
    features: new Set<string>(),
  };
  return { folder, manifestPath: `${folder}/Cargo.toml`, manifest: manifest.value, workspaceFolder: folder, facts, example: false };
};

const named = (path: string, modulePath: readonly string[], text: string, owner?: Package) =>
  [{ path, owner, place: { modulePath, role: "source", crate: "src", parents: [] } as const }, text] as const;

/** What the first function of a file calls for certain. */
function calls(names: WorkspaceNames, path: string): readonly string[] {
  const [from] = names.maps.crates.flatMap(({ items }) => items.filter(({ fragment }) => fragment.path === path));
  return from === undefined
    ? []
    : names.calls.edgesFrom(from).flatMap((it) => it.to.map((to) => ("path" in to ? to.path.join("::") : to.name)));
}

test("a file that no module leads to knows its package's own names by `crate`", () => {
  const a = packageOf("/a");
  const names = WorkspaceNames.among([
    named("/a/src/lib.rs", [], "mod http;\n", a),
    named("/a/src/http.rs", ["http"], "pub fn client() {}\n", a),
    named("/a/src/other.rs", ["other"], "pub fn f() { crate::http::client(); }\n", a),
  ]);
  assert.deepEqual(calls(names, "/a/src/other.rs"), ["client"]);
});

test("a modelled crate that the manifest lacks, or has a fork of, is that crate; another one is not", () => {
  const text = (crate: string): string => `pub fn f() { ${crate}::Client::new(); }\n`;
  const callsOf = (crate: string, dependencies: string): readonly string[] =>
    calls(WorkspaceNames.among([named("/a/src/lib.rs", [], text(crate), packageOf("/a", dependencies))]), "/a/src/lib.rs");
  assert.deepEqual(callsOf("reqwest", ""), ["reqwest::Client::new"]);
  assert.deepEqual(callsOf("reqwest", 'reqwest = { package = "our-reqwest", version = "1" }\n'), ["reqwest::Client::new"]);
  assert.deepEqual(callsOf("nobody_knows", ""), []);
});

test("files have to do with each other in one package, and where one package depends on another", () => {
  const path = (of: string): string => `${of} = { path = "../${of}" }\n`;
  const names = WorkspaceNames.among([
    named("/net/src/lib.rs", [], "mod tls;\n", packageOf("/net")),
    named("/net/src/tls.rs", ["tls"], "", packageOf("/net")),
    named("/app/src/main.rs", [], "", packageOf("/app", path("net"))),
    named("/alone/src/main.rs", [], "", packageOf("/alone")),
  ]);
  const related = names.related(["/net/src/tls.rs", "/app/src/main.rs", "/alone/src/main.rs"]);
  assert.deepEqual(related.map((it) => it.toSorted()).toSorted(), [["/alone/src/main.rs"], ["/app/src/main.rs", "/net/src/tls.rs"]]);
  assert.deepEqual([...names.around("/net/src/tls.rs")].toSorted(), ["/net/src/lib.rs", "/net/src/tls.rs"]);
});

test("names hold where only bodies differ, and not where declarations do", () => {
  const names = WorkspaceNames.among([named("/a/src/lib.rs", [], "pub fn f() { g(); }\npub fn g() {}\npub fn h() {}\n", packageOf("/a"))]);
  assert.deepEqual(calls(names, "/a/src/lib.rs"), ["g"]);
  assert.equal(names.replaced("/a/src/lib.rs", "pub fn f() { h(); }\npub fn g() {}\npub fn h() {}\n"), true);
  assert.deepEqual(calls(names, "/a/src/lib.rs"), ["h"]);
  assert.equal(names.replaced("/a/src/lib.rs", "pub fn f() { h(); }\npub fn g() {}\n"), false);
});
