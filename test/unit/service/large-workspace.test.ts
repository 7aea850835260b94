/** Workspaces and files of a size that no bound may make look clean: every fault is found, and what was left out is said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { failureOf } from "../../../server/src/service/gaps.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const CLIENT =
  "pub fn client() -> reqwest::Result<reqwest::Client> {\n    reqwest::Client::builder().danger_accept_invalid_certs(true).build()\n}\n";
const ROOTS = "pub fn roots() -> rustls::RootCertStore {\n    rustls::RootCertStore::empty()\n}\n";
const PACKAGES = 100;
const MODULES = 99;

/** Each package depends on the one before; each module uses the next; all types are alike. */
function crowded(): Record<string, string> {
  const files: Record<string, string> = { "/w/Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n' };
  for (let at = 0; at < PACKAGES; at++) {
    const folder = `/w/crates/p${at}`;
    const above = at === 0 ? "" : `p${at - 1} = { path = "../p${at - 1}" }\n`;
    files[`${folder}/Cargo.toml`] =
      `[package]\nname = "p${at}"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\nrustls = "0.23"\n${above}`;
    files[`${folder}/src/lib.rs`] = Array.from({ length: MODULES }, (_, it) => `pub mod m${it};\n`).join("");
    for (let module = 0; module < MODULES; module++) {
      const next = `crate::m${(module + 1) % MODULES}::Counter`;
      const own = `pub struct Counter(pub u32);\nimpl Counter {\n    pub fn next(&self) -> ${next} {\n        ${next}(self.0)\n    }\n}\n`;
      files[`${folder}/src/m${module}.rs`] = own + (module === 50 ? CLIENT : module % 20 === 0 ? ROOTS : "");
    }
  }
  return files;
}

test("in a workspace of 10,000 files every fault is found", async () => {
  const files = crowded();
  const rust = Object.keys(files).filter((it) => it.endsWith(".rs"));
  assert.equal(rust.length, 10_000);
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const found: string[] = [];
  for (const file of rust) {
    const { findings, gaps } = await service.lint(file);
    assert.deepEqual(gaps, [], file);
    if (findings.some((it) => it.rule === "disabled-verification" && it.severity === "error")) found.push(file);
  }
  assert.deepEqual(
    found,
    rust.filter((it) => it.endsWith("/m50.rs")),
  );
});

test("a file of 200,000 lines is read, and a longer one is said not to be", async () => {
  const line = "fn f() { g(); }\n";
  const [read, tooLong] = [200_000, 300_000].map((count) => line.repeat(count) + CLIENT);
  const files = { "/w/Cargo.toml": '[package]\nname = "w"\n', "/w/src/main.rs": read ?? "", "/w/src/long.rs": tooLong ?? "" };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const { findings, gaps } = await service.lint("/w/src/main.rs");
  assert.deepEqual(
    findings.map((it) => it.rule),
    ["disabled-verification"],
  );
  assert.deepEqual(gaps, []);
  assert.match(failureOf(await service.lint("/w/src/long.rs")) ?? "", /could not be parsed: \d+ code units, at most \d+ are read/);
});

const PARTS = 60;

/** A program whose start uses sixty modules: what one of them decides is honoured by another. */
function wide(): Record<string, string> {
  const modules = Array.from({ length: PARTS }, (_, it) => `m${it}`);
  const parts = modules.map((it, at) => [
    `/w/src/${it}.rs`,
    `pub struct Part${at};\nimpl Part${at} {\n    pub fn open(&self) -> bool {\n        ${at === PARTS - 1 ? "true" : "false"}\n    }\n}\n`,
  ]);
  const uses = modules.map((it, at) => `use crate::${it}::Part${at};\n`).join("");
  const opened = modules.map((_, at) => `    let part_${at} = Part${at}.open();\n`).join("");
  return {
    "/w/Cargo.toml": '[package]\nname = "w"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n',
    "/w/src/main.rs": `${modules.map((it) => `mod ${it};\n`).join("")}mod net;\n${uses}fn main() {\n${opened}    drop(net::client(part_${PARTS - 1}));\n}\n`,
    "/w/src/net.rs":
      "pub fn client(lenient: bool) -> reqwest::Result<reqwest::Client> {\n    reqwest::Client::builder().danger_accept_invalid_certs(lenient).build()\n}\n",
    ...Object.fromEntries(parts),
  };
}

test("a program of more than sixty files is read as one", async () => {
  const service = await createLintService(memoryHost(wide()), { roots: ["/w"] });
  const { findings } = await service.lint(`/w/src/m${PARTS - 1}.rs`);
  assert.deepEqual(
    findings.map((it) => `${it.rule} ${it.severity}`),
    ["disabled-verification error"],
  );
});

const LARGE = 9;
const USERS = 70;

/** Seventy files that all use the same nine large ones. */
function entangled(): Record<string, string> {
  const large = Array.from({ length: LARGE }, (_, it) => `Large${it}`);
  const filler = `${"// what nobody reads\n".repeat(19_000)}`;
  const users = Array.from({ length: USERS }, (_, it) => `u${it < 10 ? "0" : ""}${it}`);
  const opened = large.map((it, at) => `    crate::l${at}::${it}.open();\n`).join("");
  return {
    "/w/Cargo.toml": '[package]\nname = "w"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n',
    "/w/src/lib.rs": [...large.map((_, at) => `l${at}`), ...users].map((it) => `mod ${it};\n`).join(""),
    ...Object.fromEntries(
      large.map((it, at) => [`/w/src/l${at}.rs`, `pub struct ${it};\nimpl ${it} {\n    pub fn open(&self) {}\n}\n${filler}`]),
    ),
    ...Object.fromEntries(users.map((it) => [`/w/src/${it}.rs`, `pub fn ${it}() {\n${opened}    drop(client());\n}\n${CLIENT}`])),
  };
}

test("where many files use the same large ones, all are analysed as the first one is", async () => {
  const host = memoryHost(entangled());
  const service = await createLintService(host, { roots: ["/w"] });
  for (const file of host.contents.keys()) {
    if (!/\/u\d+\.rs$/.test(file)) continue;
    const { findings, gaps } = await service.lint(file);
    assert.deepEqual(
      findings.map((it) => `${it.rule} ${it.severity}`),
      ["disabled-verification error"],
      file,
    );
    assert.deepEqual(gaps, [], file);
  }
  assert.deepEqual(host.lines, []);
});

test("manifests that name what is not there hide nothing", async () => {
  const manifest = `[package]
name = "w"
build = "missing/build.rs"
[lib]
path = "missing/lib.rs"
[[bin]]
name = "tool"
path = "src/../../outside/main.rs"
[dependencies]
gone = { path = "../gone" }
w = { path = "." }
`;
  const files = {
    "/w/Cargo.toml": manifest,
    "/w/src/lib.rs": `#[path = "nowhere.rs"]\nmod nowhere;\nmod missing;\n#[path = "lib.rs"]\nmod again;\npub use gone::client as other;\n${CLIENT}`,
  };
  const service = await createLintService(memoryHost(files), { roots: ["/w"] });
  const { findings, gaps } = await service.lint("/w/src/lib.rs");
  assert.deepEqual(
    findings.map((it) => it.rule),
    ["disabled-verification"],
  );
  assert.deepEqual(
    gaps.map((it) => [it.kind, it.reason.split(" is ")[0]]),
    [
      ["out of reach", "module `nowhere`"],
      ["out of reach", "module `missing`"],
    ],
  );
});
