/** What names a key or a certificate, and whether it is a test: by code, settings, and what is closed again. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { certificatePem, pem, privateKey, time } from "../../certificates/build.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { skipWithout } from "../../harness/programs.ts";

const KEY = pem("PRIVATE KEY", privateKey());
const MAIN = "/w/src/main.rs";
const VARIABLES = "/w/.env";

/** What git writes where it has the key alone. */
function indexOfKey(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-index-"));
  try {
    writeFileSync(join(folder, "server.key"), KEY);
    for (const args of [
      ["init", "--quiet"],
      ["add", "server.key"],
    ])
      execFileSync("git", args, { cwd: folder, stdio: "ignore" });
    return readFileSync(join(folder, ".git/index"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("a committed key is an error from the moment that code or settings name it", { skip: skipWithout("git", "--version") }, async () => {
  const files = { "/w/.git/HEAD": "ref: refs/heads/main\n", "/w/.git/index": indexOfKey(), "/w/server.key": KEY };
  const host = memoryHost({ ...files, [MAIN]: "fn main() {}\n", [VARIABLES]: "A=1\n" });
  const service = await createLintService(host, { roots: ["/w"], settings: {} });
  const severity = async (): Promise<string | undefined> =>
    (await service.lint("/w/server.key")).findings.find((it) => it.rule === "committed-private-key")?.severity;
  assert.equal(await severity(), "hint");
  for (const [file, naming, silent] of [
    [MAIN, 'fn main() { open("server.key"); }\n', "fn main() {}\n"],
    [VARIABLES, "A=/etc/a/server.key\n", "A=1\n"],
  ] as const) {
    service.open(file, silent);
    assert.equal(await severity(), "hint", file);
    service.change(file, naming, undefined);
    assert.equal(await severity(), "error", file);
    service.close(file);
    assert.equal(await severity(), "hint", file);
  }
});

test("a committed key that modules of tests alone name is a hint, wherever they are declared to be", {
  skip: skipWithout("git", "--version"),
}, async () => {
  const files = { "/w/.git/HEAD": "ref: refs/heads/main\n", "/w/.git/index": indexOfKey(), "/w/server.key": KEY };
  const mock = 'pub const KEY: &[u8] = include_bytes!("../server.key");\n';
  const host = memoryHost({ ...files, [MAIN]: "mod mock;\nfn main() {}\n", "/w/src/mock.rs": mock });
  const service = await createLintService(host, { roots: ["/w"], settings: {} });
  const severity = async (): Promise<string | undefined> =>
    (await service.lint("/w/server.key")).findings.find((it) => it.rule === "committed-private-key")?.severity;
  assert.equal(await severity(), "error");
  service.open(MAIN, '#[cfg(any(test, feature = "testing"))]\nmod mock;\nfn main() {}\n');
  assert.equal(await severity(), "hint");
  service.close(MAIN);
  assert.equal(await severity(), "error");
  service.dispose();
});

/** RFC 8410, section 10.3. */
const PUBLISHED = pem("PRIVATE KEY", Buffer.from("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC", "base64"));

test("a committed key that is published anyway is one fault", { skip: skipWithout("git", "--version") }, async () => {
  const files = { "/w/.git/HEAD": "ref: refs/heads/main\n", "/w/.git/index": indexOfKey(), "/w/server.key": PUBLISHED };
  const host = memoryHost({ ...files, [MAIN]: 'fn main() { open("server.key"); }\n' });
  const service = await createLintService(host, { roots: ["/w"], settings: {} });
  const { findings } = await service.lint("/w/server.key");
  assert.deepEqual(
    findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule),
    ["recoverable-key"],
  );
  service.dispose();
});

test("a committed key is told with where it and its certificate are put to work", { skip: skipWithout("git", "--version") }, async () => {
  const main = `mod keys;
pub fn serve() -> native_tls::Identity { native_tls::Identity::from_pkcs8(keys::CERTIFICATE, keys::KEY).unwrap() }
pub fn trust() -> native_tls::Certificate { native_tls::Certificate::from_pem(keys::CERTIFICATE).unwrap() }
fn main() { serve(); trust(); }
`;
  const keys = `pub const KEY: &[u8] = include_bytes!("../server.key");\npub const CERTIFICATE: &[u8] = include_bytes!("../server.pem");\n`;
  const only = `mod keys { const KEY: &[u8] = include_bytes!("../server.key"); }\nfn main() {}\n`;
  const told = async (code: string): Promise<readonly string[]> => {
    const files = { "/w/.git/HEAD": "ref: refs/heads/main\n", "/w/.git/index": indexOfKey(), "/w/server.key": KEY };
    const host = memoryHost({
      ...files,
      "/w/Cargo.toml": '[package]\nname = "w"\nversion = "0.1.0"\n[dependencies]\nnative-tls = "0.2"\n',
      "/w/server.pem": certificatePem({ subject: "shop.dev" }),
      [MAIN]: code,
      "/w/src/keys.rs": keys,
    });
    const service = await createLintService(host, { roots: ["/w"], settings: {} });
    const { findings } = await service.lint("/w/server.key");
    service.dispose();
    return findings
      .filter((it) => it.rule === "committed-private-key")
      .flatMap(({ related }) =>
        related.map(({ file, span, message }) => `${message}: ${(file === MAIN ? code : keys).slice(span.start, span.end)}`),
      );
  };
  assert.deepEqual(await told(main), [
    "the key is loaded here: native_tls::Identity::from_pkcs8",
    "the certificate of this key is loaded here: native_tls::Identity::from_pkcs8",
    "the certificate of this key is loaded here: native_tls::Certificate::from_pem",
    'read here by `native_tls::Identity::from_pkcs8`: "../server.key"',
  ]);
  // The file that no module leads to names it, too.
  assert.deepEqual(await told(only), ["the key is named here: ../server.key", "the key is named here: ../server.key"]);
});

test("a file whose path only tests write is one of theirs, until something else names it", async () => {
  const test = '#[cfg(test)]\npub const PEM: &[u8] = include_bytes!("x.pem");\n';
  const own = certificatePem({ subject: "shop.dev", notAfter: time("2026-01-01T00:00:00Z") });
  const severity = async (files: Record<string, string>): Promise<string | undefined> => {
    const service = await createLintService(
      memoryHost({ "/w/Cargo.toml": '[package]\nname = "w"\n', "/w/src/lib.rs": test, "/w/src/x.pem": own, ...files }),
      { roots: ["/w"], settings: {} },
    );
    const { findings } = await service.lint("/w/src/x.pem");
    service.dispose();
    return findings.find((it) => it.rule === "expired-certificate")?.severity;
  };
  assert.equal(await severity({}), "hint");
  assert.equal(await severity({ "/w/src/lib.rs": test.replace("#[cfg(test)]\n", "") }), "error");
  assert.equal(await severity({ "/w/.env": "TLS_CERTIFICATE=/etc/w/x.pem\n" }), "error");
  // Of another file that is called so, nothing is known.
  assert.equal(await severity({ "/w/src/other/x.pem": own, "/w/src/lib.rs": test.replace("x.pem", "other/x.pem") }), "error");
});
