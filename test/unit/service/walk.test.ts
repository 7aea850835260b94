/** Which files of a folder are linted. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

test("files are walked in order, ignored and foreign folders left out", async () => {
  const host = memoryHost({
    "/w/Cargo.toml": "",
    "/w/src/b.rs": "",
    "/w/src/a.rs": "",
    "/w/target/debug/build/x.rs": "",
    "/w/out/target/CACHEDIR.TAG": "",
    "/w/out/target/x.rs": "",
    "/w/src/target/c.rs": "",
    "/w/node_modules/x/y.rs": "",
    "/w/.git/x.rs": "",
    "/w/gen/out.rs": "",
    "/w/gen/kept.rs": "",
    "/w/gen/.gitignore": "*\n!kept.rs\n",
    "/w/.gitignore": "/secret.pem\n",
    "/w/secret.pem": "",
  });
  const service = await createLintService(host, { roots: ["/w"] });
  const { files, gaps } = await service.files("/w");
  assert.deepEqual(files, ["/w/Cargo.toml", "/w/gen/kept.rs", "/w/src/a.rs", "/w/src/b.rs", "/w/src/target/c.rs"]);
  assert.deepEqual(gaps, []);
  assert.deepEqual((await service.files("/w/src/a.rs")).files, ["/w/src/a.rs"]);
  assert.deepEqual((await service.files("/w/gen")).files, ["/w/gen/kept.rs"]);
});
