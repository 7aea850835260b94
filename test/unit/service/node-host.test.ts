/** Node's host: links, folders, pipes and things that cannot be read, as they are on a real disk. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { nodeHost } from "../../../server/src/node-host.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { certificatePem } from "../../certificates/build.ts";
import { skipWithout } from "../../harness/programs.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "tlslint-host-")));
after(() => rmSync(folder, { recursive: true, force: true }));
const host = nodeHost(() => {});
const at = (name: string): string => join(folder, name);

mkdirSync(at("project/sub"), { recursive: true });
mkdirSync(at("outside"));
writeFileSync(at("project/a.rs"), "fn main() {}\n");
writeFileSync(at("outside/secret.pem"), certificatePem({ subject: "outside.example" }));
symlinkSync(at("outside"), at("project/linked-folder"));
symlinkSync(at("outside/secret.pem"), at("project/linked.pem"));
symlinkSync(at("project/nowhere"), at("project/broken.pem"));
symlinkSync(at("project/loop.pem"), at("project/loop.pem"));

test("folders list files, folders and links to them, and say what is neither", async () => {
  const entries = await host.readFolder(at("project"));
  const names = entries?.map((it) => `${it.name}${it.folder ? "/" : ""}${it.link ? "@" : ""}${it.irregular ? `: ${it.irregular}` : ""}`);
  const nowhere = ["broken.pem: a link that leads nowhere", "loop.pem: a link that leads nowhere"];
  assert.deepEqual(names?.sort(), ["a.rs", ...nowhere, "linked-folder/@", "linked.pem@", "sub/"].sort());
  assert.equal(await host.readFolder(at("project/a.rs")), undefined);
  assert.equal(await host.readFolder(at("none")), undefined);
});

test("what is no file is no text", async () => {
  assert.equal(await host.readFile(at("none")), undefined);
  assert.equal(await host.readFile(at("project/a.rs/below")), undefined);
  assert.deepEqual(await host.readFile(at("project")), { unreadable: "it is a folder" });
  assert.deepEqual(await host.readFile(at("project/loop.pem")), { unreadable: "its symbolic links form a loop" });
});

test("a pipe does not hang", { skip: process.platform === "win32" || skipWithout("mkfifo", "--version") }, async () => {
  execFileSync("mkfifo", [at("project/pipe.pem")]);
  assert.deepEqual(await host.readFile(at("project/pipe.pem")), { unreadable: "it is no regular file" });
  rmSync(at("project/pipe.pem"));
});

// Root may read everything: only what other users see can be tested as such.
test("an unreadable file says why", { skip: process.platform === "win32" }, async () => {
  // A link to itself is the one file that not even root can read.
  symlinkSync(at("project/itself.pem"), at("project/itself.pem"));
  const content = await host.readFile(at("project/itself.pem"));
  assert.deepEqual(content, { unreadable: "its symbolic links form a loop" });
  rmSync(at("project/itself.pem"));
  if (process.getuid?.() === 0) return;
  writeFileSync(at("project/shut.pem"), "x");
  chmodSync(at("project/shut.pem"), 0);
  assert.deepEqual(await host.readFile(at("project/shut.pem")), { unreadable: "permission denied" });
});

test("a path in code is not followed through a link that leads outside", async () => {
  const text = 'pub fn f() -> &\'static [u8] { include_bytes!("linked.pem") }\n';
  writeFileSync(at("project/b.rs"), text);
  const service = await createLintService(host, { roots: [at("project")] });
  assert.equal(await service.hover(at("project/b.rs"), text.indexOf("linked")), undefined);
  assert.ok(!(await service.files(at("project"))).files.includes(at("project/linked.pem")));
  const wider = await createLintService(host, { roots: [folder] });
  assert.ok((await wider.files(at("project"))).files.includes(at("project/linked.pem")));
  assert.match((await wider.hover(at("project/b.rs"), text.indexOf("linked")))?.markdown ?? "", /outside/);
});
