/** No command prints a byte of a private key: of any kind, under any label, in any text, in any format. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { FORMATS } from "../../server/src/cli/report/formats.ts";
import { run } from "../../server/src/cli/run.ts";
import { nodeWorld, type World } from "../../server/src/cli/world.ts";
import { nodeHost } from "../../server/src/node-host.ts";
import { createLintService, type LintService } from "../../server/src/service/index.ts";
import { NOW } from "../certificates/cases.ts";
import { filesWithKeys } from "./files.ts";
import { likeOthers, secretKeys, webKeys } from "./keys.ts";
import { Secrets } from "./leaks.ts";

const folder = mkdtempSync(join(tmpdir(), "tlslint-secrets-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const chosen = secretKeys.filter(({ kind }) => /^(?:PKCS#8 RSA|PKCS#8 Ed25519|traditional encrypted)$/.test(kind));
/** Every way of recognising is tried in `unit/pki`; what is tried here are the ways out. */
const files = Object.fromEntries(Object.entries(filesWithKeys(chosen)).filter(([name]) => /^jwk|\/(?:objects|pem|line)\//.test(name)));
for (const [name, content] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), content);
}
process.chdir(folder);

const secrets = new Secrets();
for (const { kind, secrets: parts } of [...secretKeys, ...webKeys]) for (const it of parts) secrets.add(kind, it);
for (const it of likeOthers) secrets.except(it);

let service: LintService | undefined;

/** The command as the process runs it, but for the streams. */
async function output(...args: readonly string[]): Promise<string> {
  const parts: string[] = [];
  const world: World = {
    ...nodeWorld(),
    print: (text) => void parts.push(text),
    printCommands: (text) => void parts.push(text),
    error: (line) => void parts.push(`${line}\n`),
    readStdin: async () => readFileSync(args.at(-1) ?? "", "utf8"),
  };
  const start = {
    build: undefined,
    program: undefined,
    host: () => nodeHost(),
    // One service for all: what was linted once is told in every format.
    service: async () =>
      (service ??= await createLintService(
        { ...nodeHost((level, message) => void parts.push(`${level}: ${message}\n`)), now: () => NOW },
        { roots: [folder] },
      )),
    languageServer: async () => 2,
  };
  await run(args, world, start, false);
  return parts.join("");
}

const nothingIn = (text: string, what: string): void => {
  const leaked = secrets.in(text);
  if (leaked.length === 0) return;
  const first = text.split("\n").find((it) => secrets.in(it).length > 0);
  assert.fail(`${what} tells of ${leaked.join(", ")}: ${secrets.context(first ?? text)}`);
};

const lacking = secretKeys.length < 14 && process.env["CI"] !== "true" ? "not run: openssl or ssh-keygen is not installed" : false;

test("every kind of key is there", { skip: lacking }, () => {
  assert.ok(secretKeys.length >= 14, secretKeys.map((it) => it.kind).join(", "));
});

test("what is looked for would be found", () => {
  assert.ok(secrets.size > 5_000);
  for (const { kind, der } of secretKeys) {
    assert.ok(secrets.in(Buffer.from(der).toString("base64")).length > 0, kind);
    assert.ok(secrets.in(Buffer.from(der).toString("latin1")).length > 0, kind);
    assert.ok(secrets.in(Buffer.from(der).toString("hex")).length > 0, kind);
  }
  for (const { kind, json } of webKeys) assert.ok(secrets.in(json).length > 0, kind);
});

for (const format of FORMATS)
  test(`check --format ${format}`, async () => {
    const text = await output("check", "--format", format, "--trace", ".");
    assert.ok(text.length > (format === "markdown" ? 50_000 : 80_000), `there is much to tell: ${text.length}`);
    nothingIn(text, format);
  });

test("check --output, --stdin and --diff", async () => {
  await output("check", "--format", "pretty", "--output", "report.txt", ".");
  nothingIn(readFileSync(join(folder, "report.txt"), "utf8"), "the written report");
  for (const name of Object.keys(files).filter((it) => /^0\/.*(?:lib\.rs|right\.pem|public-0\.crt)$/.test(it)))
    nothingIn(await output("check", "--stdin", "--stdin-path", name), `--stdin of ${name}`);
  const diff = await output("check", "--diff", "--fix-review", ".");
  assert.match(diff, /left out of the patch/);
  nothingIn(diff, "--diff");
});

for (const format of ["pretty", "json"] as const)
  test(`inspect --format ${format}`, async () => {
    const text = await output("inspect", "--format", format, ...Object.keys(files));
    assert.match(text, /private key/);
    nothingIn(text, format);
  });

test("reissue and verify", async () => {
  const objects = Object.keys(files).filter((it) => it.includes("/objects/") || it.startsWith("jwk"));
  const chain = objects.find((it) => it.endsWith("after-certificate.pem")) ?? "";
  for (const name of objects) {
    nothingIn(await output("reissue", name), `reissue of ${name}`);
    nothingIn(await output("verify", name, "--roots", name, "--crl", name, "--as", "server"), `verify of ${name}`);
    nothingIn(await output("verify", chain, "--roots", chain, "--intermediates", name, "--as", "client", "--stack", "openssl@3"), name);
    nothingIn(await output("verify", "--limbo", name), `cases in ${name}`);
  }
});

test("--fix tells nothing, and writes no blotted text", async () => {
  const text = await output("check", "--fix-review", "--format", "json", ".");
  nothingIn(text, "--fix-review");
  const starred = Object.entries(files).flatMap(([name, content]) => {
    const before = typeof content === "string" ? content : Buffer.from(content).toString("latin1");
    return !before.includes("****") && readFileSync(join(folder, name), "latin1").includes("****") ? [name] : [];
  });
  assert.deepEqual(starred, [], "what is blotted out is never written");
});
