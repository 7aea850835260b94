/** What a program names is read, wherever it lies within the workspace and however it is called; what cannot be is out of reach. */
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const BAD = MISTAKEN["src/main.rs"];
const MANIFEST = { "Cargo.toml": MISTAKEN["Cargo.toml"] };

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly { readonly rule: string }[] }[];
  readonly notAnalysed: readonly { readonly path: string; readonly kind: string; readonly reason: string; readonly range: unknown }[];
}
function report(cwd: string): Report & { readonly found: readonly string[] } {
  const { stdout, stderr } = tlslint(cwd, ["check", "--format", "json"]);
  assert.ok(stdout.startsWith("{"), stderr);
  const read: Report = JSON.parse(stdout);
  return { ...read, found: read.files.filter((it) => it.findings.length > 0).map((it) => it.path) };
}

/** A program that names one file, and where that lies. */
const NAMED: readonly (readonly [what: string, main: string, path: string, more?: Readonly<Record<string, string>>])[] = [
  ["an ignored module", "mod bindings;", "src/bindings.rs", { ".gitignore": "bindings.rs\n" }],
  ["a module in an ignored folder", "mod a { pub mod b; }", "src/a/b.rs", { ".gitignore": "/src/a/\n" }],
  ["#[path] into output", '#[path = "../target/made.rs"] mod made;', "target/made.rs"],
  ["#[path] into a hidden folder", '#[path = "../.gen/x.rs"] pub(crate) mod x;', ".gen/x.rs", { ".gitignore": ".*\n" }],
  ["#[path] with another ending", '#[path = "x.rs.in"]\n#[allow(dead_code)]\nmod x;', "src/x.rs.in"],
  ["#[path] within a module", 'mod outer { #[path = "far.inc"] mod x; }', "src/outer/far.inc"],
  ["cfg_attr(path)", '#[cfg_attr(windows, path = "w.inc")]\n#[cfg_attr(unix, path = "u.inc")]\nmod os;', "src/u.inc"],
  ["include!", 'include!("parts/tls.inc");', "src/parts/tls.inc"],
  ["include! from the package", 'include!(concat!(env!("CARGO_MANIFEST_DIR"), "/gen/tls.inc"));', "gen/tls.inc"],
  ["a module of a module", "mod a;", "src/a/b.rs", { "src/a.rs": "mod b;\n", ".gitignore": "a*\n" }],
  ["a module within a macro", "cfg_if::cfg_if! { if #[cfg(unix)] { mod imp; } }", "src/imp.rs", { ".gitignore": "imp.rs\n" }],
];

for (const [what, main, path, more = {}] of NAMED)
  test(`${what} is read`, (context) => {
    const cwd = folder(context, { ...MANIFEST, ...more, "src/main.rs": `${main}\nfn main() {}\n`, [path]: BAD });
    assert.deepEqual(report(cwd).found, [path]);
  });

test("what only looks like a name is none", (context) => {
  const main = `// mod bindings;\n/* mod bindings; */\nconst A: &str = "mod bindings; include!(\\"bindings.rs\\")";\nfn main() { let r#mod = 1; }\n`;
  const cwd = folder(context, { ...MANIFEST, ".gitignore": "bindings.rs\n", "src/main.rs": main, "src/bindings.rs": BAD });
  const { found, notAnalysed } = report(cwd);
  assert.deepEqual([found, notAnalysed], [[], []]);
});

test("what is not here is out of reach, at the place that names it", (context) => {
  const main = `mod gone;
#[cfg(windows)]
mod windows;
include!(concat!(env!("OUT_DIR"), "/made.rs"));
include!(made_up!());
fn main() {}
`;
  const { found, notAnalysed } = report(folder(context, { ...MANIFEST, "src/main.rs": main }));
  assert.deepEqual(found, []);
  assert.deepEqual(
    notAnalysed.map(({ path, kind, reason, range }) => [path, kind, reason, JSON.stringify(range).slice(0, 19)]),
    [
      ["src/main.rs", "out-of-reach", "module `gone` is not read: no file of it is within the workspace", '{"start":{"line":1,'],
      [
        "src/main.rs",
        "out-of-reach",
        "module `windows` is not read: it belongs to another configuration, and no file of it is here",
        '{"start":{"line":3,',
      ],
      ["src/main.rs", "out-of-reach", "what a build script generates is not read: it is there only in a build", '{"start":{"line":4,'],
      ["src/main.rs", "out-of-reach", "what a macro names is not read: it is there only in a build", '{"start":{"line":5,'],
    ],
  );
});

test("a module that a link leads out of the workspace is out of reach", { skip: process.platform === "win32" }, (context) => {
  const cwd = folder(context, { "in/Cargo.toml": MANIFEST["Cargo.toml"], "in/src/main.rs": "mod tls;\nfn main() {}\n", "out/tls.rs": BAD });
  mkdirSync(join(cwd, "in/.git"));
  symlinkSync(join(cwd, "out/tls.rs"), join(cwd, "in/src/tls.rs"));
  const { found, notAnalysed } = report(join(cwd, "in"));
  assert.deepEqual(found, []);
  assert.deepEqual(notAnalysed.map((it) => [it.path, it.kind]).sort(), [
    ["src/main.rs", "out-of-reach"],
    ["src/tls.rs", "out-of-reach"],
  ]);
});

test("what an editor has open is followed, too, and forgotten with the name", async (context: TestContext) => {
  const { createLintService } = await import("../../server/src/service/index.ts");
  const { memoryHost } = await import("../harness/memory-host.ts");
  const host = memoryHost({ "/w/Cargo.toml": MANIFEST["Cargo.toml"], "/w/src/main.rs": "fn main() {}\n", "/w/src/tls.inc": BAD });
  const service = await createLintService(host, { roots: ["/w"] });
  context.after(() => service.dispose());
  assert.deepEqual((await service.files("/w")).files, ["/w/Cargo.toml", "/w/src/main.rs"]);
  service.open("/w/src/main.rs", '#[path = "tls.inc"] mod tls;\nfn main() {}\n');
  assert.deepEqual((await service.files("/w")).files, ["/w/Cargo.toml", "/w/src/main.rs", "/w/src/tls.inc"]);
  assert.deepEqual(
    (await service.lint("/w/src/tls.inc")).findings.map((it) => it.rule),
    ["disabled-verification"],
  );
  service.change("/w/src/main.rs", "fn main() {}\n", undefined);
  assert.deepEqual((await service.files("/w")).files, ["/w/Cargo.toml", "/w/src/main.rs"]);
});
