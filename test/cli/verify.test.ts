/** `tlslint verify` with revocation lists: the verdict, its field, and options that a stack does not have. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { pem } from "../certificates/build.ts";
import { ROOT } from "../harness/fixtures.ts";
import { certificate } from "../lsp/programs.ts";
import { listScenarios } from "../oracle/lists.ts";
import { folder, type Outcome, tlslint } from "./cli.ts";

const scenarios = listScenarios();

/** The files of one scenario: chain.pem, ca.pem, and its lists together in lists.pem; and what is asked about them. */
function question(context: TestContext, id: string): readonly [cwd: string, args: readonly string[]] {
  const found = scenarios.find((it) => it.id === id);
  assert.ok(found, id);
  const certificates = (ders: readonly Uint8Array[]): string => ders.map((der) => pem("CERTIFICATE", der)).join("");
  const cwd = folder(context, {
    "chain.pem": certificates([found.leaf, ...found.intermediates]),
    "ca.pem": certificates(found.roots),
    "lists.pem": (found.lists ?? []).map((der) => pem("X509 CRL", der)).join(""),
  });
  return [cwd, ["verify", "chain.pem", "--roots", "ca.pem", "--as", "client", "--now", String(found.now)]];
}

function verify(context: TestContext, id: string, ...options: readonly string[]): Outcome {
  const [cwd, args] = question(context, id);
  const outcome = tlslint(cwd, [...args, "--format", "json", ...options]);
  if (outcome.stdout !== "") assertValid(JSON.parse(outcome.stdout));
  return outcome;
}

function assertValid(value: unknown): void {
  const ajv = new Ajv({ allErrors: true });
  addFormats(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(join(ROOT, "server/schema/verify.schema.json"), "utf8")));
  assert.ok(valid(value), JSON.stringify(valid.errors));
}

test("JSON has a version and follows its published schema, which takes no less", (context) => {
  const outcome = verify(context, "lists/leaf revoked/usual", "--crl", "lists.pem");
  const value: Readonly<Record<string, unknown>> = JSON.parse(outcome.stdout);
  const { version, verdict, now, notChecked } = value;
  assert.deepEqual([version, verdict, notChecked], [1, "refused", []]);
  assert.match(String(now), /^\d{4}-\d\d-\d\dT/);
  for (const key of ["version", "kind", "place", "paths"]) {
    const { [key]: _, ...less } = value;
    assert.throws(() => assertValid(less), key);
  }
  const cwd = folder(context, { "one.pem": certificate("one"), "none.pem": "" });
  for (const [chain, roots, status] of [
    ["one.pem", "one.pem", 1],
    ["one.pem", "none.pem", 2],
  ] as const) {
    const found = tlslint(cwd, ["verify", chain, "--roots", roots, "--as", "server", "--format", "json"]);
    assert.equal(found.status, status);
    assertValid(JSON.parse(found.stdout));
  }
});

test("what the question leaves out is told with an acceptance", (context) => {
  const cwd = folder(context, { "one.pem": certificate("one") });
  const accepted = (...options: readonly string[]): string =>
    tlslint(cwd, ["verify", "one.pem", "--roots", "one.pem", "--stack", "openssl@3", ...options]).stdout;
  assert.match(accepted("--as", "server"), /: accepted\n {2}not checked: hostname \(`--host`\), revocation \(`--crl`\)\n/);
  assert.match(accepted("--as", "client"), /: accepted\n {2}not checked: revocation \(`--crl`\)\n/);
  assert.deepEqual(JSON.parse(accepted("--as", "server", "--format", "json")).notChecked, ["hostname", "revocation"]);
});

test("a revoked leaf is refused by both stacks, without lists by none", (context) => {
  for (const [stack, kind] of [
    ["rustls-webpki@0.103", "CertRevoked"],
    ["openssl@3", "certificate revoked"],
  ] as const) {
    const refused = verify(context, "lists/leaf revoked/usual", "--crl", "lists.pem", "--stack", stack);
    const answer = JSON.parse(refused.stdout);
    assert.deepEqual([refused.status, answer.kind, answer.place.role, answer.field], [1, kind, "list", "revokedCertificates"]);
    assert.equal(verify(context, "lists/leaf revoked/usual", "--stack", stack).status, 0);
  }
});

test("depth and policies change what a missing list means for rustls", (context) => {
  const missing = "lists/leaf only/usual";
  assert.equal(JSON.parse(verify(context, missing, "--crl", "lists.pem").stdout).kind, "UnknownRevocationStatus");
  assert.equal(verify(context, missing, "--crl", "lists.pem", "--crl-depth", "leaf").status, 0);
  assert.equal(verify(context, missing, "--crl", "lists.pem", "--crl-unknown", "allow").status, 0);
  const stale = "lists/time/stale by a second";
  assert.equal(verify(context, stale, "--crl", "lists.pem").status, 0);
  assert.equal(JSON.parse(verify(context, stale, "--crl", "lists.pem", "--crl-expired", "refuse").stdout).kind, "CrlExpired");
});

test("an option that the stack does not have is an error, and so is a file without a list", (context) => {
  const one = "lists/both/usual";
  for (const options of [
    ["--crl-depth", "leaf"],
    ["--crl", "lists.pem", "--crl-extended"],
    ["--crl", "lists.pem", "--crl-unknown", "allow", "--stack", "openssl@3"],
    ["--crl", "lists.pem", "--crl-depth", "leaf", "--stack", "rustls-webpki@0.101"],
    ["--crl", "lists.pem", "--crl-depth", "root"],
    ["--crl", "chain.pem"],
  ])
    assert.equal(verify(context, one, ...options).status, 2, options.join(" "));
});

test("each path that was tried is told, from the leaf up, with what ended it", (context) => {
  interface Tried {
    readonly path: readonly { readonly place: string; readonly subject: string }[];
    readonly kind?: string;
  }
  const pathsOf = ({ stdout }: Outcome): readonly Tried[] => JSON.parse(stdout).paths;
  for (const [stack, kind] of [
    ["rustls-webpki@0.103", "CertRevoked"],
    ["openssl@3", undefined],
  ] as const) {
    const [refused, ...others] = pathsOf(verify(context, "lists/leaf revoked/usual", "--crl", "lists.pem", "--stack", stack));
    // OpenSSL builds one path, and asks about it afterwards.
    assert.deepEqual([others.length, refused?.kind], [0, kind]);
    assert.deepEqual([refused?.path[0]?.place, refused?.path.at(-1)?.place], ["the leaf", "root 1"]);
    const [accepted] = pathsOf(verify(context, "lists/leaf revoked/usual", "--stack", stack));
    assert.deepEqual([accepted?.path.length, accepted?.kind], [refused?.path.length, undefined]);
  }
  const [cwd, args] = question(context, "lists/leaf revoked/usual");
  const shown = tlslint(cwd, [...args, "--crl", "lists.pem"]);
  assert.match(shown.stdout, /^ {2}path tried: the leaf \(.+\) → .*root 1 \(.+\): CertRevoked: /m);
});

test("a path that is refused at its first certificate ends there", (context) => {
  const cwd = folder(context, { "leaf.pem": certificate("one"), "ca.pem": certificate("other") });
  for (const [stack, kind] of [
    ["rustls-webpki@0.103", "CaUsedAsEndEntity"],
    ["openssl@3", "self-signed certificate"],
  ] as const) {
    const { stdout, status } = tlslint(cwd, [
      "verify",
      "leaf.pem",
      "--roots",
      "ca.pem",
      "--as",
      "server",
      "--format",
      "json",
      "--stack",
      stack,
    ]);
    assert.equal(status, 1);
    const { paths } = JSON.parse(stdout);
    assert.deepEqual(paths, [{ path: [{ place: "the leaf", subject: "CN=one" }], kind, sentence: paths[0].sentence }]);
  }
});
