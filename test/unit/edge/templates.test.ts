/** Templates of HAProxy's configuration: what is made of them is not known, and that is said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const GAP = "out of reach: it is a template: what is made of it is not known";

async function said(path: string, text: string): Promise<readonly string[]> {
  const service = await createLintService(memoryHost({ [`/project/${path}`]: text }), { roots: ["/project"] });
  assert.deepEqual((await service.files("/project")).files, [`/project/${path}`]);
  const { findings, gaps } = await service.lint(`/project/${path}`);
  service.dispose();
  return [...findings.map(({ severity, rule }) => `${severity} ${rule}`), ...gaps.map(({ kind, reason }) => `${kind}: ${reason}`)];
}

const proxy = (options: string, log = ""): string =>
  `frontend edge\n    bind *:443 ssl crt server.pem\n${log}    default_backend app\n\nbackend app\n    server one app.shop.dev:8443 ssl ${options}\n`;

const NAMELESS = "verify required ca-file ca.pem";

test("what is missing of an expression's line is not claimed", async () =>
  assert.deepEqual(await said("haproxy.cfg", proxy("{{ verification }}")), [GAP]));

test("nor of a statement's", async () =>
  assert.deepEqual(await said("haproxy.cfg", proxy("{% if verified %}verify required ca-file ca.pem verifyhost app{% endif %}")), [GAP]));

for (const ending of ["j2", "tmpl", "tpl", "template"])
  test(`templates end in .${ending}`, async () =>
    assert.deepEqual(await said(`haproxy.cfg.${ending}`, proxy("{{ verification }}")), [GAP]));

test("a file under such a name in which nothing is put in is read", async () =>
  assert.deepEqual(await said("haproxy.cfg.j2", proxy(NAMELESS)), ["error disabled-hostname-verification"]));

test("braces around what HAProxy logs are no statement", async () =>
  assert.deepEqual(await said("haproxy.cfg", proxy(NAMELESS, '    log-format "%ci {%hr} {%hs} %{+Q}r"\n')), [
    "error disabled-hostname-verification",
  ]));
