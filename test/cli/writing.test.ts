/** Writing among hostile files, on full disks and until killed: all files that belong together or none, and nothing else at all. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, before, describe, type TestContext, test } from "node:test";
import { build, stop } from "esbuild";
import type { FileSystem } from "../../server/src/cli/writing/file-system.ts";
import { ROOT } from "../harness/fixtures.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";
import { Dead, deadFrom, refused, watched, writerOf } from "./fault.ts";
import { AFTER, BEFORE, CHANGES, CREATED } from "./writing-case.ts";

const POSIX = process.platform !== "win32";
const IS_ROOT = process.getuid?.() === 0;
const NOBODY = 65534;

/** Every regular file below a folder by its name. */
function contents(root: string): Readonly<Record<string, string>> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  return Object.fromEntries(
    names.map((it) => [relative(root, join(it.parentPath, it.name)), readFileSync(join(it.parentPath, it.name), "utf8")]),
  );
}

function place(context: TestContext) {
  const root = folder(context, BEFORE);
  const journal = join(folder(context, {}), "journal");
  return { root, journal, write: (files: FileSystem) => writerOf(root, journal, files).writeAll(CHANGES(root), CREATED(root)) };
}

/** Puts the files back. */
function reset(root: string): void {
  rmSync(join(root, "src"), { recursive: true });
  for (const [name, text] of Object.entries(BEFORE)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/** How many calls one writing takes. */
function calls(run: (files: FileSystem) => void): number {
  let count = 0;
  run(watched(() => count++));
  return count;
}

function allOrNone(root: string, journal: string, message: string): void {
  const found = contents(root);
  assert.deepEqual(found, "src/c.key" in found ? AFTER : BEFORE, message);
  assert.deepEqual(readdirSync(journal), [], `${message}: the journal is empty`);
}

describe("a run that is killed", { skip: !POSIX }, () => {
  let program = "";
  before(async () => {
    program = join(mkdtempSync(join(tmpdir(), "tlslint-killed-")), "killed.mjs");
    await build({
      entryPoints: [join(ROOT, "test/cli/killed.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: program,
      logLevel: "error",
    });
    await stop();
  });
  after(() => rmSync(dirname(program), { recursive: true, force: true }));

  test("by the system, before any of its calls: the next one completes it or takes it back", (context) => {
    const { root, journal, write } = place(context);
    const count = calls(write);
    assert.ok(count > 40, "there are calls to be killed at");
    for (let last = 0; last < count; last++) {
      reset(root);
      const { signal, stderr } = spawnSync(process.execPath, [program, root, journal, String(last)], { encoding: "utf8" });
      assert.equal(signal, "SIGKILL", stderr);
      const files = Object.entries(contents(root)).filter(([name]) => !name.includes(".tlslint-"));
      for (const [name, text] of files) assert.match(text, /^(?:old|new) [abc]$/, `${name} is whole, killed before call ${last}`);
      writerOf(root, journal).recover();
      allOrNone(root, journal, `killed before call ${last}`);
    }
  });

  test("and one that is killed while it does so, at any call, leaves it to the next", (context) => {
    const { root, journal, write } = place(context);
    const count = calls(write);
    const kill = (run: () => void): void => assert.throws(run, Dead);
    for (let first = 0; first < count; first++) {
      for (let second = 0; ; second++) {
        reset(root);
        kill(() => write(deadFrom(first)));
        try {
          writerOf(root, journal, deadFrom(second)).recover();
        } catch (error) {
          assert.ok(error instanceof Dead);
          writerOf(root, journal).recover();
          allOrNone(root, journal, `killed before calls ${first} and ${second}`);
          continue;
        }
        break;
      }
    }
  });

  test("is taken back where a file was changed meanwhile, which stays as it is", (context) => {
    const { root, journal, write } = place(context);
    const outcomes = new Set<string>();
    const count = calls(write);
    for (let last = 0; last < count; last++) {
      reset(root);
      assert.throws(() => write(deadFrom(last)), Dead);
      writeFileSync(join(root, "src/below/b.rs"), "my own b");
      const lines = writerOf(root, journal).recover();
      const { "src/below/b.rs": mine, ...others } = contents(root);
      assert.equal(mine, "my own b", `killed before call ${last}`);
      assert.ok(["old a", "new a"].includes(others["src/a.rs"] ?? ""));
      for (const line of lines) outcomes.add(line.replace(/^.*: an/, "an"));
      reset(root);
    }
    assert.deepEqual([...outcomes].sort(), [
      "an interrupted fix had changed nothing yet, and was dropped",
      "an interrupted fix was completed",
      "an interrupted fix was undone",
    ]);
  });
});

describe("a disk that takes no more", { skip: !POSIX }, () => {
  test("from any call on: nothing is changed, nothing is left, and the reason is a sentence", (context) => {
    const { root, journal, write } = place(context);
    for (const code of ["ENOSPC", "EDQUOT", "EIO"]) {
      const count = calls(write);
      for (let first = 0; first < count; first++) {
        reset(root);
        let failed = false;
        const full = watched(({ number, name, second }) => {
          const takesRoom = ["writeFileSync", "fsyncSync", "mkdirSync", "linkSync"].includes(name) || (name === "openSync" && second !== 0);
          if (number >= first && takesRoom) {
            failed = true;
            throw refused(code);
          }
        });
        const reason = write(full);
        if (failed && reason !== undefined) {
          assert.deepEqual(contents(root), BEFORE, `${code} from call ${first} on`);
          assert.doesNotMatch(reason, /exception|Error/);
        } else assert.deepEqual(contents(root), AFTER);
        if (reason === undefined || !/the next/.test(reason)) assert.deepEqual(readdirSync(journal, { recursive: true }), []);
      }
    }
  });

  test("at any one call: all or none, at once or with the next run", (context) => {
    const { root, journal, write } = place(context);
    const count = calls(write);
    for (let at = 0; at < count; at++) {
      reset(root);
      const reason = write(
        watched(({ number }) => {
          if (number === at) throw refused("EIO");
        }),
      );
      if (reason !== undefined && !/the next/.test(reason)) assert.deepEqual(contents(root), BEFORE, `call ${at}: ${reason}`);
      writerOf(root, journal).recover();
      allOrNone(root, journal, `call ${at}`);
    }
  });

  test("in earnest", { skip: !IS_ROOT || process.platform !== "linux" }, (context) => {
    const disk = mkdtempSync(join(tmpdir(), "tlslint-disk-"));
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", disk]).status !== 0) {
      rmSync(disk, { recursive: true });
      context.diagnostic("this container mounts nothing: what is injected above stands alone");
      return;
    }
    context.after(() => {
      spawnSync("umount", [disk]);
      rmSync(disk, { recursive: true });
    });
    mkdirSync(join(disk, "src"));
    const text = `${MISTAKEN["src/main.rs"]}${"// many words\n".repeat(1200)}`;
    writeFileSync(join(disk, "Cargo.toml"), MISTAKEN["Cargo.toml"]);
    writeFileSync(join(disk, "src/main.rs"), text);
    const { status, stderr } = tlslint(disk, ["check", "--fix-review"]);
    assert.match(stderr, /disabled-verification: not fixed: no space is left on the device/);
    assert.equal(status, 2);
    assert.deepEqual(contents(disk), { "Cargo.toml": MISTAKEN["Cargo.toml"], "src/main.rs": text });
  });
});

describe("a hostile tree", { skip: !POSIX }, () => {
  test("a link under whatever name a file is about to get: nothing goes through it", (context) => {
    const { root, journal, write } = place(context);
    const victim = join(folder(context, { victim: "precious" }), "victim");
    chmodSync(victim, 0o600);
    let planted = 0;
    const created = (number: number) =>
      watched((call) => {
        const { name, first, second } = call;
        if (name !== "openSync" || typeof first !== "string" || second === 0 || call.number !== number) return;
        if (lstatSync(first, { throwIfNoEntry: false }) === undefined) symlinkSync(victim, first);
        planted++;
      });
    const count = calls(write);
    for (let at = 0; at < count; at++) {
      reset(root);
      write(created(at));
      assert.equal(readFileSync(victim, "utf8"), "precious");
      assert.equal(statSync(victim).mode & 0o777, 0o600);
      rmSync(journal, { recursive: true, force: true });
    }
    assert.ok(planted >= 5, "the journal, three new files and two copies were met by a link");
  });

  test("a target that becomes a link to another's file at any moment: that file stays", (context) => {
    const { root, journal, write } = place(context);
    const victim = join(folder(context, { victim: "old a" }), "victim");
    const count = calls(write);
    for (let at = 0; at < count; at++) {
      reset(root);
      write(
        watched(({ number }) => {
          if (number !== at) return;
          rmSync(join(root, "src/a.rs"), { force: true });
          symlinkSync(victim, join(root, "src/a.rs"));
        }),
      );
      assert.equal(readFileSync(victim, "utf8"), "old a", `swapped before call ${at}`);
      rmSync(journal, { recursive: true, force: true });
    }
  });

  test("a link within the project stays one, a link out of it is refused, named on the command line or not", (context) => {
    const outside = folder(context, { "real.rs": MISTAKEN["src/main.rs"] });
    const cwd = folder(context, { ...MISTAKEN, "shared/real.rs": MISTAKEN["src/main.rs"] });
    symlinkSync("../shared/real.rs", join(cwd, "src/inner.rs"));
    symlinkSync(join(outside, "real.rs"), join(cwd, "src/outer.rs"));
    symlinkSync(outside, join(cwd, "src/folder"));
    tlslint(cwd, ["check", "--fix-review", "src/inner.rs"]);
    assert.ok(lstatSync(join(cwd, "src/inner.rs")).isSymbolicLink());
    assert.doesNotMatch(readFileSync(join(cwd, "shared/real.rs"), "utf8"), /danger/);
    for (const name of ["src/outer.rs", "src/folder/real.rs", "."]) {
      const { stderr } = tlslint(cwd, ["check", "--fix-review", name]);
      assert.equal(readFileSync(join(outside, "real.rs"), "utf8"), MISTAKEN["src/main.rs"], name);
      assert.doesNotMatch(stderr, /at .*\.js:\d/);
    }
  });

  test("of a file with two names only the one in the project changes", (context) => {
    const outside = folder(context, { "real.rs": MISTAKEN["src/main.rs"] });
    const cwd = folder(context, { "Cargo.toml": MISTAKEN["Cargo.toml"], "src/lib.rs": "" });
    linkSync(join(outside, "real.rs"), join(cwd, "src/main.rs"));
    tlslint(cwd, ["check", "--fix-review"]);
    assert.doesNotMatch(readFileSync(join(cwd, "src/main.rs"), "utf8"), /danger/);
    assert.equal(readFileSync(join(outside, "real.rs"), "utf8"), MISTAKEN["src/main.rs"]);
  });

  test("permissions are not set through a link", (context) => {
    const outside = folder(context, { key: "" });
    chmodSync(join(outside, "key"), 0o644);
    const root = folder(context, { "own.key": "" });
    symlinkSync(join(outside, "key"), join(root, "other.key"));
    const writer = writerOf(root, join(root, "journal"));
    assert.equal(writer.setMode(join(root, "other.key"), 0o600), "other.key is a link that leads out of the project");
    assert.equal(statSync(join(outside, "key")).mode & 0o777, 0o644);
    assert.equal(writer.setMode(join(root, "own.key"), 0o600), undefined);
    assert.equal(statSync(join(root, "own.key")).mode & 0o777, 0o600);
  });

  test("`--output` is not written through a link out of the project, nor into a file of another name", (context) => {
    const outside = folder(context, { victim: "precious", twin: "precious" });
    const cwd = folder(context, { ...MISTAKEN, "reports/.keep": "" });
    symlinkSync(join(outside, "victim"), join(cwd, "report.json"));
    symlinkSync(join(outside, "new"), join(cwd, "dangling.json"));
    symlinkSync(outside, join(cwd, "linked"));
    linkSync(join(outside, "twin"), join(cwd, "twin.json"));
    symlinkSync("reports/inner.json", join(cwd, "inner.json"));
    for (const output of ["report.json", "dangling.json", "linked/victim", "linked/other"]) {
      const { status, stderr } = tlslint(cwd, ["check", "--output", output]);
      assert.equal(status, 2, output);
      assert.match(stderr, /could not be written: it is a link that leads out of the project/);
    }
    assert.equal(tlslint(cwd, ["check", "--output", "twin.json"]).status, 1);
    assert.deepEqual(contents(outside), { victim: "precious", twin: "precious" });
    writeFileSync(join(cwd, "reports/inner.json"), "");
    assert.equal(tlslint(cwd, ["check", "--output", "inner.json"]).status, 1);
    assert.match(readFileSync(join(cwd, "reports/inner.json"), "utf8"), /disabled-verification/);
    assert.equal(tlslint(cwd, ["check", "--output", join(outside, "report.txt")]).status, 1, "the user's own folder");
  });
});

describe("whose file it is", { skip: !IS_ROOT || process.platform !== "linux" }, () => {
  const source = (context: TestContext): string => {
    const cwd = folder(context, MISTAKEN);
    for (const path of [cwd, join(cwd, "src")]) chmodSync(path, 0o777);
    for (const name of Object.keys(MISTAKEN)) chmodSync(join(cwd, name), 0o666);
    return cwd;
  };
  const asNobody = (cwd: string) => {
    // Node and the bundle may lie where only root comes: the program is read before the user changes.
    const program = `process.setgroups([]); process.setgid(${NOBODY}); process.setuid(${NOBODY}); process.argv.splice(1, 0, "tlslint");`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["-e", `${program} import(${JSON.stringify(CLI)})`, "--", "check", "--fix-review"],
      {
        cwd,
        encoding: "utf8",
        env: { PATH: process.env["PATH"], NO_COLOR: "1", HOME: "/nonexistent" },
      },
    );
    return { status, stdout, stderr };
  };

  test("owner, group and mode stay", (context) => {
    const cwd = folder(context, MISTAKEN);
    chownSync(join(cwd, "src/main.rs"), NOBODY, 1);
    chmodSync(join(cwd, "src/main.rs"), 0o2750);
    tlslint(cwd, ["check", "--fix-review"]);
    const { uid, gid, mode } = statSync(join(cwd, "src/main.rs"));
    assert.deepEqual([uid, gid, mode & 0o7777], [NOBODY, 1, 0o2750]);
    assert.doesNotMatch(readFileSync(join(cwd, "src/main.rs"), "utf8"), /danger/);
  });

  test("another's file is not taken over, an unreadable one is told, a locked folder is left", (context) => {
    const cases = [
      { prepare: () => {}, says: /not fixed: permission denied/ },
      { prepare: (cwd: string) => chmodSync(join(cwd, "src/main.rs"), 0o600), says: /^/ },
      { prepare: (cwd: string) => chmodSync(join(cwd, "src/main.rs"), 0o644), says: /src\/main\.rs cannot be written: permission denied/ },
      {
        prepare: (cwd: string) => {
          chownSync(join(cwd, "src/main.rs"), NOBODY, NOBODY);
          chmodSync(join(cwd, "src"), 0o755);
        },
        says: /not fixed: permission denied/,
      },
    ];
    for (const { prepare, says } of cases) {
      const cwd = source(context);
      prepare(cwd);
      const { status, stdout, stderr } = asNobody(cwd);
      assert.equal(status, 2, stderr + stdout);
      assert.match(stderr, says);
      assert.doesNotMatch(stderr + stdout, /EACCES|EPERM|\.js:\d/);
      assert.deepEqual(contents(cwd), MISTAKEN);
    }
  });
});
