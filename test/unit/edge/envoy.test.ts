/** Envoy's configurations that are no plain bootstrap: templates, circles of anchors, parts that a control plane would send, edits of flow maps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { envoyProxies, isEnvoy } from "../../../server/src/edge/envoy/read.ts";
import { readEdge } from "../../../server/src/edge/read-edge.ts";
import { yamlDocuments } from "../../../server/src/edge/yaml/documents.ts";
import { added, type Fields } from "../../../server/src/edge/yaml/edits.ts";

const read = async (text: string) => {
  const programs = async () => ({ listeners: [], headers: [] });
  return readEdge({ files: [{ path: "/w/envoy.yaml", text }], programs, open: async () => undefined, guards: () => [] });
};

test("a template, and one that is nested without end, is said not to be analysed", async () => {
  const kinds = async (text: string) => (await read(text)).gaps.map(({ kind }) => kind);
  assert.deepEqual(await kinds("static_resources:\n  listeners: {{ .Values.listeners }}\n"), ["out of reach"]);
  assert.deepEqual(await kinds(`static_resources:\n  listeners: ${"[".repeat(200)}`), ["failed"]);
});

test("anchors that lead to themselves come to an end", () => {
  const wrapped = "transport_socket: &socket { name: tap, typed_config: { transport_socket: *socket } }";
  const circle = `static_resources: { listeners: [{ filter_chains: [&chain { ${wrapped}, filters: [*chain] }] }] }`;
  assert.equal(envoyProxies("/w/envoy.yaml", circle).length, 1);
});

test("others' files with the same words are not Envoy's", () => {
  assert.equal(isEnvoy("kind: ConfigMap\ndata:\n  envoy.yaml: |\n    static_resources:\n      listeners: []\n"), false);
  assert.equal(isEnvoy("static_resources:\n  listeners: []\n"), false);
  assert.equal(isEnvoy('{ "resources": [{ "@type": "type.googleapis.com/envoy.config.cluster.v3.Cluster", "name": "a" }] }'), true);
});

test("who is told of certificates decides, and a header that says something else tells nobody", async () => {
  const modes = async (headers: string) => {
    const tls = `{ "@type": x.DownstreamTlsContext, common_tls_context: { validation_context: { trusted_ca: { filename: ca } } } }`;
    const route = `{ route: { cluster: app }, request_headers_to_add: [{ header: { key: x-env, value: "${headers}" } }] }`;
    const manager = `{ typed_config: { "@type": x.HttpConnectionManager, route_config: { virtual_hosts: [{ routes: [${route}] }] } } }`;
    const chain = `{ transport_socket: { typed_config: ${tls} }, filters: [${manager}] }`;
    const { settings } = await read(`static_resources: { listeners: [{ filter_chains: [${chain}] }], clusters: [{ name: app }] }`);
    return settings.flatMap(({ observation: { fact } }) => (fact.kind === "client-authentication" ? [fact.mode] : []));
  };
  assert.deepEqual(await modes("prod"), ["optional"]);
  assert.deepEqual(await modes("%DOWNSTREAM_PEER_SUBJECT%"), ["required"]);
});

test("fields are written in the style of their map", () => {
  const fields: Fields = { a: { b: true }, c: ["x", "on"] };
  const after = (text: string, behind?: string): string => {
    const [edit] = added(text, yamlDocuments(text)[0], fields, behind);
    assert.ok(edit !== undefined, text);
    return text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  };
  assert.equal(after("k: 1 # one\nl: 2\n", "k"), 'k: 1 # one\na:\n  b: true\nc: [x, "on"]\nl: 2\n');
  assert.equal(after("k: 1", "k"), 'k: 1\na:\n  b: true\nc: [x, "on"]');
  assert.equal(after("k:\r\n  l: 2\r\n", "k"), 'a:\r\n  b: true\r\nc: [x, "on"]\r\nk:\r\n  l: 2\r\n');
  assert.equal(after("{ k: 1 }", "k"), '{ k: 1, a: { b: true }, c: [x, "on"] }');
  assert.equal(after('{"k": 1}'), '{"a": { "b": true }, "c": ["x", "on"], "k": 1}');
  assert.equal(after("{}"), '{"a": { "b": true }, "c": ["x", "on"]}');
});
