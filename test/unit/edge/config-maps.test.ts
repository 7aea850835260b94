/** Configurations in ConfigMaps that are no whole file of their own: quoted, with includes that are not beside them, half-written, in a template. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

async function lint(data: string): Promise<readonly string[]> {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: proxy }\ndata:\n${data}`;
  const service = await createLintService(memoryHost({ "/project/map.yaml": text }), { roots: ["/project"] });
  const { findings, gaps } = await service.lint("/project/map.yaml");
  service.dispose();
  const at = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);
  return [...findings.map((it) => `${it.rule} at ${at(it.place.span)}`), ...gaps.map((it) => `${it.kind}: ${it.reason}`)];
}

test("what is quoted or folded has no places, and that is said", async () => {
  const gap = "out of reach: `nginx.conf` is no block scalar (`|`): its lines have no places here";
  assert.deepEqual(await lint('  nginx.conf: "server {\\n listen 443 ssl;\\n ssl_protocols TLSv1;\\n}\\n"\n'), [gap]);
  assert.deepEqual(await lint("  nginx.conf: >\n    server {\n    listen 443 ssl;\n    ssl_protocols TLSv1;\n    }\n"), [gap]);
});

test("files of one map take in each other, and no others", async () => {
  const server = "    server {\n      listen 443 ssl;\n      include tls.conf;\n      proxy_pass https://api.shop.dev;\n    }\n";
  assert.deepEqual(await lint(`  default.conf: |\n${server}`), ["out of reach: `include tls.conf`: there is no such file beside it"]);
  assert.deepEqual(await lint(`  default.conf: |\n${server}  tls.conf: |\n    proxy_ssl_verify off;\n`), [
    "disabled-verification at proxy_ssl_verify off",
  ]);
});

test("half a file is read as far as it goes, and a circle ends", async () => {
  assert.deepEqual(await lint("  a.conf: |\n    server {\n      listen 443 ssl;\n      ssl_protocols TLSv1;\n"), [
    "obsolete-protocol at ssl_protocols TLSv1",
    "failed: a block without `}`: nginx refuses the file; the rest was read",
  ]);
  const circle = "  a.conf: |\n    include b.conf;\n    ssl_protocols TLSv1;\n  b.conf: |\n    include a.conf;\n    ssl_buffer_size 4k;\n";
  assert.deepEqual(await lint(circle), []);
});

test("files with indicators and line ends of their own keep their places", async () => {
  assert.deepEqual(await lint("  a.conf: |2-\r\n    server {\r\n      listen 443 ssl;\r\n      ssl_protocols TLSv1;\r\n    }\r\n"), [
    "obsolete-protocol at ssl_protocols TLSv1",
  ]);
  assert.deepEqual(await lint("  traefik.toml: |\n    [http.routers.a]\n    service = tru\n"), [
    "failed: it is not valid TOML: invalid value",
  ]);
});

test("maps without a proxy's configuration are none of these files", async () => {
  assert.deepEqual(await lint("  app.conf: |\n    port = 8080\n"), ["skipped: it is no kind of file that tlslint reads"]);
});
