/** YAML that nobody writes by hand: bounded before the library reads it, and said. Anchors, merge keys and several documents are read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCompose } from "../../../server/src/edge/compose/read.ts";
import { readEdge } from "../../../server/src/edge/read-edge.ts";
import { unreadable, yamlDocuments } from "../../../server/src/edge/yaml/documents.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const HOSTILE = {
  "flow sequences": `a: ${"[".repeat(20_000)}`,
  "flow maps": `a: ${"{b: ".repeat(20_000)}`,
  "sequences on one line": `${"- ".repeat(20_000)}a`,
  "keys on one line": `${"? ".repeat(20_000)}a`,
  indentation: Array.from({ length: 2_000 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
};

for (const [name, text] of Object.entries(HOSTILE))
  test(`${name} without end are not read`, () => {
    assert.match(unreadable(text) ?? "", /nests more than 100 deep|indented by more than 400 columns/);
  });

test("a deployment that is not read is told", async () => {
  const deep = `a: ${"[".repeat(200)}`;
  const files = [
    { path: "/w/ingress.yaml", text: `apiVersion: networking.k8s.io/v1\nkind: Ingress\n${deep}` },
    { path: "/w/compose.yaml", text: `services:\n  app:\n    image: app\n${deep}` },
    { path: "/w/other.yaml", text: deep },
  ];
  const programs = async () => ({ listeners: [], headers: [] });
  const { gaps } = await readEdge({ files, programs, open: async () => undefined, guards: () => [] });
  assert.deepEqual(
    gaps.map(({ file, kind, reason }) => [file, kind, reason]),
    [
      ["/w/compose.yaml", "failed", "it nests more than 100 deep"],
      ["/w/ingress.yaml", "failed", "it nests more than 100 deep"],
    ],
  );
});

test("what is just not refused is read", () => {
  const texts = [
    `a: ${"[".repeat(100)}${"]".repeat(100)}`,
    `${"- ".repeat(100)}a`,
    Array.from({ length: 200 }, (_, at) => `${"  ".repeat(at)}a:`).join("\n"),
  ];
  for (const text of texts) {
    assert.equal(unreadable(text), undefined);
    assert.equal(yamlDocuments(text).length, 1);
  }
});

const services = (text: string) => readCompose("/project/compose.yaml", text).services;

test("anchors and merge keys are followed, and a circle ends", () => {
  const [app, ...others] = services(`x-app: &app
  build: ./app
  ports: ["8080:8080"]
services:
  app:
    <<: *app
    hostname: api
`);
  assert.deepEqual(others, []);
  assert.deepEqual(app?.names, ["app", "api"]);
  assert.equal(app?.builtFrom, "/project/app");
  assert.equal(app?.published[0]?.targets?.first, 8080);
  assert.deepEqual(services("a: &a\n  <<: *a\n  image: x\nservices:\n  s: *a\n").length, 1);
  assert.deepEqual(services(`a: &a [*a]\nservices: *a\n`), []);
});

test("aliases of aliases of lists are not multiplied out", () => {
  const bomb = ["a0: &a0 [x, x]", ...Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`)].join("\n");
  assert.equal(services(`${bomb}\nservices:\n  s:\n    image: x\n    ports: *a30\n`)[0]?.published.length, 2);
});

test("each document counts, and half-typed text is read as far as it goes", () => {
  assert.equal(services("services:\n  a: { image: x }\n---\nservices:\n  b: { build: . }\n").length, 2);
  assert.equal(services('services:\n  a:\n    image: x\n    ports: ["80:80"\n').length, 1);
});

test("published ports are read in each of their forms", () => {
  const [app] = services(`services:
  app:
    image: x
    ports:
      - "80"
      - 8080:80/tcp
      - "127.0.0.1:8081:80"
      - "[::1]:8082:80"
      - "\${PORT}:80"
      - target: 80
        published: 8083
      - target: 80
        published: 8084
        host_ip: 127.0.0.1
      - "\${INTERFACE}:8085:80"
      - "\${INTERFACE:?say which}:8086:80"
      - "{{ interface }}:8087:80"
      - "\${EVERYTHING}"
      - "\${INTERFACE:-}:8088:80"
      - target: 80
        host_ip: "\${INTERFACE}"
      - "3000-3005:4000-4005"
      - "8080:\${INNER}"
      - 8089:80/udp
      - target: 80
        protocol: udp
`);
  assert.deepEqual(
    app?.published.map(({ targets, reach, confines }) => [targets?.first, targets?.last, reach, confines.length]),
    [
      [80, 80, "network", 0],
      [80, 80, "network", 1],
      [80, 80, "machine", 0],
      [80, 80, "machine", 0],
      [80, 80, "network", 1],
      [80, 80, "network", 0],
      [80, 80, "machine", 0],
      [80, 80, "unknown", 0],
      [80, 80, "unknown", 0],
      [80, 80, "unknown", 0],
      [undefined, undefined, "unknown", 0],
      [80, 80, "network", 0],
      [80, 80, "unknown", 0],
      [4000, 4005, "network", 1],
      [undefined, undefined, "network", 1],
    ],
  );
});

/** Ten to the tenth of one word, were each alias read where it stands. */
const LAUGHS = `a0: &a0 [x]\n${Array.from({ length: 10 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]\n`).join("")}`;

test("aliases of aliases, and those of what holds them, come to an end", { timeout: 20_000 }, async () => {
  const argument = '"--serversTransport.insecureSkipVerify=true"';
  const merged = Array.from({ length: 400 }, (_, at) => `  s${at + 1}: &s${at + 1}\n    <<: [*s0, *s${at}]\n`).join("");
  const files = {
    "/project/laughs.yaml": `args: [${argument}]\nself: &self { again: *self, args: [${argument}] }\n${LAUGHS}`,
    "/project/list.yaml":
      "apiVersion: v1\nkind: Ingress\nlist: &l\n  apiVersion: v1\n  kind: IngressList\n  items: [*l]\n---\n&m\napiVersion: v1\nkind: List\nitems: [*m]\n",
    "/project/compose.yaml": `services:\n  s0: &s0\n    image: x\n    ports: ["80:80"]\n${merged}`,
  };
  const service = await createLintService(memoryHost(files), { roots: ["/project"] });
  const found = await Promise.all(Object.keys(files).map((it) => service.lint(it)));
  service.dispose();
  assert.deepEqual(
    found.map(({ findings }) => findings.map(({ rule }) => rule)),
    [["disabled-verification", "disabled-verification"], [], []],
  );
});

test("templates of objects about TLS are listed, and of others not", async () => {
  const object = (kind: string): string => `apiVersion: x/v1\nkind: ${kind}\nmetadata: { name: {{ .Release.Name }} }\n`;
  const kinds = ["DestinationRule", "PeerAuthentication", "IngressRoute", "Service", "Secret", "IngressClass"];
  const files = Object.fromEntries(kinds.map((it) => [`/project/${it}.yaml`, object(it)]));
  const service = await createLintService(memoryHost(files), { roots: ["/project"] });
  const { files: listed } = await service.files("/project");
  const found = await Promise.all(listed.map(async (it) => [it, (await service.lint(it)).gaps.map(({ kind }) => kind)]));
  service.dispose();
  assert.deepEqual(
    found.toSorted(),
    ["DestinationRule", "IngressRoute", "PeerAuthentication"].map((it) => [`/project/${it}.yaml`, ["out of reach"]]),
  );
});
