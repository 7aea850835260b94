/** The commands that issue a certificate again: they run as they stand, and what they make has the fault no more. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { parseStack, STACKS, verdict } from "../../server/src/pki/stacks/index.ts";
import { alternativeNames, basicConstraints, certificatePem, dns, text, time, tlv, uri } from "../certificates/build.ts";
import { allToReissue, issuedIn, prepare, shell, type ToReissue } from "../certificates/reissued.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const version = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "";
const skip = /^OpenSSL 3/.test(version) || process.env["CI"] === "true" ? false : "not run: OpenSSL 3 is not installed";

test("for every fault of a certificate, the command makes one without it that all stacks accept", { skip }, (context) =>
  all(context, "openssl"),
);

/** From https://github.com/smallstep/cli; measured with 0.21.0. It has no package everywhere, so this is no part of the suite without it. */
const hasStep = spawnSync("step", ["version"]).status === 0;
if (hasStep) test("so does that for `step`", { skip }, (context) => all(context, "step"));

async function all(context: TestContext, tool: "openssl" | "step"): Promise<void> {
  const every = (await allToReissue()).filter((it) => it[tool] !== undefined);
  const rules = new Set(every.map(({ rule }) => rule.id));
  assert.ok(rules.size >= 16 && every.length >= 50, `${every.length} commands of ${rules.size} rules`);
  context.diagnostic(`${every.length} commands of ${rules.size} rules`);
  const root = folder(context, {});
  const wrong: string[] = [];
  for (const [index, one] of every.entries()) {
    const cwd = join(root, String(index));
    mkdirSync(cwd);
    for (const it of await faultsOf(one, one[tool] ?? "", cwd)) wrong.push(`${one.rule.id}, ${one.name}: ${it}\n${one[tool]}`);
  }
  assert.deepEqual(wrong, []);
}

async function faultsOf({ rule, context }: ToReissue, command: string, cwd: string): Promise<readonly string[]> {
  prepare(cwd, command);
  const run = shell(cwd, command);
  if (run.status !== 0) return [run.stderr];
  const { file, der, certificate, roots } = issuedIn(cwd, command);
  const now = Date.now();
  // What is trusted instead is the authority that the command signs with.
  const usedAs = rule.id === "leaf-as-anchor" ? [] : context.usedAs;
  const faults = rule.judge(file, { ...context, usedAs, policy: { ...context.policy, now } }).map((it) => it.message);
  if (certificate.values.basicConstraints?.ca === true) return faults;
  const names = certificate.values.alternativeNames ?? [];
  const host = names.find(({ kind }) => kind === "DNS" || kind === "IP")?.value.replace(/^\*/, "any");
  const [, made = ""] = /> (\S+-new\.pem)$/m.exec(command) ?? [];
  for (const as of ["server", "client"] as const) {
    if (certificate.values.purposes?.includes(`${as}Auth`) !== true) continue;
    if (as === "server" && host === undefined) faults.push("a server without a host");
    for (const stack of STACKS) {
      const choice = parseStack(stack);
      assert.ok(choice);
      const presented = { leaf: der, intermediates: [], roots, now, as, handshake: true };
      const answer = await verdict(as === "server" && host !== undefined ? { ...presented, host } : presented, choice);
      if (answer?.verdict !== "accepted") faults.push(`as ${as}, ${stack}: ${JSON.stringify(answer)}`);
    }
    const args = ["verify", "-purpose", `ssl${as}`, "-CAfile", certificate.selfIssued ? made : "ca.pem", made];
    const real = spawnSync("openssl", args, { cwd, encoding: "utf8" });
    if (real.status !== 0) faults.push(real.stderr);
  }
  return faults;
}

/** What a shell, OpenSSL's configuration, a template of Go, a terminal or Markdown might stumble over. */
const HOSTILE = [
  "'; touch pwned; '",
  '"; touch pwned; "',
  "$(touch pwned) `touch pwned` $HOME",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: so a shell writes it.
  "${HOME}",
  "a\nISSUE\ntouch pwned\n",
  "a\nPROFILE\n[names]\nDNS.9 = evil.example",
  "-subj /CN=evil",
  "--force",
  "!! ; | & > pwned # \\",
  '{{ env "HOME" }}',
  "good\u202egnp.exe",
  "```\n# heading",
  "@names, email:copy",
];

test("names that strangers wrote are only ever names", { skip }, (context) => {
  const utf8 = (value: string) => tlv(0x0c, text(value));
  const cwd = folder(context, {});
  for (const [index, value] of HOSTILE.entries()) {
    const subject = [["2.5.4.10", utf8(value)] as const, ["2.5.4.3", utf8(value)] as const];
    const names = alternativeNames(dns(value), uri(`https://a/${value}`), dns("api.example"));
    const old = certificatePem({ subject, extensions: [basicConstraints(false), names], notAfter: time("2025-12-01T00:00:00Z") });
    const own = join(cwd, String(index));
    mkdirSync(own);
    writeFileSync(join(own, "-server.pem"), old);
    for (const tool of ["openssl", ...(hasStep ? ["step"] : [])]) {
      const { status, stdout } = tlslint(own, ["reissue", "--tool", tool, "--", "-server.pem"]);
      assert.equal(status, 0);
      if (tool === "openssl") prepare(own, stdout);
      const run = shell(own, stdout);
      assert.equal(run.status, 0, `${run.stderr}${stdout}`);
      const { certificate } = issuedIn(own, stdout);
      for (const { value: kept } of certificate.subject.attributes) assert.equal(kept, value.trim());
      assert.ok(certificate.values.alternativeNames?.some((it) => it.value === "api.example"));
      assert.ok(certificate.values.alternativeNames?.every((it) => it.value === "api.example" || it.value === `https://a/${value}`));
      for (const file of readdirSync(own)) if (/-new\./.test(file)) chmodSync(join(own, file), 0o600);
      shell(own, "rm -f ./*-new.*");
    }
    assert.deepEqual(readdirSync(own).sort(), ["-server.pem", "ca.key", "ca.pem"]);
    assert.ok(!readdirSync(cwd).includes("pwned"));
  }
});

test("files of the workspace are found whatever they are called, and nothing is written over", { skip }, (context) => {
  const odd = "it's $(touch pwned) `x`";
  // One project, so that all of it is seen.
  const cwd = folder(context, { "Cargo.toml": MISTAKEN["Cargo.toml"] });
  for (const name of ["server", odd]) mkdirSync(join(cwd, name));
  prepare(join(cwd, odd), "test -r ca.key ||");
  const make = [
    "openssl ecparam -name prime256v1 -genkey -noout -out server/old.key",
    "openssl req -new -key server/old.key -subj /CN=api.example -out server/old.csr",
    `openssl x509 -req -in server/old.csr -CA "$1/ca.pem" -CAkey "$1/ca.key" -set_serial 5 -days 20 -out server/server.pem`,
  ].join(" && ");
  assert.equal(spawnSync("sh", ["-c", make, "sh", odd], { cwd, encoding: "utf8" }).status, 0);
  const { stdout } = tlslint(cwd, ["reissue", "server/server.pem"]);
  assert.match(stdout, /-CA '\.\.\/it'\\''s \$\(touch pwned\) `x`\/ca\.pem' -CAkey /);
  assert.match(stdout, /-days 20 /);
  const own = join(cwd, "server");
  writeFileSync(join(own, "server-new.key"), "the key that is there");
  const refused = shell(own, stdout);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /server-new\.key is there already/);
  assert.equal(readFileSync(join(own, "server-new.key"), "utf8"), "the key that is there");
  assert.ok(!readdirSync(own).includes("server-new.pem"));
  assert.equal(shell(own, `rm server-new.key; ${stdout}`).status, 0);
  assert.equal(statSync(join(own, "server-new.key")).mode & 0o777, 0o600);
  const made = readFileSync(join(own, "server-new.key"), "utf8");
  assert.equal(shell(own, stdout).status, 1);
  assert.equal(readFileSync(join(own, "server-new.key"), "utf8"), made);
  assert.deepEqual(readdirSync(cwd).sort(), ["Cargo.toml", odd, "server"].sort());
  assert.equal(
    tlslint(cwd, ["verify", "server/server-new.pem", "--roots", `${odd}/ca.pem`, "--as", "server", "--host", "api.example"]).status,
    0,
  );
});

test("the command stands in reports, and its absence has a reason", async (context) => {
  const old = certificatePem({
    extensions: [basicConstraints(false), alternativeNames(dns("api.example"))],
    notAfter: time("2025-12-01T00:00:00Z"),
  });
  const cwd = folder(context, { "old.pem": old, "notes.txt": "nothing", "odd name.pem": old });
  const { stdout } = tlslint(cwd, ["check", "--format", "json", "old.pem"]);
  const [finding] = JSON.parse(stdout).files[0].findings;
  assert.deepEqual(Object.keys(finding.reissue), ["openssl", "step"]);
  assert.equal(finding.reissue.openssl, tlslint(cwd, ["reissue", "old.pem"]).stdout);
  assert.equal(finding.reissue.step, tlslint(cwd, ["reissue", "old.pem", "--tool", "step"]).stdout);
  assert.match(tlslint(cwd, ["check", "old.pem"]).stdout, /the command for it: `tlslint reissue old\.pem`/);
  assert.match(tlslint(cwd, ["check", "odd name.pem"]).stdout, /the command for it: `tlslint reissue FILE`/);
  const none = tlslint(cwd, ["reissue", "notes.txt"]);
  assert.deepEqual([none.status, none.stdout], [2, ""]);
  assert.match(none.stderr, /^tlslint: notes\.txt: ./);
  for (const args of [["reissue"], ["reissue", "old.pem", "old.pem"], ["reissue", "old.pem", "--tool", "make"]])
    assert.equal(tlslint(cwd, args).status, 2);
});
