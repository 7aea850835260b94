/** Law: parsing, help, completions, manual and page say what the tables of commands and options say. `UPDATE=1` writes the page. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COMMANDS } from "../../server/src/cli/command-line/commands.ts";
import { completions } from "../../server/src/cli/command-line/completions.ts";
import { commandHelp, helpOf, overview, usageOf } from "../../server/src/cli/command-line/help.ts";
import { manualPage } from "../../server/src/cli/command-line/man.ts";
import { parseCommand } from "../../server/src/cli/command-line/parse.ts";
import { STATUSES } from "../../server/src/cli/command-line/statuses.ts";
import { folder } from "../cli/cli.ts";
import { ROOT } from "../harness/fixtures.ts";
import { skipWithout } from "../harness/programs.ts";

const commands = Object.entries(COMMANDS);
const statuses = new Map<string, string>(Object.entries(STATUSES));

function page(): string {
  const sections = commands.map(([name, { summary, words, options, example }]) => {
    const rows = options.map((it) => `| \`${usageOf(it).replaceAll("|", "\\|")}\` | ${helpOf(it).replaceAll("|", "\\|")} |`);
    const table = rows.length > 0 ? `\n| option | |\n|---|---|\n${rows.join("\n")}\n` : "";
    return `## ${`tlslint ${name} ${words}`.trim()}\n\n${summary}\n${table}\n\`\`\`\n${example.call}     # ${example.means}\n\`\`\`\n\nExit status: ${statuses.get(name)}.\n`;
  });
  return `<!-- Generated from server/src/cli/command-line: change it there and run the tests with UPDATE=1. -->
# The command line

Findings below \`--fail-on\` are printed and change no exit status.

${sections.join("\n")}`;
}

test("the page follows from the tables", () => {
  const path = join(ROOT, "docs/command-line.md");
  if (process.env["UPDATE"] === "1") writeFileSync(path, page());
  assert.equal(readFileSync(path, "utf8"), page(), "docs/command-line.md is out of date: run the tests with UPDATE=1");
});

test("the help of each command has its options and an example that is no mistake", () => {
  for (const [name, { options, example }] of commands) {
    const [command] = [name].filter((it): it is keyof typeof COMMANDS => it in COMMANDS);
    assert.ok(command !== undefined && overview().includes(name));
    const text = commandHelp(command);
    for (const option of options) assert.ok(text.includes(usageOf(option)), `${name}: ${usageOf(option)}`);
    assert.ok(text.includes(example.call));
    assert.ok(text.endsWith(`\nexit status: ${STATUSES[command]}\n`));
    assert.ok(
      text.split("\n").every((line) => line.length <= 100 || line.includes(example.call)),
      name,
    );
    const [, ...args] = (example.call.split(/ [>|] /)[0] ?? "").split(" ");
    const parsed = parseCommand(args);
    assert.ok(parsed.ok, `${example.call}: ${parsed.ok ? "" : parsed.error}`);
    assert.equal(parsed.value.name, name);
  }
});

test("an option has one name and one way to take a value, whatever command has it", () => {
  const seen = new Map<string, boolean>();
  for (const [name, { options }] of commands) {
    assert.equal(new Set(options.map((it) => it.name)).size, options.length, name);
    for (const it of options) {
      const valued = it.kind === "value" && it.optional === undefined;
      assert.equal(seen.get(it.name) ?? valued, valued, it.name);
      seen.set(it.name, valued);
      assert.match(it.help, /^(?:[a-z]|OpenSSL: ).*[^.]$/, `${it.name}: a clause, lower case, no full stop`);
    }
  }
});

test("what is written wrongly is told with what was expected", () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [["chek"], /^unknown command `chek`; did you mean `check`\?$/],
    [["frobnicate"], /^unknown command `frobnicate`; expected `check`, .* or `help`$/],
    [["check", "--formt", "json"], /^unknown option `--formt`; did you mean `--format`\?$/],
    [["check", "--zzzzzz"], /^unknown option `--zzzzzz`$/],
    [["inspect", "--fix", "a.pem"], /^`tlslint inspect` has no option `--fix`; it is an option of `tlslint check`$/],
    [["check", "--format", "sariff"], /^unknown value `sariff` for `--format`; did you mean `sarif`\?$/],
    [["check", "--format", "xml"], /^unknown value `xml` for `--format`; expected `pretty`, .* or `markdown`$/],
    [["check", "--format"], /^`--format` needs a value: `--format FORMAT`$/],
    [["check", "--output", "--fix"], /^`--output` needs a value; one that begins with a dash is written `--output=--fix`$/],
    [["check", "--fix=all"], /^`--fix` takes no value$/],
    [["--format", "json"], /^there is no command before `--format`; it is an option of `tlslint check`, .* or `tlslint rules`$/],
    [["check", "--now", "tomorrow"], /^invalid value `tomorrow` for `--now`; expected a time such as /],
    [["expiry", "--within", "5x"], /^invalid value `5x` for `--within`; expected days or weeks such as 30d or 4w$/],
    [["check", "--shard", "3/2"], /^invalid value `3\/2` for `--shard`; expected I\/N with I from 1 to N, such as 2\/8$/],
    [["check", "--jobs", "0"], /^invalid value `0` for `--jobs`; expected a number from 1 to \d+$/],
    [["verify", "a", "--roots", "b", "--roots", "c"], /^`--roots` is given more than once; expected one `--roots FILE`$/],
    [["completions", "tcsh"], /^unknown shell `tcsh`; expected `bash`, `zsh` or `fish`$/],
    [["completions", "bash", "zsh"], /^`tlslint completions` takes one shell; expected `bash`, `zsh` or `fish`$/],
    [["help", "check", "verify"], /^`tlslint help` takes one command, such as `tlslint help check`$/],
    [["man", "page"], /^`tlslint man` takes no argument `page`$/],
    [["check", ""], /^an argument of `tlslint check` is empty; expected `tlslint check \[PATH…\]`$/],
    [["doctor", ""], /^an argument of `tlslint doctor` is empty; expected `tlslint doctor`$/],
    [["check", "--output", ""], /^`--output` is empty; expected `--output FILE`$/],
    [["check", "--baseline="], /^`--baseline` is empty; expected `--baseline FILE`$/],
    [["check", "--changed="], /^`--changed` is empty; expected `--changed=BASE`$/],
    [["check", "--format="], /^unknown value `` for `--format`; expected `pretty`, .* or `markdown`$/],
    [["chekc"], /^unknown command `chekc`; did you mean `check`\?$/],
    [["check", "--format", "josn"], /^unknown value `josn` for `--format`; did you mean `json`\?$/],
    [["verify", "a", "--stack", "opensll@3"], /^unknown stack `opensll@3`; did you mean `openssl@3`\?$/],
    [["verify", "a", "--stack", "gnutls"], /^unknown stack `gnutls`; expected one of `rustls-webpki@0.101`, /],
    [["help", "chek"], /^unknown command `chek`; did you mean `check`\?$/],
  ];
  for (const [args, message] of cases) {
    const parsed = parseCommand(args);
    assert.ok(!parsed.ok, args.join(" "));
    assert.match(parsed.error, message);
  }
});

test("what bash completes is what there is", { skip: skipWithout("bash", "--version") }, () => {
  const complete = (...words: readonly string[]): readonly string[] => {
    const line = words.map((it) => `'${it}'`).join(" ");
    const script = `${completions("bash")}\nCOMP_WORDS=(tlslint ${line}); COMP_CWORD=${words.length}; _tlslint; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8", cwd: join(ROOT, "server") });
    assert.deepEqual([status, stderr], [0, ""]);
    return stdout.split("\n").filter((it) => it !== "");
  };
  assert.deepEqual(complete("ver"), ["verify"]);
  assert.deepEqual(complete("").toSorted(), commands.map(([name]) => name).toSorted());
  assert.deepEqual(complete("check", "--form"), ["--format"]);
  assert.deepEqual(complete("check", "--format", "js"), ["json", "json-lines"]);
  assert.deepEqual(complete("check", "--format", "=", "js"), ["json", "json-lines"]);
  assert.deepEqual(complete("check", "--fail-on", "=").toSorted(), ["error", "hint", "info", "warning"]);
  assert.deepEqual(complete("check", "--config", "=", "sch"), ["schema"]);
  assert.deepEqual(complete("check", "sch"), ["schema"]);
  assert.deepEqual(complete("help", "insp"), ["inspect"]);
  assert.deepEqual(complete("explain", "disabled-v"), ["disabled-verification"]);
  for (const [name, { options }] of commands)
    for (const it of options) assert.ok(complete(name, `--${it.name}`).includes(`--${it.name}`), `${name} --${it.name}`);
});

test("what fish completes is what there is", { skip: skipWithout("fish", "--version") }, () => {
  const complete = (line: string): readonly string[] => {
    const script = `printf '%s' $argv[1] | source\ncomplete -C $argv[2]`;
    const { status, stdout, stderr } = spawnSync("fish", ["--no-config", "-c", script, completions("fish"), line], {
      encoding: "utf8",
      cwd: join(ROOT, "server"),
    });
    assert.deepEqual([status, stderr], [0, ""]);
    return stdout.split("\n").flatMap((it) => (it === "" ? [] : [it.split("\t")[0] ?? ""]));
  };
  assert.deepEqual(complete("tlslint ver"), ["verify"]);
  assert.deepEqual(complete("tlslint check --form"), ["--format"]);
  assert.deepEqual(complete("tlslint check --format js"), ["json", "json-lines"]);
  assert.deepEqual(complete("tlslint check sch"), ["schema/"]);
  assert.deepEqual(complete("tlslint help insp"), ["inspect"]);
  assert.deepEqual(complete("tlslint explain disabled-v"), ["disabled-verification"]);
});

/** Types words into a shell of its own, and prints what its completion adds; `answer-over` stands where the answer ends. */
const TYPED_INTO_ZSH = String.raw`
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PROMPT=; fpath=($FOLDER $fpath); autoload -Uz compinit; compinit -u -D
compadd() { builtin compadd -O hits "$@"; for hit in $hits; do print -r -- "hit $hit"; done; builtin compadd "$@" }
typed() { zle complete-word; print -r -- "answer-""over" }
zle -N typed; bindkey "^I" typed; print -r -- "answer-""over"'
until zpty -r shell line && [[ $line == *answer-over* ]]; do :; done
for typed in "$@"; do
  zpty -w -n shell $'\025'"$typed"$'\t'
  until zpty -r shell line && { print -r -- "$line"; [[ $line == *answer-over* ]] }; do :; done
done
zpty -d shell
`;

test("what zsh completes is what there is", { skip: skipWithout("zsh", "--version") }, (context) => {
  const cwd = folder(context, { _tlslint: completions("zsh"), "certs/ca.pem": "" });
  const complete = (line: string): readonly string[] => {
    const { stdout } = spawnSync("zsh", ["-f", "-c", TYPED_INTO_ZSH, "zsh", line], {
      cwd,
      encoding: "utf8",
      env: { ...process.env, FOLDER: cwd, TERM: "dumb" },
      timeout: 20_000,
    });
    const hits = stdout.split(/\r?\n/).flatMap((it) => / ?hit (\S+)$/.exec(it)?.[1] ?? []);
    return [...new Set(hits)].toSorted();
  };
  assert.deepEqual(complete("tlslint ver"), ["verify"]);
  assert.deepEqual(complete("tlslint check --form"), ["--format"]);
  assert.deepEqual(complete("tlslint check --format js"), ["json", "json-lines"]);
  assert.deepEqual(complete("tlslint check --format=js"), ["json", "json-lines"]);
  assert.deepEqual(complete("tlslint check cer"), ["certs"]);
  assert.deepEqual(complete("tlslint help insp"), ["inspect"]);
  assert.deepEqual(complete("tlslint explain disabled-v"), ["disabled-verification"]);
});

test("the scripts of zsh and fish name every command and option", () => {
  for (const [name, { options }] of commands)
    for (const it of options) {
      assert.ok(
        completions("zsh")
          .split("\n")
          .some(
            (line) =>
              line.startsWith(`    ${name})`) &&
              line.includes(`--${it.name}${it.kind === "value" && it.optional === undefined ? "=" : ""}[`),
          ),
        `${name} ${it.name}`,
      );
      assert.ok(completions("fish").includes(`"__fish_seen_subcommand_from ${name}" -l ${it.name}`), `${name} ${it.name}`);
    }
});

test("the manual names every command and option, and nothing in it is taken for a request", () => {
  const text = manualPage("1.2.3");
  for (const [name, { options }] of commands) {
    assert.ok(text.includes(`.SS "tlslint ${name}`));
    for (const it of options) assert.ok(text.includes(`.B \\-\\-${it.name.replaceAll("-", "\\-")}`), it.name);
  }
  const requests = new Set([...text.matchAll(/^\.(\w*)/gm)].map(([, it]) => it));
  assert.deepEqual([...requests].toSorted(), ["B", "I", "PP", "RE", "RS", "SH", "SS", "TH", "TP", "fi", "nf"]);
  assert.doesNotMatch(text, /(?<!\\)-(?=-)/, "two dashes are two dashes");
});
