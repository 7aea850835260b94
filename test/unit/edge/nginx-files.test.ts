/** nginx's configurations of several files: what is taken in and from where, what is not, and what that leaves unknown. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FileReport } from "../../../server/src/service/api.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

type Files = Readonly<Record<string, string>>;

async function lint(files: Files): Promise<{ readonly reports: ReadonlyMap<string, FileReport>; readonly opened: readonly string[] }> {
  const host = memoryHost(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path.startsWith("/") ? path : `/project/${path}`, text])),
  );
  const service = await createLintService(host, { roots: ["/project"] });
  const reports = new Map<string, FileReport>();
  for (const file of (await service.files("/project")).files) reports.set(file.slice("/project/".length), await service.lint(file));
  service.dispose();
  assert.deepEqual(
    host.lines.filter(({ level }) => level === "error" || level === "warning"),
    [],
  );
  return { reports, opened: [...host.reads.keys()] };
}

const short = (report: FileReport | undefined): readonly string[] => [
  ...(report?.findings.map(({ severity, rule }) => `${severity} ${rule}`) ?? ["not linted"]),
  ...(report?.gaps.map(({ kind, reason }) => `${kind}: ${reason}`) ?? []),
];

const SERVER = "server {\n  listen 443 ssl;\n  include snippets/clients.conf;\n  return 200;\n}\n";
const OPTIONAL = "ssl_client_certificate ca.pem;\nssl_verify_client optional;\n";

test("what a file takes in is judged where it stands, in the context that takes it in", async () => {
  const { reports } = await lint({
    "nginx/nginx.conf": "http {\n  include mime.types;\n  include /etc/nginx/sites-enabled/*;\n}\n",
    "nginx/sites-enabled/shop": SERVER,
    "nginx/snippets/clients.conf": OPTIONAL,
  });
  assert.deepEqual(short(reports.get("nginx/nginx.conf")), []);
  assert.deepEqual(short(reports.get("nginx/sites-enabled/shop")), []);
  assert.deepEqual(short(reports.get("nginx/snippets/clients.conf")), ["warning optional-client-auth"]);
});

test("the folder that is installed may lie some folders above a site's file", async () => {
  const { reports } = await lint({
    "deploy/nginx/conf.d/sites/shop.conf": SERVER,
    "deploy/nginx/snippets/clients.conf": OPTIONAL,
  });
  assert.deepEqual(short(reports.get("deploy/nginx/conf.d/sites/shop.conf")), []);
  assert.deepEqual(short(reports.get("deploy/nginx/snippets/clients.conf")), ["warning optional-client-auth"]);
});

test("a snippet that nothing takes in says nothing", async () => {
  const { reports } = await lint({ "nginx/snippets/clients.conf": OPTIONAL });
  assert.deepEqual(short(reports.get("nginx/snippets/clients.conf")), []);
});

test("circles end", async () => {
  const { reports } = await lint({
    "nginx.conf": "http { include a.conf; }\n",
    "a.conf": "server { listen 443 ssl; ssl_client_certificate c; ssl_verify_client optional; return 200; }\ninclude b.conf;\n",
    "b.conf": "include a.conf;\nserver { listen 444; return 200; }\n",
    "self.conf": "server { listen 1; include self.conf; return 200; }\n",
  });
  assert.deepEqual(short(reports.get("a.conf")), ["warning optional-client-auth"]);
  assert.deepEqual(short(reports.get("self.conf")), []);
});

test("files that take in each other many times over are bounded, and that is said", async () => {
  const files: Record<string, string> = {};
  for (let at = 0; at < 15; at++) files[`f${at}.conf`] = `proxy_buffering off;\n${`include f${at + 1}.conf;\n`.repeat(4)}`;
  files["f15.conf"] = "proxy_buffering off;\n";
  const { reports } = await lint({ ...files, "nginx.conf": "http { server { listen 80; include f0.conf; return 200; } }\n" });
  const all = [...reports.values()].flatMap(({ gaps }) => gaps.map(({ kind, reason }) => `${kind}: ${reason}`));
  assert.ok(all.includes("failed: more than 2000 files are included: the rest is not analysed"), all.join("\n"));
});

test("nothing outside of the workspace is opened, and what it would say stays unknown", async () => {
  const outside = { "/etc/nginx/secret.conf": "proxy_ssl_verify on;\n", "/secret.conf": "proxy_ssl_verify on;\n" };
  const location = (file: string): string =>
    `http { server { listen 80; location / { include ${file}; proxy_pass https://api.shop.dev; } } }\n`;
  for (const file of ["/secret.conf", "/etc/nginx/secret.conf", "../secret.conf", "../../../../etc/nginx/secret.conf"]) {
    const { reports, opened } = await lint({ ...outside, "nginx.conf": location(file) });
    assert.deepEqual(
      opened.filter((it) => it.endsWith(".conf") && !it.startsWith("/project/")),
      [],
      file,
    );
    const [gap, ...others] = short(reports.get("nginx.conf"));
    assert.match(gap ?? "", /^out of reach: `include .*`: there is no such file in the workspace$/);
    assert.deepEqual(others, []);
  }
});

test("a template is said to be analysed in part, and one whose actions do not match not at all", async () => {
  const server = (line: string): string => `server {\n  listen 443 ssl;\n  ${line}\n  return 200;\n}\n`;
  const { reports } = await lint({
    "nginx.conf.j2": server("ssl_protocols {{ protocols }};"),
    "open.conf.j2": server("{% if old %}ssl_protocols TLSv1;"),
  });
  assert.deepEqual(short(reports.get("nginx.conf.j2")), ["out of reach: it is a template: only its literal text is analysed"]);
  assert.deepEqual(short(reports.get("open.conf.j2")), ["out of reach: it is a template: what is made of it is not known"]);
});

test("what nginx would refuse is a gap, and the rest is read", async () => {
  const { reports } = await lint({ "nginx.conf": "http {\n  server { listen 443 ssl; ssl_protocols TLSv1; return 200; }\n" });
  assert.deepEqual(short(reports.get("nginx.conf")), [
    "warning obsolete-protocol",
    "failed: a block without `}`: nginx refuses the file; the rest was read",
  ]);
});

test("blocks that nest without end, and files without end, are bounded", async () => {
  const deep = `http { server { listen 80; ${"location / { ".repeat(5000)} proxy_pass https://a.dev; ${"}".repeat(5000)} } }\n`;
  const long = `http { server { listen 80; return 200; } }\n${"# long\n".repeat(700_000)}`;
  const { reports } = await lint({ "deep.conf": deep, "long.conf": long });
  assert.match(short(reports.get("deep.conf")).join(), /failed: blocks nest more than 32 deep/);
  assert.match(short(reports.get("long.conf")).join(), /failed: \d+ code units, at most \d+ are read/);
});

test("files of others with the same ending are none of nginx's", async () => {
  const { reports } = await lint({
    "logrotate.conf": "weekly\nrotate 4\ninclude /etc/logrotate.d\n",
    "app.conf": "server {\n  port = 8080\n}\n",
    "hocon.conf": 'akka { http { server { host = "a" } } }\n',
    "pulse.conf": "; a comment\ndefault-server = x\n",
    "dhcpd.conf": "subnet 10.0.0.0 netmask 255.0.0.0 {\n  option routers 10.0.0.1;\n}\n",
    "named.conf": 'options {\n  directory "/var";\n};\n',
  });
  assert.deepEqual([...reports.keys()], []);
});

test("a comment suppresses what stands below it or on its line, and an unused one is said", async () => {
  const { reports } = await lint({
    "nginx.conf": `http { server { listen 443 ssl;
  # tlslint: allow(early-data): only static files
  ssl_early_data on;
  ssl_protocols TLSv1; # tlslint: allow(obsolete-protocol): old terminals until 2030-01-01
  location / { proxy_pass http://app; }
  return 200; # tlslint: allow(weak-cipher): none here
} }
`,
  });
  assert.deepEqual(short(reports.get("nginx.conf")), ["warning unused-suppression"]);
});

test("an open document counts before its file, and an edit is seen in the files that it takes in", async () => {
  const host = memoryHost({
    "/project/nginx/nginx.conf": "http { server { listen 443 ssl; include snippets/clients.conf; return 200; } }\n",
    "/project/nginx/snippets/clients.conf": OPTIONAL,
  });
  const service = await createLintService(host, { roots: ["/project"] });
  const said = async (): Promise<readonly string[]> => short(await service.lint("/project/nginx/snippets/clients.conf"));
  assert.deepEqual(await said(), ["warning optional-client-auth"]);
  service.open("/project/nginx/nginx.conf", "http { server { listen 443; include snippets/clients.conf; return 200; } }\n");
  assert.deepEqual(await said(), []);
  service.close("/project/nginx/nginx.conf");
  assert.deepEqual(await said(), ["warning optional-client-auth"]);
  service.dispose();
});

const OPEN = "server {\n  listen 443 ssl;\n  ssl_client_certificate ca.pem;\n  ssl_verify_client optional;\n}\n";

test("a file is nginx's by what it holds where it is one of several, or named by its host in nginx's folder", async () => {
  const { reports } = await lint({
    "etc/site.conf.prod": OPEN,
    "nginx/shop.example.org": OPEN,
    "sites/shop.example.org": OPEN,
    "nginx/README.md": `Put this in front:\n\n${OPEN}\n${OPEN}`,
    "nginx/install.sh": `cat > /etc/nginx/shop <<EOF\n${OPEN}EOF\n`,
    "nginx/index.html": "<html><style>server { color: red; }</style></html>\n",
    "nginx/map.yaml": `kind: List\nitems: { a: b }\n---\n${OPEN}`,
  });
  assert.deepEqual(
    [...reports]
      .filter(([, it]) => it.findings.length > 0)
      .map(([path]) => path)
      .sort(),
    ["etc/site.conf.prod", "nginx/shop.example.org"],
  );
});

test("an example is quiet beside what it is one of, and is what counts where there is nothing else", async () => {
  const said = async (files: Files): Promise<readonly string[]> => short((await lint(files)).reports.get("example_shop/nginx.conf"));
  const loud = ["warning optional-client-auth"];
  const quiet = ["hint optional-client-auth"];
  assert.deepEqual(await said({ "example_shop/nginx.conf": OPEN, "example_club/nginx.conf": OPEN }), loud);
  assert.deepEqual(await said({ "example_shop/nginx.conf": OPEN, "deploy/nginx.conf": OPEN }), quiet);
  assert.deepEqual(await said({ "example_shop/nginx.conf": OPEN, "src/lib.rs": "pub fn run() {}\n" }), quiet);
});
