/** Templates of configurations: their literal text is read in each way that they may come out, and nothing follows from what is put in. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const GAP = "out of reach: it is a template: only its literal text is analysed";
const UNREAD = "out of reach: it is a template: what is made of it is not known";

async function reportOf(path: string, text: string) {
  const service = await createLintService(memoryHost({ [`/project/${path}`]: text }), { roots: ["/project"] });
  const { files } = await service.files("/project");
  const report = await service.lint(`/project/${path}`);
  service.dispose();
  return { ...report, isListed: files.length > 0 };
}

/** With the line of each finding. */
async function said(path: string, text: string): Promise<readonly string[]> {
  const { findings, gaps, isListed } = await reportOf(path, text);
  assert.ok(isListed, `${path} is listed`);
  return [
    ...findings.map(({ severity, rule, place }) => `${severity} ${rule} ${text.slice(0, place.span.start).split("\n").length}`),
    ...gaps.map(({ kind, reason }) => `${kind}: ${reason}`),
  ];
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
  assert.deepEqual(await said("haproxy.cfg.j2", proxy(NAMELESS)), ["error disabled-hostname-verification 6"]));

test("braces around what HAProxy logs are no statement", async () =>
  assert.deepEqual(await said("haproxy.cfg", proxy(NAMELESS, '    log-format "%ci {%hr} {%hs} %{+Q}r"\n')), [
    "error disabled-hostname-verification 7",
  ]));

test("a template is read where its lines are its own, and no fix is offered", async () => {
  const text = proxy(`${NAMELESS} weight {{ weight }}`);
  assert.deepEqual(await said("haproxy.cfg.j2", text), ["error disabled-hostname-verification 6", GAP]);
  const { findings } = await reportOf("haproxy.cfg.j2", text);
  assert.deepEqual(
    findings.flatMap(({ fixes }) => fixes),
    [],
  );
});

const location = (lines: string): string =>
  `server {\n  listen 443 ssl;\n  server_name {{ name }};\n  location / {\n    proxy_pass https://api.shop.dev;\n${lines}  }\n}\n`;

test("what one branch has and another has not is missing in neither", async () => {
  assert.deepEqual(await said("site.conf.j2", location("")), ["error disabled-verification 5", GAP]);
  assert.deepEqual(await said("site.conf.j2", location("{% if verify %}\n    proxy_ssl_verify on;\n{% endif %}\n")), [GAP]);
});

test("branches are alternatives: neither hides the other, and they are not read together", async () => {
  const two = "{% if old %}\n  ssl_protocols TLSv1;\n{% else %}\n  ssl_protocols TLSv1.2;\n{% endif %}\n";
  assert.deepEqual(await said("site.conf.j2", `server {\n  listen 443 ssl;\n${two}  return 200;\n}\n`), ["info obsolete-protocol 4", GAP]);
  const listens =
    "{% if tls %}\n  listen 443 ssl;\n  ssl_client_certificate ca.pem;\n  ssl_verify_client on;\n{% else %}\n  listen 80;\n{% endif %}\n";
  assert.deepEqual(await said("site.conf.j2", `server {\n${listens}  location / { proxy_pass http://127.0.0.1:8080; }\n}\n`), [GAP]);
});

test("lines that are put in are an include that could not be read", async () => {
  for (const line of ["{{ extra }}", '{{- include "shop.tls" . | nindent 4 }}', "{% include 'tls.conf' %}"])
    assert.deepEqual(await said("site.conf.tpl", location(`    ${line}\n`)), [GAP], line);
});

test("a value that is put in is none that could be judged", async () => {
  assert.deepEqual(await said("site.conf.j2", location("    proxy_ssl_verify {{ verify }};\n")), [GAP]);
  assert.deepEqual(await said("site.conf.j2", location("    proxy_ssl_verify {% if verify %}on{% else %}off{% endif %};\n")), [
    "error disabled-verification 6",
    GAP,
  ]);
  const scheme = location("").replace("https", "{{ scheme }}");
  assert.deepEqual(await said("site.conf.j2", scheme), [GAP]);
  assert.deepEqual(await said("site.conf.j2", scheme.replace("  }\n", "    proxy_ssl_verify off;\n  }\n")), [
    "error disabled-verification 6",
    GAP,
  ]);
});

test("a ConfigMap of a chart is read in its block scalars", async () => {
  const lines = location("{{- if .Values.buffer }}\n    proxy_buffering on;\n{{- end }}\n").replace(
    "{{ name }}",
    '{{ template "shop.name" . }}',
  );
  const indented = lines.replaceAll("\n", "\n    ").trimEnd();
  const text = `{{- if .Values.edge }}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n  labels:\n{{ include "shop.labels" . | indent 4 }}\ndata:\n  nginx.conf: |\n    ${indented}\n{{- end }}\n`;
  assert.deepEqual(await said("templates/edge.yaml", text), ["error disabled-verification 14", GAP]);
});

test("ERB is read, and Ruby that does not match leaves it unread", async () => {
  const text = proxy(
    `${NAMELESS}\n<% if p("extra") -%>\n    server two two.shop.dev:8443 ssl ${NAMELESS} verifyhost <%= p("name") %>\n<% end -%>`,
  );
  assert.deepEqual(await said("haproxy.cfg.erb", text), ["error disabled-hostname-verification 6", GAP]);
  assert.deepEqual(await said("haproxy.cfg.erb", text.replace("<% end -%>", "")), [UNREAD]);
});

test("what a macro holds is not put in where it is called", async () => {
  const macro = "{% macro pass() %}\nProxyPass /shop https://api.shop.dev/\n{% endmacro %}\n";
  const text = `${macro}<VirtualHost *:443>\n  SSLEngine on\n  SSLProxyEngine on\n{{ pass() }}\n</VirtualHost>\n`;
  assert.deepEqual(await said("shop.conf.j2", text), [GAP]);
});

test("templates of others are none of a proxy's", async () => {
  for (const [path, text] of Object.entries({
    "src/main.rs.tmpl": "pub fn {{ name }}() {\n  let server = {{ server }};\n}\n",
    "index.html.erb": "<html><% if a %><style>server { color: <%= color %>; }</style><% end %></html>\n",
    "values.yaml": "server: {{ name }}\nlisten: 443\n",
    "app.conf.j2": "server {\n  port = {{ port }}\n}\n",
  }))
    assert.equal((await reportOf(path, text)).isListed, false, path);
});

test("what holds in a branch names it, and what a server lacks in several is said once", async () => {
  const files = "{% if path %}\n  SSLCARevocationPath /crl\n{% else %}\n  SSLCARevocationFile /crl.pem\n{% endif %}\n";
  const host = (lines: string): string =>
    `<VirtualHost *:443>\n  SSLEngine on\n  ServerName {{ name }}\n  SSLVerifyClient require\n  SSLCACertificateFile ca.pem\n${lines}</VirtualHost>\n`;
  const { findings } = await reportOf("shop.conf.j2", host(files));
  assert.deepEqual(
    findings.map(({ rule, related }) => [rule, related.map(({ message }) => message)]),
    [["unchecked-crl", ["only in this branch of the template"]]],
  );
});

const transport = (lines: string): string =>
  `{{- if .Values.tls }}\napiVersion: traefik.io/v1alpha1\nkind: ServersTransport\nmetadata:\n  name: {{ include "shop.name" . }}\nspec:\n${lines}{{- end }}\n`;

test("objects of a chart are read for what they say in so many words", async () => {
  assert.deepEqual(await said("templates/transport.yaml", transport("  insecureSkipVerify: true\n")), [
    "error disabled-verification 7",
    GAP,
  ]);
  assert.deepEqual(await said("templates/transport.yaml", transport("  insecureSkipVerify: {{ .Values.skip }}\n")), [UNREAD]);
  const ingress = (lines: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: shop\n  annotations:\n    nginx.ingress.kubernetes.io/backend-protocol: HTTPS\n${lines}spec:\n  rules:\n    - http:\n        paths:\n          - backend: { service: { name: shop, port: { number: 443 } } }\n`;
  assert.deepEqual(await said("templates/ingress.yaml", ingress("    {{- toYaml .Values.annotations | nindent 4 }}\n")), [GAP]);
});

test("Traefik's files in Jinja are read, too", async () => {
  const text =
    'entryPoints:\n  web:\n    address: ":{{ port }}"\n{% if ldap %}\n  ldap:\n    address: ":636"\n{% endif %}\nserversTransport:\n  insecureSkipVerify: true\n';
  assert.deepEqual(await said("traefik.yaml.j2", text), ["error disabled-verification 9", GAP]);
});

test("what is chosen among others says what for", async () => {
  const text =
    '{{ define "policy" }}\n{{ if eq .policy "old" }}\n  ssl_protocols TLSv1;\n{{ else if eq .policy "older" }}\n  ssl_protocols TLSv1;\n{{ else }}\n  ssl_protocols TLSv1;\n{{ end }}\n{{ end }}\nserver { listen 443 ssl; return 200; }\n';
  const { findings } = await reportOf("nginx.tmpl", text);
  assert.deepEqual(
    findings.map(({ severity, message }) => `${severity} ${message.slice(message.lastIndexOf("("))}`),
    ['info (if `eq .policy "old"`)', 'info (if `eq .policy "older"`)', 'info (unless `eq .policy "old"`)'],
  );
});

/** As many policies as there are, of which the last verifies. */
const policies = (count: number): string => {
  const branches = Array.from(
    { length: count - 1 },
    (_, at) => `${at === 0 ? "{{ if" : "{{ else if"} eq .policy "${at}" }}\n        # ${at}\n`,
  );
  const last = "{{ else }}\n        proxy_ssl_verify on;\n        proxy_ssl_name app.shop.dev;\n";
  return `server {\n    listen 8080;\n    location / {\n${branches.join("")}${last}{{ end }}\n        proxy_pass https://app.shop.dev;\n    }\n}\n`;
};

test("what a way states that is not read any more is not missing", async () => {
  for (const count of [3, 12, 13, 30]) assert.deepEqual(await said("nginx.conf.tmpl", policies(count)), [GAP], `${count}`);
  const bare = policies(3).replaceAll(/ *proxy_ssl_.*\n/g, "");
  assert.deepEqual(await said("nginx.conf.tmpl", bare), ["error disabled-verification 10", GAP]);
});
