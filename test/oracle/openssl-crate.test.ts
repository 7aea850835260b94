/**
 * CA files that hold certificates which cannot be read, asked through the crate `openssl`: a client that calls `set_ca_file` and shakes
 * hands, on the library of the machine.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { verdict } from "../../server/src/pki/stacks/index.ts";
import { LINKED } from "../cargo/targets.ts";
import { toHex } from "../certificates/build.ts";
import { type Bytes, HOST } from "./chain.ts";
import { questions } from "./handshake-questions.ts";
import { mutationsOfEach } from "./mutations.ts";

const MANIFEST = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle/openssl-crate/Cargo.toml");
const CARGO = ["--quiet", "--locked", "--manifest-path", MANIFEST];

function cargo(command: "build" | "run", args: readonly string[], input = "") {
  // Each connector begins with the roots of the machine, in whose place the CA file comes: reading them takes longer than all else.
  const roots = command === "run" ? { SSL_CERT_FILE: "/dev/null" } : {};
  const env = { ...process.env, CARGO_TARGET_DIR: LINKED, ...roots };
  return spawnSync("cargo", [command, ...CARGO, ...args], { input, encoding: "utf8", maxBuffer: 1 << 28, env });
}

const plain = questions.find(({ name }) => name === "plain");
assert.ok(plain);
const { leaf, intermediate, root, key } = plain;
const now = Math.floor(Date.now() / 1000);

/** The root with a byte, an element or its end changed: some cannot be read, others say something else. */
function changedRoots(): readonly Bytes[] {
  const whole = { id: "set_ca_file", leaf, intermediates: [intermediate], roots: [root], host: HOST, now };
  return mutationsOfEach([whole], 450).flatMap(({ roots }) => roots.filter((it) => it.length !== root.length || toHex(it) !== toHex(root)));
}

const files = changedRoots().flatMap((changed): readonly (readonly Bytes[])[] => [[changed, root], [root, changed], [changed]]);

test("one certificate that cannot be read spoils the whole CA file", async (t) => {
  const built = cargo("build", []);
  if (built.status !== 0) {
    assert.notEqual(process.env["CI"], "true", built.stderr);
    return t.skip(`the crate openssl does not build here: ${built.stderr.slice(0, 200)}`);
  }
  const version = /OpenSSL ([0-9.]+)/.exec(cargo("run", ["--", "--version"]).stdout)?.[1] ?? "";
  const lines = files.map((trusted) => [toHex(leaf), toHex(intermediate), trusted.map(toHex).join(","), toHex(key)].join("\t"));
  const { status, stdout, stderr } = cargo("run", [], `${lines.join("\n")}\n`);
  assert.equal(status, 0, stderr);
  const answers = stdout.trimEnd().split("\n");
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  for (const [at, roots] of files.entries()) {
    const real = answers[at] ?? "no answer";
    counts[real] = (counts[real] ?? 0) + 1;
    const presented = { leaf, intermediates: [intermediate], roots, as: "server", host: HOST, now: now * 1000, handshake: true } as const;
    const ours = await verdict(presented, { name: "openssl", version, securityLevel: 2 });
    assert.ok(ours, version);
    if (ours.verdict === "cannot tell") counts["cannot tell"] = (counts["cannot tell"] ?? 0) + 1;
    else {
      const kind = ours.verdict === "refused" ? ours.kind : "accepted";
      if (kind !== real) wrong.push(`${roots.map(toHex).join(",")}: really ${real}, here ${kind}`);
    }
  }
  t.diagnostic(`OpenSSL ${version}: ${JSON.stringify(counts)}`);
  assert.deepEqual(wrong, []);
  assert.ok((counts["unable to load certificate"] ?? 0) > 50 && (counts["accepted"] ?? 0) > 50, JSON.stringify(counts));
  assert.ok((counts["cannot tell"] ?? 0) < files.length * 0.05, JSON.stringify(counts));
});
