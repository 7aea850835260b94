/** JSON Web Keys and keys of OpenSSH: kind, size, encryption, and the pin by which they are known to fit a certificate. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash, createPublicKey, type KeyObject } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { keyText, readCertificateFile, type Section } from "../../../server/src/pki/index.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { certificate, text, toHex } from "../../certificates/build.ts";
import { NOW } from "../../certificates/cases.ts";
import { ecPair, ed448Pair, ed25519Pair, rsaPair, x25519Pair } from "../../harness/key-pairs.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const pinOf = (key: KeyObject): string =>
  `sha256/${createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("base64")}`;
const sectionsOf = (content: string): readonly Section[] => readCertificateFile(text(content)).sections;

function told(section: Section | undefined): {
  readonly text: string | undefined;
  readonly pin: string | undefined;
  readonly kind: string;
} {
  const { parsed } = section ?? {};
  assert.ok(parsed?.kind === "private-key" || parsed?.kind === "public-key", section?.kind);
  return { kind: parsed.kind, text: parsed.key && keyText(parsed.key), pin: parsed.pin };
}

const PAIRS = [
  ["RSA 2048 bit", rsaPair(2048)],
  ["EC P-256", ecPair("P-256")],
  ["EC P-384", ecPair("P-384")],
  ["EC P-521", ecPair("P-521")],
  ["EC secp256k1", ecPair("secp256k1")],
  ["Ed25519", ed25519Pair()],
  ["Ed448", ed448Pair()],
  ["X25519", x25519Pair()],
] as const;

const jwk = (key: KeyObject) => key.export({ format: "jwk" });

test("JSON Web Keys of every kind that Node writes, private and public", () => {
  for (const [words, { privateKey, publicKey }] of PAIRS) {
    const pin = pinOf(publicKey);
    assert.deepEqual(told(sectionsOf(JSON.stringify(jwk(privateKey)))[0]), { kind: "private-key", text: words, pin }, words);
    assert.deepEqual(told(sectionsOf(JSON.stringify(jwk(publicKey), undefined, 2))[0]), { kind: "public-key", text: words, pin }, words);
  }
});

test("a set has a section for each key, with its name, and the certificates that a key brings along", () => {
  const keys = PAIRS.map(([kid, { publicKey }]) => ({ ...jwk(publicKey), kid, x5c: [Buffer.from(certificate({})).toString("base64")] }));
  const set = JSON.stringify({ keys }, undefined, 1);
  const { format, sections } = readCertificateFile(text(set));
  assert.equal(format, "json");
  assert.deepEqual(
    sections.map((it) => [it.kind, it.alias ?? it.container]),
    PAIRS.flatMap(([kid]) => [
      ["public-key", kid],
      ["certificate", "JWK"],
    ]),
  );
  for (const { span } of sections) assert.doesNotThrow(() => JSON.parse(set.slice(span.start, span.end)));
});

test("symmetric keys, ML-DSA and RSA without primes are named as far as they can be", () => {
  const secret = { kty: "oct", k: Buffer.alloc(32, 7).toString("base64url") };
  assert.deepEqual(told(sectionsOf(JSON.stringify(secret))[0]), { kind: "private-key", text: "symmetric 256 bit", pin: undefined });
  const { publicKey } = ml_dsa44.keygen(new Uint8Array(32));
  const lattice = { kty: "AKP", alg: "ML-DSA-44", pub: Buffer.from(publicKey).toString("base64url") };
  assert.equal(told(sectionsOf(JSON.stringify(lattice))[0]).text, "ML-DSA-44");
  assert.equal(told(sectionsOf(JSON.stringify({ ...lattice, priv: Buffer.alloc(32).toString("base64url") }))[0]).kind, "private-key");
  const [, { privateKey, publicKey: half }] = PAIRS[0];
  const { n, e, d } = jwk(privateKey);
  assert.deepEqual(told(sectionsOf(JSON.stringify({ kty: "RSA", n, e, d }))[0]), {
    kind: "private-key",
    text: "RSA 2048 bit",
    pin: pinOf(half),
  });
});

test("a JSON Web Key whose halves do not belong together is found out", () => {
  const [one, other] = [ecPair("P-256"), ecPair("P-256")];
  const mixed = { ...jwk(one.privateKey), x: jwk(other.publicKey).x, y: jwk(other.publicKey).y };
  const [section] = sectionsOf(JSON.stringify(mixed));
  assert.ok(section?.parsed?.kind === "private-key");
  assert.deepEqual(section.parsed.fault, { foreign: pinOf(other.publicKey) });
  assert.equal(section.parsed.pin, pinOf(one.publicKey));
});

test("JSON that has no key, or a garbled one, is no file of keys", () => {
  for (const content of ['{"kty": 5}', '{"a": "kty"}', "[]", '{"kty":"EC"', '{"name":"kty","b":{}}'])
    assert.equal(readCertificateFile(text(content)).format, "unknown", content);
  for (const content of ['{"kty":"EC","crv":"P-256","x":"*","y":"AA"}', '{"kty":"??"}'])
    assert.equal(sectionsOf(content)[0]?.kind, "other", content);
});

test("many braces, and many keys, take linear time", () => {
  const cost = (size: number): number => {
    const content = `{${'{"kty":"x",'.repeat(size)}`;
    const start = process.cpuUsage().user;
    assert.equal(sectionsOf(content).length, 0);
    return process.cpuUsage().user - start;
  };
  cost(10_000);
  assert.ok(cost(400_000) < 25 * Math.max(cost(100_000), 20_000));
});

test("an exposed JSON Web Key is reported: in code, in settings, and in a set that is made to be published", async () => {
  const [, { privateKey, publicKey }] = PAIRS[1];
  const key = JSON.stringify(jwk(privateKey));
  const set = JSON.stringify({ keys: [jwk(privateKey), jwk(publicKey)] });
  const settings = JSON.stringify({ database: { url: "x".repeat(900), key: jwk(privateKey) } });
  const files = {
    "/w/Cargo.toml": '[package]\nname = "a"\nversion = "0.1.0"\n',
    "/w/src/main.rs": `const KEY: &str = r#"${key}"#;\nfn main() {}\n`,
    "/w/src/escaped.rs": `const KEY: &str = ${JSON.stringify(key)};\n`,
    "/w/jwks.json": set,
    "/w/public.json": JSON.stringify({ keys: [jwk(publicKey)] }),
    "/w/settings.json": settings,
    "/w/server.pem": certificate({ key: Uint8Array.from(publicKey.export({ type: "spki", format: "der" })) }),
  };
  const service = await createLintService(memoryHost(files, NOW), { roots: ["/w"] });
  const found: string[] = [];
  for (const file of Object.keys(files))
    for (const { rule } of (await service.lint(file)).findings) if (rule === "exposed-private-key") found.push(file.replace("/w/", ""));
  assert.deepEqual(found, ["src/main.rs", "src/escaped.rs", "jwks.json", "settings.json"]);
  const { entries } = await service.inspect("/w/jwks.json");
  assert.equal(entries[0]?.title, "private key");
  const fitting = [{ label: "certificate", value: "service.example (server.pem)" }];
  assert.deepEqual(
    entries.map((it) => it.surroundings),
    [fitting, fitting],
  );
  const secret = jwk(privateKey).d ?? "";
  assert.ok(secret.length > 40 && !JSON.stringify(entries).includes(secret.slice(4, 20)));
  assert.ok(!JSON.stringify(entries).includes(toHex(Buffer.from(secret, "base64url")).slice(8, 40)));
});

const withoutKeygen = spawnSync("ssh-keygen", ["-?"], { stdio: "ignore" }).error !== undefined && "ssh-keygen is not installed";

test("keys that ssh-keygen makes: kind, size, encryption and pin, of encrypted ones too", { skip: withoutKeygen }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-ssh-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [type, bits, words] of [
    ["rsa", "2048", "RSA 2048 bit"],
    ["ecdsa", "256", "EC P-256"],
    ["ecdsa", "521", "EC P-521"],
    ["ed25519", "256", "Ed25519"],
  ] as const)
    for (const password of ["", "open sesame"]) {
      const file = join(folder, `${type}-${bits}-${password.length}`);
      execFileSync("ssh-keygen", ["-q", "-t", type, "-b", bits, "-N", password, "-C", "me@here", "-f", file], { stdio: "ignore" });
      // OpenSSL reads the public half in PKCS#8 or PKCS#1, which ssh-keygen converts it to; not of Ed25519.
      const converted = type === "ed25519" ? undefined : execFileSync("ssh-keygen", ["-e", "-m", "PKCS8", "-f", `${file}.pub`]);
      const line = sectionsOf(readFileSync(`${file}.pub`, "utf8"))[0];
      const pin = converted === undefined ? told(line).pin : pinOf(createPublicKey(converted));
      assert.deepEqual(told(line), { kind: "public-key", text: words, pin });
      assert.equal(line?.alias, "me@here");
      const [section] = sectionsOf(readFileSync(file, "utf8"));
      assert.deepEqual(told(section), { kind: "private-key", text: words, pin });
      assert.ok(section?.parsed?.kind === "private-key");
      assert.equal(section.parsed.encrypted, password !== "");
    }
});

test("lines of authorized_keys and known_hosts, with what stands before the key", () => {
  const blob = (...parts: readonly Uint8Array[]): string =>
    Buffer.concat(parts.flatMap((it) => [Buffer.from([0, 0, 0, it.length]), Buffer.from(it)])).toString("base64");
  const [, { publicKey }] = PAIRS[5];
  const key = blob(text("ssh-ed25519"), Buffer.from(jwk(publicKey).x ?? "", "base64url"));
  const content = `# mine\nssh-ed25519 ${key} a@b\nno-pty,command="ls" ssh-ed25519 ${key}\r\nhost.example ssh-ed25519 ${key}\nssh-ed25519 AAAA\n`;
  const sections = sectionsOf(content);
  assert.deepEqual(
    sections.map((it) => [it.kind, it.alias]),
    [
      ["public-key", "a@b"],
      ["public-key", undefined],
      ["public-key", undefined],
    ],
  );
  for (const it of sections) {
    assert.equal(told(it).pin, pinOf(publicKey));
    assert.equal(content.slice(it.span.start, it.span.start + 12), "ssh-ed25519 ");
  }
});
