/** Certificate files on the command line: what lies beside each other, what `--fix` does to them, and what is never printed. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { exampleFiles } from "../certificates/examples.ts";
import { skipWithout } from "../harness/programs.ts";
import { folder, tlslint } from "./cli.ts";

const NOW = Date.UTC(2026, 5, 1);
const AT = ["--now", "2026-06-01T00:00:00Z"];

async function project(context: TestContext, wanted: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const files = await exampleFiles(NOW);
  const text = (name: string): string => new TextDecoder().decode(files.get(name));
  const cwd = folder(context, { ...Object.fromEntries(wanted.map((it) => [it, text(it)])), ...more });
  for (const it of wanted.filter((name) => name.endsWith(".key"))) chmodSync(join(cwd, it), 0o600);
  return { cwd, text, read: (name: string): string => readFileSync(join(cwd, name), "utf8") };
}
const sections = (pem: string): string[] => pem.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? [];

test("what is right is silent", async (context) => {
  const { cwd } = await project(context, [
    "server-chain.pem",
    "server.key",
    "ca-bundle.pem",
    "client-ca.pem",
    "client-ca.crl",
    "client.pem",
    "client.key",
  ]);
  const { status, stdout } = tlslint(cwd, ["check", ...AT, "--fail-on", "hint"]);
  assert.equal(status, 0, stdout);
});

test("--fix puts a chain into order, byte for byte", async (context) => {
  const { cwd, text, read } = await project(context, ["wrong-order.pem"]);
  const before = sections(text("wrong-order.pem"));
  const { status, stdout, stderr } = tlslint(cwd, ["check", ...AT, "--fix"]);
  assert.equal(status, 0, stdout);
  assert.match(stderr, /wrong-chain-order: Reorder chain: leaf first/);
  assert.deepEqual(sections(read("wrong-order.pem")), before.toReversed());
});

test("--diff shows the same as a patch that git takes, and --fix-review appends the missing intermediate", {
  skip: skipWithout("git", "--version"),
}, async (context) => {
  const { cwd, text, read } = await project(context, ["missing-intermediate.pem", "ca-bundle.pem", "wrong-order.pem"]);
  const { stdout } = tlslint(cwd, ["check", ...AT, "--diff", "missing-intermediate.pem"]);
  execFileSync("git", ["apply", "--check", "-"], { cwd, input: stdout });
  tlslint(cwd, ["check", ...AT, "--fix"]);
  assert.equal(read("missing-intermediate.pem"), text("missing-intermediate.pem"), "nobody looked at it");
  tlslint(cwd, ["check", ...AT, "--fix-review", "missing-intermediate.pem"]);
  assert.equal(read("missing-intermediate.pem"), text("server-chain.pem"));
});

test("a key that everybody can read gets mode 600, and is not printed", { skip: process.platform === "win32" }, async (context) => {
  const { cwd, text } = await project(context, ["server.key"]);
  const key = join(cwd, "server.key");
  chmodSync(key, 0o644);
  const found = tlslint(cwd, ["check", ...AT]);
  assert.match(found.stdout, /readable-private-key/);
  const told = tlslint(cwd, ["check", ...AT, "--fix"]);
  assert.match(told.stderr, /readable-private-key: not fixed: needs review: Restrict permissions/);
  assert.equal(statSync(key).mode & 0o777, 0o644, "the service may run as another user");
  const fixed = tlslint(cwd, ["check", ...AT, "--fix-review"]);
  assert.equal(fixed.status, 0, fixed.stdout);
  assert.equal(statSync(key).mode & 0o777, 0o600);
  const secret = text("server.key").split("\n")[1] ?? "";
  assert.ok(secret.length > 40);
  for (const { stdout, stderr } of [found, fixed]) assert.ok(!(stdout + stderr).includes(secret.slice(8, 40)));
});

test("a key in a public bundle goes into a file of its own, or nothing changes", {
  skip: process.platform === "win32",
}, async (context) => {
  const { cwd, text, read } = await project(context, []);
  const bundle = join(cwd, "ca-bundle.pem");
  const before = text("ca-bundle.pem") + text("server.key");
  const secret = (text("server.key").split("\n")[1] ?? "").slice(8, 40);
  writeFileSync(bundle, before);
  const key = join(cwd, "ca-bundle.key");
  // Somebody's file of that name, which no linter sees as a key.
  writeFileSync(key, "mine");
  const refused = tlslint(cwd, ["check", ...AT, "--fix-review"]);
  assert.match(refused.stdout + refused.stderr, /not fixed: .*is there already/);
  assert.equal(read("ca-bundle.pem"), before);
  assert.equal(read("ca-bundle.key"), "mine");
  rmSync(key);
  const shown = tlslint(cwd, ["check", ...AT, "--diff", "--fix-review"]);
  const fixed = tlslint(cwd, ["check", ...AT, "--fix-review"]);
  assert.match(fixed.stdout + fixed.stderr, /Move private key to `ca-bundle\.key`/);
  assert.equal(read("ca-bundle.pem"), text("ca-bundle.pem"));
  assert.equal(read("ca-bundle.key"), text("server.key"));
  assert.equal(statSync(key).mode & 0o777, 0o600);
  for (const { stdout, stderr } of [refused, shown, fixed]) assert.ok(!(stdout + stderr).includes(secret));
});

test("a key in git is found there", { skip: skipWithout("git", "--version") }, async (context) => {
  const { cwd } = await project(context, ["server.key"], { ".gitignore": "other.key\n" });
  const git = (...args: readonly string[]): void => void execFileSync("git", args, { cwd, stdio: "ignore" });
  git("init", "--quiet");
  assert.equal(tlslint(cwd, ["check", ...AT]).status, 0, "not added yet");
  git("add", "server.key");
  assert.match(tlslint(cwd, ["check", ...AT]).stdout, /error\[committed-private-key\]/);
  git("update-index", "--index-version", "4");
  assert.match(tlslint(cwd, ["check", ...AT]).stdout, /error\[committed-private-key\]/, "with compressed names");
  git("rm", "--quiet", "--cached", "server.key");
  assert.equal(tlslint(cwd, ["check", ...AT]).status, 0, "taken out again");
});

test("a change beside a private key is made, but not shown", async (context) => {
  const { cwd, text, read } = await project(context, [], {});
  const { writeFileSync } = await import("node:fs");
  const path = join(cwd, "server.pem");
  writeFileSync(path, text("wrong-order.pem") + text("server.key"), { mode: 0o600 });
  const secret = (text("server.key").split("\n")[1] ?? "").slice(8, 40);
  for (const args of [["check"], ["check", "--diff"], ["check", "--format", "json"], ["check", "--format", "sarif"]]) {
    const { stdout, stderr } = tlslint(cwd, [...args, ...AT]);
    assert.ok(!(stdout + stderr).includes(secret), args.join(" "));
    assert.match(stdout + stderr, /wrong-chain-order|private key/);
  }
  tlslint(cwd, ["check", "--fix", ...AT]);
  assert.equal(read("server.pem"), text("server-chain.pem") + text("server.key"));
});

const withoutOpenssl = skipWithout("openssl", "version");

/** What the real OpenSSL makes of a chain and a key. */
function keyStore(cwd: string, chain: string, key: string, password: string): void {
  writeFileSync(join(cwd, "chain.tmp"), readFileSync(join(cwd, chain)));
  execFileSync("openssl", ["pkcs12", "-export", "-in", "chain.tmp", "-inkey", key, "-out", "store.p12", "-passout", `pass:${password}`], {
    cwd,
    stdio: "ignore",
  });
  rmSync(join(cwd, "chain.tmp"));
}

test("inspect opens PKCS#12 with the password from standard input, judges it like a bundle, and tells nothing of it", {
  skip: withoutOpenssl,
}, async (context) => {
  const { cwd } = await project(context, ["server-chain.pem", "server.key", "ca-bundle.pem"]);
  keyStore(cwd, "server-chain.pem", "server.key", "open sesame");
  for (const format of ["pretty", "json"]) {
    const { status, stdout, stderr } = tlslint(
      cwd,
      ["inspect", ...AT, "--format", format, "--password-stdin", "store.p12"],
      "open sesame\n",
    );
    assert.equal(status, 0, stdout + stderr);
    const shown =
      format === "json"
        ? ['"contents": "open"', '"role": "leaf"', '"role": "intermediate"', '"encrypted": true', '"accepted"']
        : [
            "opened with the password",
            "leaf certificate in PKCS#12",
            "intermediate certificate in PKCS#12",
            "encrypted private key in PKCS#12",
            "rustls-webpki 0.103 accepts",
          ];
    for (const it of [...shown, "in this file"]) assert.ok(stdout.includes(it), it);
    assert.ok(!(stdout + stderr).includes("sesame"));
  }
  const wrong = tlslint(cwd, ["inspect", ...AT, "--password-stdin", "store.p12"], "open barley\n");
  assert.equal(wrong.status, 2);
  assert.match(wrong.stdout, /not analysed: the password is wrong/);
  const closed = tlslint(cwd, ["inspect", ...AT, "store.p12"]);
  assert.match(closed.stdout, /that takes the password/);
  // An expired chain, and one whose intermediate stayed outside.
  const late = tlslint(cwd, ["inspect", "--now", "2036-06-01T00:00:00Z", "--password-stdin", "store.p12"], "open sesame");
  assert.match(late.stdout, /hint\[expired-certificate\]/);
});

test("a missing intermediate is found in PKCS#12 with its password", { skip: withoutOpenssl }, async (context) => {
  const { cwd } = await project(context, ["server-chain.pem", "missing-intermediate.pem", "server.key"]);
  keyStore(cwd, "missing-intermediate.pem", "server.key", "p");
  const { stdout } = tlslint(cwd, ["inspect", ...AT, "--password-stdin", "store.p12"], "p\n");
  assert.match(stdout, /\[missing-intermediate\]/);
});
