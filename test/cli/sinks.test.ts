/** Nothing of a file, of its name or of an argument steers the terminal or the log of a CI job, whatever is asked for and how it is told. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { engineFlags } from "../harness/engine.ts";
import { assertShown, STEERING } from "../harness/hidden.ts";
import { certificate } from "../lsp/programs.ts";
import { CLI, folder, MISTAKEN } from "./cli.ts";

const POSIX = process.platform !== "win32";
const mistake = (word: string): string =>
  `${MISTAKEN["src/main.rs"]}\npub fn f(x: &str) -> reqwest::Result<reqwest::Client> {\n    let _ = "${word}"; reqwest::Client::builder().danger_accept_invalid_certs(x == "${word}").build()\n}\n`;

/** Each steering text as the name of a source, of a certificate, in code and in a certificate's name. */
const FILES: Readonly<Record<string, string>> = {
  "Cargo.toml": MISTAKEN["Cargo.toml"],
  "src/main.rs": MISTAKEN["src/main.rs"],
  ...Object.fromEntries(STEERING.map((it) => [`src/${it.replaceAll("/", "")}.rs`, mistake(it)])),
  ...Object.fromEntries(STEERING.map((it) => [`certs/${it}.pem`, certificate(it)])),
  [`broken\u001b[8m\n::warning::x/tlslint.toml`]: "nonsense = \u001b[2J",
  [`broken\u001b[8m\n::warning::x/a.rs`]: MISTAKEN["src/main.rs"],
};

test("on both streams, with and without colours", { skip: !POSIX }, (context) => {
  const cwd = folder(context, FILES);
  const [first = ""] = STEERING;
  const pem = `certs/${first}.pem`;
  const calls: readonly (readonly string[])[] = [
    ["check"],
    ["check", "--trace"],
    ["check", "--format", "json"],
    ["check", "--format", "sarif"],
    ["check", "--format", "concise"],
    ["check", "--format", "json-lines"],
    ["check", "--format", "gitlab"],
    ["check", "--format", "junit"],
    ["check", "--format", "rdjson"],
    ["check", "--format", "checkstyle"],
    ["check", "--format", "markdown"],
    ["check", "--statistics", "--strict"],
    ["check", "--explain", `src/${STEERING[0]}.rs:6`],
    ["check", "--print-config", `src/${first}.rs`],
    ["check", "--baseline", `none${first}`],
    ["check", "--files-from", `none${first}`],
    ["check", `--changed=${first}`],
    ["check", "--format", first],
    ["expiry"],
    ["expiry", "--format", "json"],
    ["doctor"],
    ["merge", `none${first}`],
    ["report", `none${first}`],
    ["check", "--config", `none${first}.toml`],
    ["check", "--output", `no/${first}`],
    ["check", `no such ${first}`],
    ["check", `--${first}`],
    ["inspect", ...STEERING.map((it) => `certs/${it}.pem`)],
    ["inspect", "--format", "json", ...STEERING.map((it) => `certs/${it}.pem`)],
    ["verify", pem, "--roots", pem, "--as", "client"],
    ["verify", `no ${first}`, "--roots", pem, "--as", "client"],
    ["verify", "--limbo", `no ${first}`],
    ["reissue", pem],
    ["explain", first],
    [first],
    ["check", "--fix"],
    ["check", "--fix-review"],
  ];
  for (const colour of [false, true]) {
    for (const args of calls) {
      const { stdout, stderr } = spawnSync(process.execPath, [...engineFlags, CLI, ...args], {
        cwd,
        encoding: "utf8",
        maxBuffer: 1 << 28,
        env: { ...process.env, XDG_STATE_HOME: join(cwd, "state"), ...(colour ? { FORCE_COLOR: "1", NO_COLOR: "" } : { NO_COLOR: "1" }) },
      });
      assertShown(stdout, `stdout of ${JSON.stringify(args)}`, colour);
      assertShown(stderr, `stderr of ${JSON.stringify(args)}`, colour);
      assert.ok(stdout.length + stderr.length > 0, "it says something");
      assert.doesNotMatch(stderr, /^ +at /m, `no stack: ${JSON.stringify(args)}`);
    }
  }
});

test("a log of commands holds ours alone, whatever files are called", { skip: !POSIX }, (context) => {
  const cwd = folder(context, FILES);
  for (const [format, ours] of [
    ["github", /^::(?:error|warning|notice) file=[^\p{C}]*::[^\p{C}]*$/u],
    ["azure", /^##vso\[task\.logissue type=(?:error|warning);sourcepath=[^\p{C}\]]*\][^\p{C}]*$/u],
  ] as const) {
    const { stdout } = spawnSync(process.execPath, [CLI, "check", "--format", format], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
    const lines = stdout.trimEnd().split("\n");
    assert.ok(lines.length >= STEERING.length, `${lines.length}`);
    for (const line of lines) assert.match(line, ours);
  }
});

test("JSON says exactly what is there all the same", { skip: !POSIX }, (context) => {
  const cwd = folder(context, FILES);
  const { stdout } = spawnSync(process.execPath, [CLI, "check", "--format", "json"], { cwd, encoding: "utf8", maxBuffer: 1 << 28 });
  const paths = new Set(JSON.parse(stdout).files.map(({ path }: { path: string }) => path));
  for (const it of STEERING) assert.ok(paths.has(`certs/${it}.pem`), JSON.stringify(it));
});
