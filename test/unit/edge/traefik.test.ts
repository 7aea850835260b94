/** Traefik's files that are no plain YAML of one router: templates, labels in both forms, names that nothing declares, a transport of each reach. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readEdge } from "../../../server/src/edge/read-edge.ts";
import { labelledRouters } from "../../../server/src/edge/traefik/labels.ts";
import { isTraefik, isTraefikTemplate, traefikProxies } from "../../../server/src/edge/traefik/read.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

const proxies = (text: string) => traefikProxies({ dynamic: [{ path: "/w/dynamic.yaml", text }], compose: [], clusters: [] });

test("a template, and one that is nested without end, is said not to be analysed", async () => {
  const kinds = async (text: string) => {
    const programs = async () => ({ listeners: [], headers: [] });
    const files = [{ path: "/w/dynamic.yaml", text }];
    return (await readEdge({ files, programs, open: async () => undefined, guards: () => [] })).gaps.map(({ kind }) => kind);
  };
  assert.deepEqual(await kinds("http:\n  routers:\n    {{ range .Hosts }}\n"), ["out of reach"]);
  assert.deepEqual(await kinds(`http:\n  routers: ${"[".repeat(200)}`), ["failed"]);
});

test("others' files with the same words are not Traefik's", () => {
  assert.equal(isTraefik("routers:\n  a: {}\n"), false);
  assert.equal(isTraefik("http:\n  routers: {}\n"), false);
  assert.equal(isTraefik("tls:\n  options:\n    default: { clientAuth: {} }\n"), true);
});

test("what other middlewares do to headers is not known", () => {
  const route = (middlewares: string) =>
    proxies(`http:
  routers: { r: { service: s, middlewares: [${middlewares}], tls: {} } }
  services: { s: { loadBalancer: { servers: [{ url: "http://app:80" }] } } }
  middlewares: { strip: { stripPrefix: {} }, ask: { forwardAuth: {} } }
`)[0]?.routes[0]?.hasOtherHeaders;
  assert.deepEqual(["", "strip", "ask", "of-somebody@docker"].map(route), [false, false, true, true]);
});

test("what clients write of their certificate is removed, unless an entry point trusts them", () => {
  const removed = (isInsecure: boolean) =>
    proxies(`http:
  routers: { r: { service: s, tls: {} } }
  services: { s: { loadBalancer: { servers: [{ url: "http://app:80" }] } } }
entryPoints: { web: { address: ':443', forwardedHeaders: { insecure: ${isInsecure} } } }
`)[0]?.routes[0]?.headers.map(({ from }) => from);
  assert.deepEqual(removed(false), ["nothing", "nothing"]);
  assert.deepEqual(removed(true), []);
});

test("options that nobody declares demand nothing that is known", () => {
  const [proxy] = proxies(`http:
  routers: { r: { service: s, tls: { options: elsewhere } } }
  services: { s: { loadBalancer: { servers: [{ url: "https://[2001:db8::1]/x" }] } } }
`);
  assert.equal(proxy?.tls, true);
  assert.equal(proxy?.authentication, undefined);
  assert.deepEqual(proxy?.routes[0]?.targets, [{ host: "2001:db8::1", reach: "example", port: 443 }]);
});

test("labels are read as a list and as a map, without regard to case", () => {
  const read = (labels: string) =>
    labelledRouters("/w/compose.yaml", `services:\n  app:\n    image: app\n    labels:\n${labels}`).map(({ options, destinations }) => [
      options,
      destinations[0]?.target.port,
      destinations[0]?.isTls,
    ]);
  const list = "      - Traefik.Http.Routers.A.Tls=true\n      - traefik.http.services.a.loadBalancer.server.port=80\n      - none\n";
  assert.deepEqual(read(list.replace("Traefik.Http", "traefik.http")), [["default", 80, false]]);
  const map = '      traefik.http.routers.a.tls.options: "mtls@file"\n      traefik.http.services.a.loadbalancer.server.scheme: https\n';
  assert.deepEqual(read(map), [["mtls", undefined, true]]);
});

test("a static file may hold templates of rules, and is read", () => {
  const text = "entryPoints:\n  web: { address: ':80' }\nproviders:\n  docker: { defaultRule: 'Host(`{{ .Name }}`)' }\n";
  assert.equal(isTraefikTemplate(text), false);
  assert.equal(isTraefik(text), true);
});

test("options of another installation are not a router's", () => {
  const options = (ca: string) => `tls: { options: { default: { clientAuth: { caFiles: [${ca}] } } } }`;
  const modes = (...files: readonly (readonly [string, string])[]) =>
    traefikProxies({
      dynamic: files.map(([path, text]) => ({ path, text })),
      compose: [{ path: "/w/a/compose.yaml", text: "services:\n  app:\n    image: app\n    labels: [traefik.http.routers.r.tls=true]\n" }],
      clusters: [],
    }).flatMap(({ authentication, routes }) => routes.map(() => authentication?.mode));
  assert.deepEqual(modes(["/w/a/traefik/tls.yaml", options("ca")]), ["required"]);
  assert.deepEqual(modes(["/w/tls.yaml", options("ca")]), ["required"]);
  assert.deepEqual(modes(["/w/b/tls.yaml", options("ca")]), [undefined]);
  assert.deepEqual(modes(["/w/a/one.yaml", options("ca")], ["/w/a/two.yaml", options("other")]), [undefined]);
});

const TOML = '[tls.options.default.clientAuth]\ncaFiles = ["ca"]\nclientAuthType = "VerifyClientCertIfGiven"\n';

async function lint(path: string, text: string): Promise<readonly string[]> {
  const host = memoryHost({ [path]: text });
  const service = await createLintService(host, { roots: ["/project"] });
  const { files } = await service.files("/project");
  const { findings, gaps } = await service.lint(path);
  service.dispose();
  return [
    ...(files.includes(path) ? [] : ["not listed"]),
    ...findings.map(({ rule }) => rule),
    ...gaps.map((it) => `${it.kind}: ${it.reason}`),
  ];
}

test("TOML is Traefik's by what it holds, and what is no TOML is said", async () => {
  assert.deepEqual(await lint("/project/dynamic.toml", TOML), ["optional-client-auth"]);
  assert.deepEqual(await lint("/project/half.toml", TOML.slice(0, -2)), ["failed: it is not valid TOML: unfinished string"]);
  assert.deepEqual(await lint("/project/template.toml", `${TOML}[http.routers.{{ .Name }}]\n`), [
    "out of reach: it is a template: what is made of it is not known",
  ]);
  // Settings of a program stay what they were.
  assert.deepEqual(await lint("/project/Settings.toml", 'routers = ["a"]\nurl = "postgres://u:p@db.shop.dev/x?sslmode=disable"\n'), [
    "unverified-database-tls",
  ]);
});

test("TOML of many tables is read", () => {
  const text = Array.from({ length: 3000 }, (_, at) => `[http.routers.r${at}]\nservice = "s"\ntls = {}\n`).join("");
  assert.equal(traefikProxies({ dynamic: [{ path: "/w/a.toml", text }], compose: [], clusters: [] }).length, 3000);
});
