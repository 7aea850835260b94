/** What is looked at: what git has, whatever it ignores; certificates and keys under any name, ending, folder and encoding. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pem, privateKey } from "../certificates/build.ts";
import { exampleFiles } from "../certificates/examples.ts";
import { skipWithout } from "../harness/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const KEY = pem("PRIVATE KEY", privateKey());
const NOW = Date.UTC(2026, 5, 1);
const LATE = ["--now", "2036-06-01T00:00:00Z"];

const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"));
  return big ? Uint8Array.from(bytes, (_, at) => bytes[at ^ 1] ?? 0) : bytes;
};

function repository(
  context: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
  added: readonly string[],
  format: readonly string[] = [],
): string {
  const cwd = folder(context, files);
  const git = (...args: readonly string[]): void => void execFileSync("git", args, { cwd, stdio: "ignore" });
  git("init", "--quiet", ...format);
  git("add", "--force", ...added);
  return cwd;
}

interface Report {
  readonly files: readonly { readonly path: string; readonly findings: readonly { readonly rule: string }[] }[];
}
/** Paths with the rules that were found there. */
function found(cwd: string, args: readonly string[] = []): readonly string[] {
  const { stdout, stderr } = tlslint(cwd, ["check", "--format", "json", ...args]);
  assert.ok(stdout.startsWith("{"), stderr);
  const { files }: Report = JSON.parse(stdout);
  return files.flatMap(({ path, findings }) => findings.map(({ rule }) => `${path} ${rule}`)).sort();
}

test("a key that git ignores and has all the same is found, and one that it only ignores is not", {
  skip: skipWithout("git", "--version"),
}, (context) => {
  const files = {
    ".gitignore": "*.key\nsecret/\n",
    "server.key": KEY,
    "local.key": KEY,
    "secret/deep/in.key": KEY,
    "secret/other.key": KEY,
  };
  const cwd = repository(context, files, ["server.key", "secret/deep/in.key"]);
  assert.deepEqual(
    found(cwd).filter((it) => it.includes("committed")),
    ["secret/deep/in.key committed-private-key", "server.key committed-private-key"],
  );
  assert.ok(!found(cwd).some((it) => it.startsWith("local.key") || it.startsWith("secret/other.key")));
});

test("beside code a key that git has is a hint until code, settings or a deployment names it", {
  skip: skipWithout("git", "--version"),
}, (context) => {
  const severity = (files: Readonly<Record<string, string>>): unknown => {
    const cwd = repository(context, { "keys/server.key": KEY, ...files }, ["keys/server.key"]);
    const { stdout } = tlslint(cwd, ["check", "--format", "json"]);
    const { files: reports }: { files: { findings: { rule: string; severity: string }[] }[] } = JSON.parse(stdout);
    return reports.flatMap((it) => it.findings).find((it) => it.rule === "committed-private-key")?.severity;
  };
  assert.equal(severity({}), "error");
  const main = (body: string): string => `fn main() { ${body} }\n`;
  const manifest = '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n';
  const program = { "Cargo.toml": manifest, "src/main.rs": main("") };
  assert.equal(severity(program), "hint");
  assert.equal(severity({ ...program, "tests/it.rs": main('open("keys/server.key");') }), "hint");
  assert.equal(severity({ ...program, "src/main.rs": `${main("")}#[test]\nfn reads() { open("keys/server.key"); }\n` }), "hint");
  assert.equal(severity({ ...program, "src/main.rs": main('open("keys/server.key");') }), "error");
  assert.equal(severity({ ...program, ".env": "TLS_KEY=/etc/a/server.key\n" }), "error");
  assert.equal(severity({ ...program, "nginx.conf": "http { server { listen 443 ssl; ssl_certificate_key server.key; } }\n" }), "error");
});

test("MISSING: a key that an image takes in, or a folder of it, is named by nothing that is read", {
  skip: skipWithout("git", "--version"),
}, (context) => {
  const manifest = '[package]\nname = "a"\nversion = "0.1.0"\nedition = "2021"\n';
  const files = { "Cargo.toml": manifest, "src/main.rs": "fn main() {}\n", "keys/server.key": KEY };
  const cwd = repository(context, { ...files, Dockerfile: "FROM scratch\nCOPY keys/server.key /etc/a/\nCOPY keys /etc/b\n" }, ["keys"]);
  assert.match(tlslint(cwd, ["check", "--format", "concise"]).stdout, /keys\/server\.key:1:1: hint\[committed-private-key\]/);
});

test("so is generated code that git has, in ignored folders, in output and among others' packages", {
  skip: skipWithout("git", "--version"),
}, (context) => {
  const code = MISTAKEN["src/main.rs"];
  const cwd = repository(
    context,
    {
      ...MISTAKEN,
      ".gitignore": "/src/generated/\n/target\n",
      "src/main.rs": "mod generated;\nfn main() {}\n",
      "src/generated/mod.rs": code,
      "target/kept/made.rs": code,
      "target/debug/not.rs": code,
      "node_modules/a/b.rs": code,
    },
    ["src/generated/mod.rs", "target/kept/made.rs", "node_modules/a/b.rs"],
  );
  assert.deepEqual(found(cwd), [
    "node_modules/a/b.rs disabled-verification",
    "src/generated/mod.rs disabled-verification",
    "target/kept/made.rs disabled-verification",
  ]);
});

test("what git has is known in the formats of its index", { skip: skipWithout("git", "--version") }, (context) => {
  const cwd = repository(context, { ".gitignore": "*.key\n", "a/b.key": KEY, "a/bc.key": KEY, "ü.key": KEY }, [
    "a/b.key",
    "a/bc.key",
    "ü.key",
  ]);
  const expected = ["a/b.key", "a/bc.key", "ü.key"].map((it) => `${it} committed-private-key`);
  for (const version of ["2", "3", "4"]) {
    execFileSync("git", ["update-index", "--index-version", version], { cwd });
    assert.deepEqual(
      found(cwd).filter((it) => it.includes("committed")),
      expected,
      version,
    );
  }
  execFileSync("git", ["update-index", "--split-index"], { cwd });
  execFileSync("git", ["update-index", "--force-remove", "a/bc.key"], { cwd });
  writeFileSync(join(cwd, "later.key"), KEY);
  execFileSync("git", ["add", "--force", "later.key"], { cwd });
  assert.ok(readdirSync(join(cwd, ".git")).some((it) => it.startsWith("sharedindex.")));
  const seen = found(cwd).filter((it) => it.includes("committed"));
  assert.ok(
    ["a/b.key", "later.key", "ü.key"].every((it) => seen.includes(`${it} committed-private-key`)),
    seen.join("\n"),
  );
});

test("what git has is known in a repository of SHA-256", { skip: skipWithout("git", "--version") }, (context) => {
  const cwd = repository(context, { ".gitignore": "*.key\n", "a/b.key": KEY, "c.key": KEY }, ["a/b.key"], ["--object-format=sha256"]);
  assert.deepEqual(found(cwd), ["a/b.key committed-private-key"]);
});

test("an index that cannot be read is out of reach", { skip: skipWithout("git", "--version") }, (context) => {
  const cwd = repository(context, { ".gitignore": "*.key\n", "lib.rs": "", "a.key": KEY }, ["a.key"]);
  const index = join(cwd, ".git/index");
  writeFileSync(index, readFileSync(index).subarray(0, 40));
  const { status, stdout } = tlslint(cwd, ["check", "--strict"]);
  assert.equal(status, 2, stdout);
  assert.match(stdout, /\.git\/index\b.*out of reach|out of reach.*\.git\/index/s);
});

test("certificates and keys are seen under every name, ending, folder and encoding", async (context) => {
  const chain = new TextDecoder().decode((await exampleFiles(NOW)).get("server-chain.pem"));
  const der = Buffer.from(chain.replace(/-----END[\s\S]*/, "").replace(/-----BEGIN.*/, ""), "base64");
  const files: Readonly<Record<string, string | Uint8Array>> = {
    "marked.key.bak": `\ufeff${chain}`,
    "little.dat": utf16(chain, false),
    "big.dat": utf16(chain, true),
    "server.key.bak": chain,
    "ca.pem.old": chain,
    "ca.pem~": chain,
    ".certs/ca": chain,
    ".hidden/a.pem": chain,
    "large.backup": chain.repeat(200),
    "explained.pem.orig": `Certificates of the test\n\n${chain}`,
    "one.bin": new Uint8Array(der),
  };
  assert.ok(chain.length * 200 > 256 * 1024);
  const cwd = folder(context, files);
  const seen = new Set(found(cwd, LATE).flatMap((it) => (it.endsWith("expired-certificate") ? [it.split(" ")[0]] : [])));
  assert.deepEqual([...seen].sort(), Object.keys(files).sort());
});

test("pictures, programs and documents that quote a boundary are no certificates", (context) => {
  const cwd = folder(context, {
    "lib.rs": "",
    "picture.png": new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]),
    "sequence.bin": new Uint8Array([0x30, 0x82, 0x10, 0, 0x02, 1, 2]),
    "README.md":
      "# Certificates\n\nPaste yours so:\n\n-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----\n\nand restart the server, please. It is read once.\n",
    "script.sh": 'grep -c -- "-----BEGIN CERTIFICATE-----" "$1"\n',
  });
  const { status, stdout } = tlslint(cwd, ["check", "--strict"]);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /^nothing found in 1 file$/m);
});

const ESCAPED = KEY.trimEnd().replaceAll("\n", "\\n");
const indented = (text: string, by: string): string => text.replace(/^/gm, by);

test("private keys in the strings of code, JSON, YAML and other text are exposed", (context) => {
  const files = {
    "src/lib.rs": `pub const KEY: &str = "${ESCAPED}";\n`,
    "src/raw.rs": `pub const KEY: &str = r#"${KEY}"#;\n`,
    "src/lines.rs": `pub const KEY: &str = concat!(\n${KEY.trimEnd()
      .split("\n")
      .map((it) => `    "${it}\\n",`)
      .join("\n")}\n);\n`,
    "service.json": JSON.stringify({ type: "account", key: KEY }),
    "nested.json": JSON.stringify({ inner: JSON.stringify({ key: KEY }) }),
    "secret.yaml": `kind: Secret\nstringData:\n  tls.key: |\n${indented(KEY.trimEnd(), "    ")}\n`,
    "deploy.sh": `cat <<END > key\n${indented(KEY.trimEnd(), "\t")}\nEND\n`,
    "app.py": `KEY = (\n${KEY.trimEnd()
      .split("\n")
      .map((it) => `    "${it}\\n"`)
      .join("\n")}\n)\n`,
    "App.java": `String key = ${KEY.trimEnd()
      .split("\n")
      .map((it) => `"${it}\\n"`)
      .join(" +\n    ")};\n`,
    "prod.env": `TLS_KEY="${ESCAPED}"\n`,
    "app.toml": `key = """\n${KEY}"""\n`,
    "notes.md": `${"Words about keys. ".repeat(40)}\n\n${KEY}`,
    "commented.conf": `${KEY.trimEnd()
      .split("\n")
      .map((it) => `# ${it}`)
      .join("\n")}\n`,
  };
  const cwd = folder(context, files);
  assert.deepEqual(
    found(cwd),
    Object.keys(files)
      .sort()
      .map((it) => `${it} exposed-private-key`),
  );
  const { stdout } = tlslint(cwd, ["check"]);
  const secret = KEY.split("\n")[1] ?? "";
  assert.ok(secret.length === 64);
  assert.match(stdout, /error\[exposed-private-key\]/);
});

test("tests, examples and placeholders are told apart, and a reason suppresses", (context) => {
  const cwd = folder(context, {
    "src/lib.rs": `pub const SHORT: &str = "-----BEGIN PRIVATE KEY-----\\nMIIE...\\n-----END PRIVATE KEY-----";\n#[cfg(test)]\nmod tests {\n    const KEY: &str = "${ESCAPED}";\n}\n`,
    "src/documented.rs": `/// Signs.\n/// \`\`\`\n/// let key = "${KEY.trimEnd().replaceAll("\n", "\n/// ")}";\n/// \`\`\`\npub fn sign() {}\n`,
    "tests/data/a.json": JSON.stringify({ key: KEY }),
    "examples/proxy/proxy.toml": `[certificates]\nkey = '''\n${KEY}'''\n`,
    "allowed.yaml": `# tlslint: allow(exposed-private-key): everybody has this one\nkey: |\n${indented(KEY.trimEnd(), "  ")}\n`,
    "src/allowed.rs": `// tlslint: allow(exposed-private-key): everybody has this one\npub const KEY: &str = "${ESCAPED}";\n`,
    "encrypted.json": JSON.stringify({ key: pem("ENCRYPTED PRIVATE KEY", privateKey()) }),
  });
  const { stdout } = tlslint(cwd, ["check"]);
  assert.match(stdout, /^4 hints in /m);
  assert.doesNotMatch(stdout, /\[(?:unused|bad)-suppression\]/);
});
