/** The steps that a fix without a client CA points to: they run as they stand, and what they make is found fit. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../harness/fixtures.ts";
import { folder, tlslint } from "./cli.ts";

const version = spawnSync("openssl", ["version"], { encoding: "utf8" }).stdout ?? "";
const skip = /^OpenSSL 3/.test(version) || process.env["CI"] === "true" ? false : "not run: OpenSSL 3 is not installed";

test("docs/private-ca.md makes a CA, a client and a list that verify and have no findings", { skip }, (context) => {
  const cwd = folder(context, {});
  const page = readFileSync(join(ROOT, "docs/private-ca.md"), "utf8");
  const [, steps = ""] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
  const [, revoke = ""] = /To revoke a client: `(.*?)`/.exec(page) ?? [];
  const list = steps.split("\n").findLast((it) => it.includes("-gencrl")) ?? "";
  const shell = (script: string): void => {
    const { status, stderr } = spawnSync("sh", ["-e", "-c", script], { cwd, encoding: "utf8" });
    assert.equal(status, 0, stderr);
  };
  shell(steps);
  assert.equal(tlslint(cwd, ["check", "client-ca.pem", "client.pem", "client-ca.crl.pem"]).stdout.trim(), "nothing found in 3 files");
  const verify = ["verify", "client.pem", "--roots", "client-ca.pem", "--crl", "client-ca.crl.pem", "--as", "client"];
  assert.equal(tlslint(cwd, verify).status, 0);
  shell(`${revoke}\n${list}`);
  assert.equal(tlslint(cwd, verify).status, 1);
});

test("docs/private-ca.md makes a server that both stacks accept for its names", { skip }, (context) => {
  const cwd = folder(context, {});
  const page = readFileSync(join(ROOT, "docs/private-ca.md"), "utf8");
  const [, steps] = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, it = ""]) => it);
  assert.match(steps ?? "", /server-ca\.key/);
  const { status, stderr } = spawnSync("sh", ["-e", "-c", steps ?? ""], { cwd, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.equal(tlslint(cwd, ["check", "server-ca.pem", "server.pem"]).stdout.trim(), "nothing found in 2 files");
  for (const stack of [
    "rustls-webpki@0.101",
    "rustls-webpki@0.102",
    "rustls-webpki@0.103",
    "rustls-webpki@0.104",
    "openssl@1.1.1",
    "openssl@3",
  ]) {
    for (const [host, wanted] of [
      ["service.internal", 0],
      ["10.0.0.1", 0],
      ["other.internal", 1],
    ] as const) {
      const asked = ["verify", "server.pem", "--roots", "server-ca.pem", "--as", "server", "--host", host, "--stack", stack];
      assert.equal(tlslint(cwd, asked).status, wanted, `${stack}, ${host}`);
    }
  }
  // The real one, too.
  const real = spawnSync(
    "openssl",
    ["verify", "-purpose", "sslserver", "-verify_hostname", "service.internal", "-CAfile", "server-ca.pem", "server.pem"],
    { cwd },
  );
  assert.equal(real.status, 0);
});
