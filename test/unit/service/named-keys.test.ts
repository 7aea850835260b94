/** Whether anything names a committed key follows what is typed: code, settings, and what is closed again. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { pem, privateKey } from "../../certificates/build.ts";
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
