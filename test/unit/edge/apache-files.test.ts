/** Apache's configurations of several files, and what Apache itself would refuse: what is read, what is not, and what that leaves unknown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isApache } from "../../../server/src/edge/apache/files.ts";
import { readApache } from "../../../server/src/edge/apache/syntax.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

async function lint(files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, readonly string[]>>> {
  const host = memoryHost(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path.startsWith("/") ? path : `/project/${path}`, text])),
  );
  const service = await createLintService(host, { roots: ["/project"] });
  const said: Record<string, readonly string[]> = {};
  for (const file of (await service.files("/project")).files) {
    const { findings, gaps } = await service.lint(file);
    said[file.slice("/project/".length)] = [
      ...findings.map(({ severity, rule }) => `${severity} ${rule}`),
      ...gaps.map(({ kind, reason }) => `${kind}: ${reason}`),
    ];
  }
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error" || level === "warning"),
    [],
  );
  assert.deepEqual(
    [...host.reads.keys()].filter((it) => it.endsWith(".conf") && !it.startsWith("/project/")),
    [],
  );
  return said;
}

const OPTIONAL = "SSLCACertificateFile ca.pem\nSSLVerifyClient optional\n";
const HOST = "<VirtualHost *:443>\nSSLEngine on\nInclude snippets/clients.conf\n</VirtualHost>\n";

test("what a file takes in is judged where it stands, in the server that takes it in", async () => {
  const said = await lint({
    "apache2/apache2.conf": "IncludeOptional mods-enabled/*.conf\nInclude ports.conf\nIncludeOptional sites-enabled/*.conf\n",
    "apache2/sites-enabled/shop.conf": HOST,
    "apache2/snippets/clients.conf": OPTIONAL,
  });
  assert.deepEqual(said, {
    "apache2/sites-enabled/shop.conf": [],
    "apache2/snippets/clients.conf": ["warning optional-client-auth"],
  });
});

test("what several servers inherit is said once", async () => {
  const host = "<VirtualHost *:443>\nSSLEngine on\nProxyPass / https://api.shop.dev/\n</VirtualHost>\n";
  const said = await lint({ "ssl.conf": `${OPTIONAL}SSLProxyEngine on\n${host}${host}` });
  assert.deepEqual(said, { "ssl.conf": ["warning optional-client-auth", "error disabled-verification"] });
});

test("circles end", async () => {
  const said = await lint({
    "a.conf": `<VirtualHost *:443>\nSSLEngine on\n${OPTIONAL}</VirtualHost>\nInclude b.conf\n`,
    "b.conf": "Include a.conf\nSSLSessionTickets off\nSSLEngine off\n",
    "self.conf": "<VirtualHost *:1>\nSSLEngine on\nInclude self.conf\n</VirtualHost>\n",
  });
  assert.deepEqual(said, { "a.conf": ["warning optional-client-auth"], "b.conf": [], "self.conf": [] });
});

test("nothing outside of the workspace is opened, and what it would say stays unknown", async () => {
  for (const file of ["/secret.conf", "/etc/apache2/secret.conf", "../secret.conf", `${"$"}{ROOT}/secret.conf`]) {
    const said = await lint({
      "/secret.conf": "SSLProxyVerify require\n",
      "/etc/apache2/secret.conf": "SSLProxyVerify require\n",
      "site.conf": `<VirtualHost *:80>\n  IncludeOptional ${file}\n  SSLProxyEngine on\n  ProxyPass / https://api.shop.dev/\n</VirtualHost>\n`,
    });
    const gap = `out of reach: \`IncludeOptional ${file}\`: there is no such file in the workspace`;
    assert.deepEqual(said, { "site.conf": [gap] });
  }
});

test("a template is said to be analysed in part", async () => {
  const said = await lint({ "site.conf.j2": "<VirtualHost *:443>\nSSLEngine {{ engine }}\n</VirtualHost>\n" });
  assert.deepEqual(said, { "site.conf.j2": ["out of reach: it is a template: only its literal text is analysed"] });
});

test("what Apache would refuse is a gap, and the rest is read", async () => {
  const said = await lint({
    "open.conf": `<VirtualHost *:443>\nSSLEngine on\n${OPTIONAL}`,
    "crossed.conf": `<VirtualHost *:443>\nSSLEngine on\n<Location />\nRequire all granted\n</VirtualHost>\n<VirtualHost *:444>\nSSLEngine on\n${OPTIONAL}</VirtualHost>\n`,
    "unknown.conf": `<VirtualHost *:443>\nSSLEngine on\nNobodyKnows "half a word\n<Strange>\n${OPTIONAL}</Strange>\n</VirtualHost>\n`,
  });
  assert.deepEqual(said, {
    "crossed.conf": ["warning optional-client-auth", "failed: unexpected `</virtualhost>`: Apache refuses the file; the rest was read"],
    "open.conf": ["warning optional-client-auth", "failed: a section without `</VirtualHost>`: Apache refuses the file; the rest was read"],
    "unknown.conf": ["warning optional-client-auth"],
  });
});

test("sections that nest without end are bounded", async () => {
  const deep = `<VirtualHost *:443>\nSSLEngine on\n${"<Location />\n".repeat(20_000)}${"</Location>\n".repeat(20_000)}</VirtualHost>\n`;
  const [said] = (await lint({ "deep.conf": deep }))["deep.conf"] ?? [];
  assert.equal(said, "failed: sections nest more than 32 deep: Apache refuses the file; the rest was read");
});

test("lines go on, and words are quoted, as in Apache", () => {
  const text = 'SSLCipherSuite \\\r\n  HIGH:\\\r\n!aNULL\r\nDefine A "x \\" y" \'z\'\n  # a comment \\\n goes on\nB c#d\n';
  const { directives, comments } = readApache(text, "a.conf");
  assert.deepEqual(
    directives.map(({ name, words }) => [name.value, ...words.map(({ value }) => value)]),
    [
      ["sslciphersuite", "HIGH:!aNULL"],
      ["define", "A", 'x " y', "z"],
      ["b", "c#d"],
    ],
  );
  assert.deepEqual(
    comments.map(({ start, end }) => text.slice(start, end)),
    ["# a comment \\\n goes on"],
  );
});

test("files of others with the same ending are none of Apache's", () => {
  for (const text of [
    "http {\n  server { listen 443 ssl; ssl_verify_client on; }\n}\n",
    "weekly\nrotate 4\ninclude /etc/logrotate.d\n",
    "[server]\nport = 8080\n",
    "<source>\n  @type forward\n</source>\n",
    "<html><body>SSLEngine on</body></html>\n",
    "ProxyPass;\n",
  ])
    assert.equal(isApache("a.conf", text), false, text);
});
