/** Which package a file belongs to, and which module of it it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../../../server/src/cargo/index.ts";
import { Files, isTestCode, modulePlace, Packages } from "../../../server/src/project/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

function packagesOver(files: Record<string, string>, roots = ["/w"]) {
  const problems: string[] = [];
  return { packages: new Packages(new Files(memoryHost(files)), roots, (it) => problems.push(`${it.path}: ${it.message}`)), problems };
}

const PACKAGE = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nrustls = "0.22"\n';
const LOCK = '[[package]]\nname = "a"\nversion = "0.1.0"\ndependencies = ["rustls"]\n[[package]]\nname = "rustls"\nversion = "0.22.4"\n';

test("a package takes its versions from the lock file of its workspace", async () => {
  const { packages } = packagesOver({
    "/w/Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
    "/w/Cargo.lock": LOCK,
    "/w/crates/a/Cargo.toml": PACKAGE,
  });
  const found = await packages.packageOf("/w/crates/a/src/deep/file.rs");
  assert.equal(found?.folder, "/w/crates/a");
  assert.equal(found?.workspaceFolder, "/w");
  assert.equal(found?.facts.dependencies.get("rustls")?.version, "0.22.4");
});

test("without a lock file a package comes to what the manifests that it depends on by paths name, in turn", async () => {
  const manifest = (name: string, dependencies: string): string => `[package]\nname = "${name}"\nversion = "0.1.0"\n${dependencies}`;
  const around = (more: Record<string, string>) =>
    packagesOver({
      "/w/Cargo.toml": '[workspace]\nmembers = ["*"]\n[workspace.dependencies]\nnet-core = { path = "core" }\n',
      "/w/app/Cargo.toml": manifest("app", "[dependencies]\nnet-core.workspace = true\n[dev-dependencies]\nrocket = '0.5'\n"),
      "/w/core/Cargo.toml": manifest(
        "net-core",
        "[dependencies]\nnative-tls = '0.2'\nlow = { path = '../low' }\n[dev-dependencies]\nwarp = '0.3'\n",
      ),
      "/w/low/Cargo.toml": manifest(
        "low",
        "[build-dependencies]\nring = '0.17'\n[dependencies]\napp = { path = '../app', optional = true }\n",
      ),
      ...more,
    }).packages;
  const reached = async (more: Record<string, string> = {}): Promise<unknown> => {
    const found = (await around(more).packageOf("/w/app/src/main.rs"))?.facts.reached;
    return found instanceof Set ? [...found].toSorted() : found;
  };
  assert.deepEqual(await reached(), ["app", "low", "native_tls", "net_core", "ring", "rocket"]);
  assert.equal(await reached({ "/w/low/Cargo.toml": "" }), "unknown");
  assert.equal(
    await reached({ "/w/low/Cargo.toml": manifest("low", "[dependencies]\nlower = { git = 'https://example.test' }\n") }),
    "unknown",
  );
  assert.equal(await reached({ "/w/low/Cargo.toml": manifest("low", "[dependencies]\nlower = { path = '../../x' }\n") }), "unknown");
  const lock =
    '[[package]]\nname = "app"\nversion = "0.1.0"\ndependencies = ["net-core"]\n[[package]]\nname = "net-core"\nversion = "0.1.0"\n';
  assert.deepEqual(await reached({ "/w/Cargo.lock": lock }), ["net_core", "rocket"]);
});

test("an excluded package has no part in the workspace", async () => {
  const { packages } = packagesOver({
    "/w/Cargo.toml": '[workspace]\nexclude = ["fuzz"]\n',
    "/w/fuzz/Cargo.toml": PACKAGE,
  });
  const found = await packages.packageOf("/w/fuzz/src/main.rs");
  assert.equal(found?.workspaceFolder, "/w/fuzz");
});

test("a broken lock file is said once, and Cargo.toml stands in", async () => {
  const { packages, problems } = packagesOver({ "/w/Cargo.toml": PACKAGE, "/w/Cargo.lock": "[[package]\nname = 3" });
  const found = await packages.packageOf("/w/src/main.rs");
  await packages.packageOf("/w/src/other.rs");
  assert.equal(found?.facts.dependencies.get("rustls")?.version, "0.22.0");
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? "", /^\/w\/Cargo\.lock: it is no valid lock file/);
});

test("nothing above the roots is read", async () => {
  const host = memoryHost({ "/Cargo.toml": PACKAGE, "/w/x/src/main.rs": "" });
  const packages = new Packages(new Files(host), ["/w"], () => {});
  assert.equal(await packages.packageOf("/w/x/src/main.rs"), undefined);
  assert.equal(host.reads.has("/Cargo.toml"), false);
});

test("a target's modules are what it is, wherever the manifest puts it", () => {
  const read = readManifest(
    `${PACKAGE}[[bench]]\nname = "all"\npath = "bench/all.rs"\n[[example]]\nname = "shown"\npath = "src/shown.rs"\n`,
  );
  assert.ok(read.ok);
  const roleOf = (path: string): string => modulePlace(`/w/${path}`, "/w", read.value).role;
  assert.deepEqual(["bench/all.rs", "bench/support/client.rs", "src/client.rs", "other/client.rs"].map(roleOf), [
    "bench",
    "bench",
    "source",
    "source",
  ]);
});

test("within the source a target's root has the modules of a folder of its own, and no others", () => {
  const read = readManifest(
    `${PACKAGE}[[test]]\nname = "all"\npath = "src/tests/mod.rs"\n[[example]]\nname = "shown"\npath = "src/net/shown.rs"\n[[bin]]\nname = "b"\npath = "src/tools/main.rs"\n`,
  );
  assert.ok(read.ok);
  const roleOf = (path: string): string => modulePlace(`/w/${path}`, "/w", read.value).role;
  assert.equal(roleOf("src/tests/mod.rs"), "test");
  assert.equal(roleOf("src/tests/keys.rs"), "test");
  assert.equal(roleOf("src/tests/util/server.rs"), "test");
  assert.equal(roleOf("src/net/shown.rs"), "example");
  for (const path of ["src/net/tls.rs", "src/tools/tls.rs", "src/tests.rs", "src/lib.rs"]) assert.equal(roleOf(path), "source", path);
});

test("files have the module paths that Cargo's layout gives them", () => {
  for (const [path, modulePath, role] of [
    ["src/main.rs", [], "source"],
    ["src/lib.rs", [], "source"],
    ["src/a.rs", ["a"], "source"],
    ["src/a/mod.rs", ["a"], "source"],
    ["src/a/b.rs", ["a", "b"], "source"],
    ["src/bin/x.rs", [], "source"],
    ["src/bin/x/main.rs", [], "source"],
    ["src/bin/x/y.rs", ["y"], "source"],
    ["tests/x.rs", [], "test"],
    ["tests/common/mod.rs", ["common"], "test"],
    ["tests/x/main.rs", [], "test"],
    ["tests/x/y.rs", ["x", "y"], "test"],
    ["benches/b.rs", [], "bench"],
    ["examples/e.rs", [], "example"],
    ["examples/e/main.rs", [], "example"],
    ["build.rs", [], "build"],
  ] as const) {
    const place = modulePlace(`/w/${path}`, "/w", undefined);
    assert.deepEqual([place.modulePath, place.role], [modulePath, role], path);
  }
});

test("a module that is declared under cfg(test) is test code, and so are those below it", async () => {
  const files = new Files(
    memoryHost({
      "/w/src/lib.rs": "pub mod a;\n#[cfg(test)]\nmod tests;\n",
      "/w/src/a.rs": 'fn f() {}\n#[cfg(all(test, feature = "x"))]\nmod checks;\npub mod real;\n',
    }),
  );
  const isTest = (path: string) => isTestCode(modulePlace(`/w/${path}`, "/w", undefined), undefined, files);
  assert.equal(await isTest("src/tests.rs"), true);
  assert.equal(await isTest("src/tests/deep.rs"), true);
  assert.equal(await isTest("src/a/checks.rs"), true);
  assert.equal(await isTest("src/a/real.rs"), false);
  assert.equal(await isTest("src/a.rs"), false);
});

test("so is one inside of an inline module, whatever a comment says of it", async () => {
  const lib =
    "// mod noted;\n#[cfg(test)]\nmod noted;\n#[cfg(test)] mod inner { mod deep; }\npub mod outer { #[cfg(test)] mod checks; mod real; }\n";
  const files = new Files(memoryHost({ "/w/src/lib.rs": lib }));
  const isTest = (path: string) => isTestCode(modulePlace(`/w/${path}`, "/w", undefined), undefined, files);
  assert.equal(await isTest("src/noted.rs"), true);
  assert.equal(await isTest("src/inner/deep.rs"), true);
  assert.equal(await isTest("src/outer/checks.rs"), true);
  assert.equal(await isTest("src/outer/real.rs"), false);
});

test("and so is one behind features that are there for tests by their names, and nothing else", async () => {
  const lib = [
    '#[cfg(any(test, feature = "test-helpers"))]\npub mod helpers;',
    '#[cfg(feature = "testing")]\npub mod kit;',
    '#[cfg(any(test, feature = "client"))]\npub mod client;',
    '#[cfg(any(unix, feature = "testing"))]\npub mod unix;',
    '#[cfg(not(feature = "testing"))]\npub mod real;',
  ].join("\n");
  const files = new Files(memoryHost({ "/w/src/lib.rs": lib }));
  const isTest = (path: string) => isTestCode(modulePlace(`/w/${path}`, "/w", undefined), undefined, files);
  assert.equal(await isTest("src/helpers.rs"), true);
  assert.equal(await isTest("src/helpers/keys.rs"), true);
  assert.equal(await isTest("src/kit.rs"), true);
  for (const path of ["src/client.rs", "src/unix.rs", "src/real.rs"]) assert.equal(await isTest(path), false, path);
});

test("what all, any and not make of these counts, however they are nested", async () => {
  const tests = [
    "any(test)",
    "all(unix, any(test, all(test, windows)))",
    'any(all(test, unix), feature = "test-util")',
    'all(feature = "testing", unix)',
  ];
  const others = [
    "all(not(any(test, miri)), unix)",
    "all(any(test, unix), windows)",
    "not(test)",
    "any()",
    "test_mode",
    'any(not(feature = "testing"), test)',
  ];
  const names = [...tests, ...others].map((cfg, at) => ({ cfg, name: `m${at}` }));
  const lib = names.map(({ cfg, name }) => `#[cfg(${cfg})]\nmod ${name};`).join("\n");
  const files = new Files(memoryHost({ "/w/src/lib.rs": lib }));
  for (const { cfg, name } of names) {
    const found = await isTestCode(modulePlace(`/w/src/${name}.rs`, "/w", undefined), undefined, files);
    assert.equal(found, tests.includes(cfg), cfg);
  }
});
