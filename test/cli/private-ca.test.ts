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
