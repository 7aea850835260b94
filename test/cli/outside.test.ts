/**
 * Nothing outside of the workspace's folders is opened, over trees that try: what the program opens is written down, by its real path,
 * in the process itself. The promise is that of `LintOptions.roots` in `service/api.ts`.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { certificatePem, pem, privateKey } from "../certificates/build.ts";
import { ROOT } from "../harness/fixtures.ts";
import { skipWithout } from "../harness/programs.ts";
import { CLI, MISTAKEN } from "./cli.ts";

const posix = process.platform !== "win32";

/** A workspace `in` beside a folder `out`, both with files, and links between them. */
function tree(
  context: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
): { readonly at: (path: string) => string } {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "tlslint-outside-")));
  context.after(() => rmSync(base, { recursive: true, force: true }));
  const at = (path: string): string => join(base, path);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(at(path)), { recursive: true });
    symlinkSync(target.startsWith("/") ? target : at(target), at(path));
  }
  return { at };
}

/** Runs the program in `in`, and tells what it opened that does not lie there. */
function run({ at }: ReturnType<typeof tree>, args: readonly string[]) {
  const opens = at("opens");
  writeFileSync(opens, "");
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: at("in"),
    encoding: "utf8",
    timeout: 120_000,
    env: {
      ...process.env,
      NO_COLOR: "1",
      OPENS: opens,
      XDG_STATE_HOME: at("state"),
      XDG_CACHE_HOME: at("state"),
      NODE_OPTIONS: `--require ${join(ROOT, "test/harness/record-opens.cjs")}`,
    },
  });
  const opened = new Set<string>(
    readFileSync(opens, "utf8")
      .split("\n")
      .filter((it) => it !== "")
      .map((it) => JSON.parse(it)),
  );
  const product = realpathSync(join(ROOT, "server/out"));
  const isOurs = (path: string): boolean => [at("in"), at("state"), product].some((it) => path === it || path.startsWith(`${it}/`));
  return { status, stdout, stderr, opened, outside: [...opened].filter((it) => !isOurs(it)) };
}

const SECRET = certificatePem({ subject: "outside.example" });
const OUT = {
  "out/secret.pem": SECRET,
  "out/tlslint.toml": 'mtls = "off"\n',
  "out/Cargo.toml": MISTAKEN["Cargo.toml"],
  "out/a.rs": MISTAKEN["src/main.rs"],
};
/** With a key, of which it is asked whether git has it. */
const IN = {
  "in/server.key": pem("PRIVATE KEY", privateKey()),
  "in/Cargo.toml": MISTAKEN["Cargo.toml"],
  "in/src/main.rs": MISTAKEN["src/main.rs"],
  "in/ca.pem": certificatePem({ subject: "inside.example" }),
};

test("the record sees what is opened", { skip: !posix }, (context) => {
  const world = tree(context, { ...IN, ...OUT });
  const { opened, outside } = run(world, ["check"]);
  assert.ok(opened.has(world.at("in/src/main.rs")) && opened.has(world.at("in/ca.pem")));
  assert.deepEqual(outside, []);
  assert.deepEqual(
    run(world, ["inspect", "../out/secret.pem"]).outside.filter((it) => it.endsWith("secret.pem")),
    [world.at("out/secret.pem")],
  );
});

test("links to files and folders outside are not opened, and are told of", { skip: !posix }, (context) => {
  const world = tree(
    context,
    { ...IN, ...OUT },
    {
      "in/linked.pem": "out/secret.pem",
      "in/tlslint.toml": "out/tlslint.toml",
      "in/folder": "out",
      "in/src/a.rs": "out/a.rs",
      "in/member/Cargo.toml": "out/Cargo.toml",
      "in/loop.pem": "in/loop.pem",
      "in/passwd.key": "/etc/passwd",
    },
  );
  const { outside, stdout } = run(world, ["check"]);
  assert.deepEqual(outside, []);
  for (const it of ["linked.pem", "tlslint.toml", "folder", "src/a.rs", "member/Cargo.toml"])
    assert.match(stdout, new RegExp(`^${it}: out of reach: it is a link that leads out of the workspace$`, "m"));
  assert.doesNotMatch(stdout, /outside\.example/);
});

test("a link within the workspace is followed", { skip: !posix }, (context) => {
  const world = tree(context, { ...IN, "in/certs/real.txt.pem": SECRET }, { "in/here.pem": "in/certs/real.txt.pem" });
  assert.match(run(world, ["check", "here.pem"]).stdout, /here\.pem/);
});

test("neither settings nor code of the workspace name files outside", { skip: !posix }, (context) => {
  const world = tree(context, {
    ...IN,
    ...OUT,
    "in/tlslint.toml":
      'weak-key-lists = ["../out/secret.pem", "/etc/passwd", "/dev/zero"]\nclient-ca = "../out/secret.pem"\n[hosts]\n"../out/secret.pem" = ["a.example"]\n',
    "in/Cargo.toml": `${MISTAKEN["Cargo.toml"]}other = { path = "../out" }\n\n[[bin]]\nname = "b"\npath = "../out/a.rs"\n`,
    "in/src/main.rs": `#[path = "../../out/a.rs"] mod a;\ninclude!("../../out/a.rs");\n${MISTAKEN["src/main.rs"]}
pub const CA: &[u8] = include_bytes!("../../out/secret.pem");
pub fn trust() { reqwest::Certificate::from_pem(&std::fs::read("../out/secret.pem").unwrap()).unwrap(); }\n`,
  });
  const { outside, stderr } = run(world, ["check"]);
  assert.deepEqual(outside, []);
  assert.match(stderr, /it lies outside of the workspace/);
});

test("what the command line names may lie outside, and what that names in turn", { skip: !posix }, (context) => {
  const world = tree(context, { ...IN, "out/own.toml": 'weak-key-lists = ["weak"]\n', "out/weak": "# none\n" });
  assert.deepEqual(run(world, ["check", "--config", "../out/own.toml"]).outside.sort(), [world.at("out/own.toml"), world.at("out/weak")]);
});

test("of git only the index around the folders is read, and of a worktree only that which names it", { skip: !posix }, (context) => {
  const world = tree(context, {
    ...IN,
    "out/.git/worktrees/w/index": "DIRC",
    "out/.git/worktrees/w/gitdir": "/elsewhere/.git\n",
    "out/index": "DIRC",
  });
  writeFileSync(world.at("in/.git"), `gitdir: ${world.at("out")}\n`);
  assert.deepEqual(run(world, ["check"]).outside, []);
  writeFileSync(world.at("in/.git"), `gitdir: ${world.at("out/.git/worktrees/w")}\n`);
  assert.deepEqual(
    run(world, ["check"]).outside.filter((it) => it.endsWith("index")),
    [],
  );
});

test("a linked index of git is not read", { skip: !posix }, (context) => {
  const world = tree(context, { ...IN, "out/index": "DIRC" }, { "in/.git/index": "out/index" });
  assert.deepEqual(run(world, ["check"]).outside, []);
});

test("pipes, devices, sparse files, and deep and many folders neither hang nor lead outside", {
  skip: !posix || skipWithout("mkfifo", "--version"),
}, (context) => {
  const deep = Array.from({ length: 90 }, (_, at) => `d${at % 10}`).join("/");
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`in/many/${at}/x.txt`, "x"]));
  const world = tree(
    context,
    { ...IN, ...OUT, ...many, [`in/${deep}/x.pem`]: SECRET, "in/sparse.pem": "" },
    { "in/zero.pem": "/dev/zero", "in/tty.key": "/dev/tty", "in/nowhere.rs": "missing.rs" },
  );
  execFileSync("mkfifo", [world.at("in/pipe.pem"), world.at("in/src/pipe.rs"), world.at("in/.gitignore")]);
  truncateSync(world.at("in/sparse.pem"), 8 * 1024 ** 3);
  const { status, stdout, outside } = run(world, ["check"]);
  assert.deepEqual(outside, []);
  assert.equal(status, 2);
  assert.match(stdout, /^sparse\.pem: not analysed: it cannot be read: it has 8589934592 bytes/m);
  for (const [path, what] of [
    ["pipe.pem", "a pipe"],
    ["src/pipe.rs", "a pipe"],
    ["zero.pem", "a device"],
    ["nowhere.rs", "a link that leads nowhere"],
  ])
    assert.ok(stdout.split("\n").includes(`${path}: out of reach: it is ${what}`), `${path}\n${stdout}`);
  assert.match(stdout, /: not analysed: it lies more than 64 folders deep$/m);
  assert.match(stdout, /disabled-verification/);
});
