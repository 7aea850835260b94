/** Hovers on both ends of a way: from the client through the proxy to the program, who the client is taken for, and what goes round the proxy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { workspaces } from "../../harness/workspaces.ts";

async function hovers(name: string, places: readonly (readonly [string, string])[]): Promise<readonly (string | undefined)[]> {
  const { files } = workspaces("edges").find((it) => it.name === name) ?? assert.fail(name);
  const host = memoryHost(Object.fromEntries([...files].map(([path, { text }]) => [`/project/${path}`, text])));
  const service = await createLintService(host, { roots: ["/project"] });
  const said: (string | undefined)[] = [];
  for (const [path, word] of places) {
    const at = files.get(path)?.text.indexOf(word) ?? -1;
    assert.ok(at >= 0, word);
    said.push((await service.hover(`/project/${path}`, at + 1))?.markdown);
  }
  service.dispose();
  return said;
}

test("each place on the way tells the whole of it", async () => {
  const way =
    "client ─TLS, any certificate→ nginx ─HTTP→ `app 0.0.0.0:8080`, identity from `X-SSL-Client-S-DN`, `8080:8080` published beside the proxy";
  const said = await hovers("mutual-tls-ends-at-nginx", [
    ["nginx/default.conf", "proxy_pass http://app:8080;"],
    ["nginx/default.conf", "ssl_verify_client"],
    ["nginx/default.conf", "X-SSL-Client-S-DN"],
    ["compose.yaml", '"8080:8080"'],
    ["app/src/main.rs", 'X-SSL-Client-S-DN"'],
    ["app/src/main.rs", "bind("],
  ]);
  for (const it of said) assert.ok(it?.split("  \n").some((line) => line.includes(way)) === true, it);
});

test("a place without a finding tells it, too", async () => {
  assert.deepEqual(await hovers("mutual-tls-to-loopback", [["nginx/default.conf", "proxy_pass"]]), [
    "client ─mTLS→ nginx ─HTTP→ `app 127.0.0.1:8080`, identity from `X-SSL-Client-S-DN`",
  ]);
});
