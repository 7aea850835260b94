/** The first minutes: `init`, `doctor`, `--print-config`, `--statistics`. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { parseToml } from "../../server/src/cargo/index.ts";
import { certificate } from "../lsp/programs.ts";
import { CLI, folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";
const NOBODY = 65534;

test("init writes what changes nothing, says what it found, and never overwrites", { skip: !POSIX }, (context) => {
  const cwd = folder(context, { ...MISTAKEN, 'certs/a "b"\n.pem': certificate("root") });
  const before = tlslint(cwd, ["check", "--format", "json"]).stdout;
  const { status, stdout, stderr } = tlslint(cwd, ["init"]);
  assert.deepEqual([status, stdout, stderr], [0, "wrote tlslint.toml; all settings are commented out\n", ""]);
  const text = readFileSync(join(cwd, "tlslint.toml"), "utf8");
  assert.match(text, /^# disabled-verification = "error" # found once: /m);
  assert.match(text, /^# client-ca = "certs\/a \\"b\\"\\n\.pem"$/m);
  const withoutIt = (json: string) => JSON.parse(json).files.filter((it: { path: string }) => it.path !== "tlslint.toml");
  assert.deepEqual(withoutIt(tlslint(cwd, ["check", "--format", "json"]).stdout), withoutIt(before));
  const enabled = text.replace(/^# (?=[a-z"][\w"./ \\-]* = )/gm, "");
  assert.notEqual(enabled, text);
  assert.ok(parseToml(enabled).ok, "and is TOML when all of it is taken in");
  writeFileSync(join(cwd, "tlslint.toml"), enabled);
  assert.doesNotMatch(tlslint(cwd, ["check"]).stdout, /unknown-configuration|unreadable-toml/);
  const again = tlslint(cwd, ["init"]);
  assert.equal(again.status, 2);
  assert.match(again.stderr, /tlslint\.toml already exists/);
  assert.equal(readFileSync(join(cwd, "tlslint.toml"), "utf8"), enabled);
});

test("doctor says what it goes by, and what is wrong", { skip: !POSIX }, (context) => {
  const good = tlslint(folder(context, { ...MISTAKEN, "Cargo.lock": "version = 3\n", "tlslint.toml": 'mtls = "off"\n' }), ["doctor"]);
  assert.equal(good.status, 0, good.stdout);
  assert.match(good.stdout, /^tlslint +\d+\.\d+\.\d+\nnode +\d+/);
  assert.match(good.stdout, /^configuration +tlslint\.toml$/m);
  assert.match(good.stdout, /^no problems found$/m);
  const bad = tlslint(folder(context, { ...MISTAKEN, "tlslint.toml": 'mtls = "requierd"\n' }), ["doctor"]);
  assert.equal(bad.status, 2);
  assert.match(bad.stdout, /^problem: tlslint\.toml:1: .*mtls/m);
  assert.match(tlslint(folder(context, { "notes.txt": "" }), ["doctor"]).stdout, /^problem: this folder contains nothing to lint$/m);
});

test("a missing lock file is a note, and one of a workspace is found from its members", { skip: !POSIX }, (context) => {
  const library = tlslint(folder(context, { ...MISTAKEN }), ["doctor"]);
  assert.equal(library.status, 0, library.stdout);
  assert.match(
    library.stdout,
    /^note: there is no Cargo\.lock for Cargo\.toml: crate versions follow from the requirements\nno problems found$/m,
  );
  const { "Cargo.toml": manifest = "", "src/main.rs": main = "" } = MISTAKEN;
  const member = { "a/Cargo.toml": manifest, "a/src/main.rs": main };
  const two = { ".git/HEAD": "", ...member, "b/Cargo.toml": manifest, "b/Cargo.lock": "version = 3\n", "b/src/main.rs": main };
  assert.match(tlslint(folder(context, two), ["doctor"]).stdout, /^note: there is no Cargo\.lock for a\/Cargo\.toml:/m);
  const whole = { "Cargo.toml": '[workspace]\nmembers = ["*"]\n', "Cargo.lock": "version = 3\n", ...member };
  assert.doesNotMatch(tlslint(folder(context, whole), ["doctor"]).stdout, /^note:/m);
});

test("--print-config prints what holds for a file, as TOML, and where it comes from", (context) => {
  const cwd = folder(context, {
    "Cargo.toml": `${MISTAKEN["Cargo.toml"]}\n[package.metadata.tlslint]\nprofile = "public-web"\n`,
    "src/main.rs": MISTAKEN["src/main.rs"],
    "tlslint.toml": 'mtls = "off"\nexclude = ["vendor/"]\n\n[rules]\nkey-log = "error"\n',
    "vendor/a.rs": "",
  });
  const { status, stdout } = tlslint(cwd, ["check", "--print-config", "src/main.rs"]);
  assert.equal(status, 0);
  assert.match(stdout, /^# from Cargo\.toml\n# from tlslint\.toml\n/);
  const parsed = parseToml(stdout);
  assert.ok(parsed.ok);
  const { mtls, profile, rules, "expiring-days": days } = parsed.value;
  assert.deepEqual([mtls, profile, JSON.stringify(rules), Number(days)], ["off", "public-web", '{"key-log":"error"}', 30]);
  for (const line of [
    'mtls = "off" # tlslint.toml:1',
    `profile = "public-web" # Cargo.toml:${MISTAKEN["Cargo.toml"].split("\n").length + 2}`,
    'minimum-version = "TLS 1.2" # default',
    'exclude = [ "vendor/" ] # tlslint.toml:2',
    'key-log = "error" # tlslint.toml:5',
  ])
    assert.ok(stdout.split("\n").includes(line), `${line}\n${stdout}`);
  assert.match(tlslint(cwd, ["check", "--print-config", "vendor/a.rs"]).stdout, /^# vendor\/a\.rs is excluded$/m);
  mkdirSync(join(cwd, "other"));
  assert.match(
    tlslint(folder(context, { "a.rs": "" }), ["check", "--print-config", "a.rs"]).stdout,
    /^# nothing is configured; these are the defaults$/m,
  );
});

test("a configuration that is broken is told by --print-config and doctor, which end with 2, also from below it", (context) => {
  const broken: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, message: RegExp]>> = {
    "no TOML": [{ "tlslint.toml": '\nmtls = "off"\nrules = ]\n' }, /^tlslint\.toml:3: invalid TOML: /],
    "unknown key": [
      { "tlslint.toml": 'mtls = "off"\nprofil = "public-web"\n' },
      /^tlslint\.toml:2: unknown setting `profil`; did you mean `profile`$/,
    ],
    "wrong table": [
      { "Cargo.toml": `${MISTAKEN["Cargo.toml"]}\n[package.metadata.tlslint]\nprofile = "public"\n` },
      /^Cargo\.toml:10: unknown value `public` for `profile`; expected /,
    ],
    "broken manifest": [{ "Cargo.toml": "[package\n" }, /^Cargo\.toml:1: invalid TOML: /],
  };
  for (const [name, [files, message]] of Object.entries(broken)) {
    const cwd = folder(context, { ...MISTAKEN, "Cargo.lock": "version = 3\n", ".git/HEAD": "", ...files });
    const printed = tlslint(cwd, ["check", "--print-config", "src/main.rs"]);
    assert.equal(printed.status, 2, name);
    assert.match(
      printed.stderr.split("\n").find((it) => !it.includes("warning:")) ?? "",
      new RegExp(message.source.replace("^", "^tlslint: ")),
      name,
    );
    assert.match(printed.stdout, /^# does not count: /m, name);
    assert.doesNotMatch(printed.stdout, /nothing is configured/, name);
    const doctor = tlslint(cwd, ["doctor"]);
    assert.equal(doctor.status, 2, name);
    const [, problem = ""] = /^problem: (.*)$/m.exec(doctor.stdout) ?? [];
    assert.match(problem, message, name);
    assert.doesNotMatch(doctor.stdout, /^configuration +none/m, name);
  }
  const above = folder(context, {
    "Cargo.toml": '[workspace]\nmembers = ["a"]\n',
    "tlslint.toml": "[",
    "a/Cargo.toml": MISTAKEN["Cargo.toml"],
  });
  const below = tlslint(join(above, "a"), ["doctor"]);
  assert.equal(below.status, 2, below.stdout);
  assert.match(below.stdout, /^problem: .*\/tlslint\.toml:1: invalid TOML: /m);
});

test("--statistics goes to standard error, and changes no report", (context) => {
  const cwd = folder(context, { ...MISTAKEN, "src/other.rs": MISTAKEN["src/main.rs"] });
  const { stdout, stderr } = tlslint(cwd, ["check", "--statistics", "--format", "github"]);
  assert.equal(stdout, tlslint(cwd, ["check", "--format", "github"]).stdout);
  assert.match(stderr, /^tlslint: disabled-verification {2}2$/m);
  assert.match(stderr, /^tlslint: 3 files, 2 with findings; \d+\.\d s$/m);
});

test("a folder that cannot be written is told by doctor, and by init", { skip: !POSIX }, (context) => {
  const cwd = folder(context, { ...MISTAKEN, "Cargo.lock": "version = 3\n" });
  // The superuser may write everywhere, so that it has to be somebody else who asks, with a copy that everybody can read.
  const copy = folder(context, {});
  cpSync(dirname(CLI), copy, { recursive: true });
  for (const it of [copy, cwd, join(cwd, "src")]) chmodSync(it, 0o755);
  const somebody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const env = { ...process.env, NO_COLOR: "1", HOME: cwd, XDG_STATE_HOME: join(cwd, "state") };
  const told = (command: string) =>
    spawnSync(process.execPath, [join(copy, basename(CLI)), command], { cwd, env, encoding: "utf8", ...somebody });
  chmodSync(cwd, 0o555);
  assert.match(told("doctor").stdout, /^problem: this folder is not writable/m);
  const { status, stderr } = told("init");
  assert.equal(status, 2);
  assert.match(stderr, /tlslint\.toml could not be written/);
  chmodSync(cwd, 0o755);
});
