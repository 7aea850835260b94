/** Caddyfiles that are hard to read: imports of files and in circles, brackets and quotes that never end, addresses of all forms, templates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { caddyProxies, isCaddyfile } from "../../../server/src/edge/caddy/read.ts";
import { readEdge } from "../../../server/src/edge/read-edge.ts";

const read = (text: string) => caddyProxies("/w/Caddyfile", text);
const routes = (text: string) => read(text).flatMap((it) => it.routes);

test("what an import brings from elsewhere is not known", () => {
  const known = "(s) {\n\theader_up -X\n}\n";
  assert.deepEqual(
    ["import s", "import s argument", "import ../common"].map(
      (it) => routes(`${known}a.dev {\n\treverse_proxy b:1 {\n\t\t${it}\n\t}\n}\n`)[0]?.hasOtherHeaders,
    ),
    [false, true, true],
  );
  assert.equal(routes("(s) {\n\timport s\n}\na.dev {\n\timport s\n\treverse_proxy b:1\n}\n")[0]?.hasOtherHeaders, true);
});

test("where requests go, in each form of an upstream", () => {
  const targets = (upstreams: string) =>
    routes(`a.dev {\n\treverse_proxy ${upstreams}\n}\n`).flatMap((it) =>
      it.targets.map(({ host, port }) => `${it.transport} ${host}:${port}`),
    );
  assert.deepEqual(targets("@matcher app:8080 https://[::1]:8443"), ["plaintext app:8080", "plaintext ::1:8443"]);
  assert.deepEqual(targets("/path/* https://api.dev"), ["tls api.dev:443"]);
  assert.deepEqual(targets("app:443"), ["plaintext app:443"]);
  assert.deepEqual(targets("unix//run/app.sock"), ["plaintext :undefined"]);
  assert.deepEqual(targets("{\n\t\tto h2c://app:1 \\\n\t\t\tapp:2\n\t}"), ["plaintext app:1", "plaintext app:2"]);
  assert.deepEqual(targets("{env.UPSTREAM}"), ["plaintext :undefined"]);
});

test("a site without TLS demands nothing", () => {
  const site = (address: string) => read(`${address} {\n\ttls {\n\t\tclient_auth {\n\t\t\tmode require\n\t\t}\n\t}\n}\n`)[0];
  assert.equal(site("http://a.dev")?.authentication, undefined);
  assert.equal(site("a.dev")?.authentication?.mode, "required");
});

test("brackets and quotes without end, and blocks without number, are read as far as they go", () => {
  for (const text of ["a {\n".repeat(20_000), "}".repeat(20_000), '"'.repeat(20_001), "`", "a {\n\treverse_proxy b:1"]) read(text);
  assert.equal(read("a.dev {\n\treverse_proxy b:1").length, 1);
});

test("templates are said, and others' files are not Caddy's", async () => {
  assert.equal(isCaddyfile("some: text\nof { others }\n"), false);
  const programs = async () => ({ listeners: [], headers: [] });
  const files = [{ path: "/w/Caddyfile", text: "a.dev {\n\treverse_proxy {{ app }}\n}\n" }];
  const { gaps } = await readEdge({ files, programs, open: async () => undefined, guards: () => [] });
  assert.deepEqual(
    gaps.map(({ kind }) => kind),
    ["out of reach"],
  );
});

test("an import of a file is listed, wherever it stands, and one of a snippet is not", async () => {
  const text = "(s) {\n\timport other\n}\na.dev {\n\timport s\n\thandle {\n\t\timport /etc/caddy/common\n\t}\n\treverse_proxy b:1\n}\n";
  const files = [{ path: "/w/Caddyfile", text }];
  const programs = async () => ({ listeners: [], headers: [] });
  const { gaps } = await readEdge({ files, programs, open: async () => undefined, guards: () => [] });
  assert.deepEqual(
    gaps.map(({ kind, reason, span }) => [kind, reason, text.slice(span.start, span.end)]),
    [
      ["out of reach", "`import other`: what other files bring is not analysed", "import other"],
      ["out of reach", "`import /etc/caddy/common`: what other files bring is not analysed", "import /etc/caddy/common"],
    ],
  );
});
