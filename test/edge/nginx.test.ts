/**
 * nginx itself, on loopback, before and after the fixes: who gets through, and what the service behind it is told of its client. `nginx -t`
 * accepts every fix.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps, request } from "node:https";
import type { Server } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";
import { freePort, prefixFolder, refusal, startNginx } from "../harness/nginx.ts";
import { writeIdentities } from "../proof/identities.ts";

/** What a client shows and sends. */
interface Knock {
  readonly shows?: string;
  readonly sends?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** `DN` of what the service was told, `200` where it was told nothing, another status where nobody got through. */
type Answer = string;

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  /** Lines of the server beside its address and certificate. */
  readonly server: string;
  readonly knocks: readonly { readonly knock: Knock; readonly before: Answer; readonly after: Answer }[];
}

const HEADER = "X-SSL-Client-S-DN";
const FORGED = { [HEADER]: "CN=admin" };
const valid = { shows: "client/valid" };
const stranger = { shows: "client/unknown-ca" };

const CASES: readonly Case[] = [
  {
    name: "a certificate is optional",
    rules: ["optional-client-auth"],
    server: "ssl_client_certificate FOLDER/client-ca.pem;\nssl_verify_client optional;\nlocation / { proxy_pass http://127.0.0.1:BACK; }",
    knocks: [
      { knock: {}, before: "200", after: "400" },
      { knock: stranger, before: "400", after: "400" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "a CA is loaded and asks nobody",
    rules: ["unenforced-client-ca"],
    server: "ssl_client_certificate FOLDER/client-ca.pem;\nlocation / { proxy_pass http://127.0.0.1:BACK; }",
    knocks: [
      { knock: {}, before: "200", after: "400" },
      { knock: stranger, before: "200", after: "400" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the subject of an unverified certificate is forwarded",
    rules: ["unverified-forwarded-identity"],
    server: `ssl_client_certificate FOLDER/client-ca.pem;
ssl_verify_client optional_no_ca;
location / { proxy_set_header ${HEADER} $ssl_client_s_dn; proxy_pass http://127.0.0.1:BACK; }`,
    knocks: [
      { knock: { shows: "client/self-signed" }, before: "CN=client/self-signed", after: "400" },
      { knock: stranger, before: "CN=client/unknown-ca", after: "400" },
      { knock: { sends: FORGED }, before: "200", after: "400" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "the client's own header is copied",
    rules: ["spoofable-identity-header"],
    server: `ssl_client_certificate FOLDER/client-ca.pem;
ssl_verify_client on;
location / { proxy_set_header ${HEADER} $http_x_ssl_client_s_dn; proxy_pass http://127.0.0.1:BACK; }`,
    knocks: [
      { knock: { ...valid, sends: FORGED }, before: "CN=admin", after: "200" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the upstream is not verified",
    rules: ["disabled-verification", "disabled-verification"],
    server: `proxy_ssl_trusted_certificate FOLDER/server-ca.pem;
location /known { proxy_pass https://localhost:KNOWN; }
location /stranger { proxy_pass https://localhost:STRANGER; }`,
    knocks: [
      { knock: { path: "/known" }, before: "200", after: "200" },
      { knock: { path: "/stranger" }, before: "200", after: "502" },
    ],
  },
  {
    name: "an upstream of a group is not verified, whose name is in no certificate",
    rules: ["disabled-verification"],
    server: `proxy_ssl_trusted_certificate FOLDER/server-ca.pem;
location /known { proxy_ssl_verify off; proxy_pass https://services; }`,
    knocks: [{ knock: { path: "/known" }, before: "200", after: "200" }],
  },
  // Nothing is found here, and nothing is wrong.
  {
    name: "the subject of a verified certificate is forwarded, where there is one",
    rules: [],
    server: `ssl_client_certificate FOLDER/client-ca.pem;
ssl_verify_client optional;
location / { proxy_set_header ${HEADER} $ssl_client_s_dn; proxy_pass http://127.0.0.1:BACK; }`,
    knocks: [
      { knock: { sends: FORGED }, before: "200", after: "200" },
      { knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" },
      { knock: { ...stranger, sends: FORGED }, before: "400", after: "400" },
    ],
  },
  {
    name: "a condition refuses those without a certificate",
    rules: [],
    server: `ssl_client_certificate FOLDER/client-ca.pem;
ssl_verify_client optional_no_ca;
if ($ssl_client_verify != SUCCESS) { return 403; }
location / { proxy_set_header ${HEADER} $ssl_client_s_dn; proxy_pass http://127.0.0.1:BACK; }`,
    knocks: [
      { knock: {}, before: "403", after: "403" },
      { knock: stranger, before: "403", after: "403" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
];

const tells = (message: IncomingMessage, response: ServerResponse): void => {
  const told = message.headers[HEADER.toLowerCase()];
  response.end(typeof told === "string" ? told : "");
};

test("nginx before and after the fixes", async (context) => {
  const folder = prefixFolder(context);
  mkdirSync(join(folder, "identities"));
  const identities = join(folder, "identities");
  writeIdentities(identities);
  const file = (name: string): string => readFileSync(join(identities, name), "utf8");
  const [edge, back, known, stranger] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const own = (name: string) => ({ cert: file(`${name}.pem`), key: file(`${name}.key`) });
  await listening(context, createHttp(tells), back);
  await listening(context, createHttps(own("server"), tells), known);
  await listening(context, createHttps(own("server/unknown-ca"), tells), stranger);

  const knock = ({ shows, sends = {}, path = "/" }: Knock): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const options = { port: edge, host: "localhost", path, headers: sends, ca: file("server-ca.pem"), agent: false } as const;
      const asked = request({ ...options, ...(shows === undefined ? {} : own(shows)) }, (response) => {
        response.setEncoding("utf8");
        let told = "";
        response.on("data", (data: string) => {
          told += data;
        });
        response.on("end", () => resolve(response.statusCode === 200 && told !== "" ? told : `${response.statusCode}`));
      });
      asked.once("error", reject);
      asked.end();
    });

  for (const { name, rules, server, knocks } of CASES)
    await context.test(name, async (inner) => {
      const text = `upstream services {
    server localhost:${known};
}
server {
    listen 127.0.0.1:${edge} ssl;
    ssl_certificate ${identities}/server.pem;
    ssl_certificate_key ${identities}/server.key;
    ${server.replaceAll("FOLDER", identities).replaceAll("BACK", `${back}`).replaceAll("KNOWN", `${known}`).replaceAll("STRANGER", `${stranger}`).replaceAll("\n", "\n    ")}
}
`;
      const { found, after } = await fixed(text);
      assert.deepEqual(found, rules);
      assert.equal(after === text, rules.length === 0);
      for (const [stage, configuration] of [["before", text] as const, ["after", after] as const]) {
        assert.equal(refusal(folder, configuration), "", stage);
        const stop = await startNginx(inner, folder, configuration, edge);
        for (const it of knocks) assert.equal(await knock(it.knock), it[stage], `${stage}: ${JSON.stringify(it.knock)}`);
        await stop();
      }
    });
});

async function fixed(text: string): Promise<{ readonly found: readonly string[]; readonly after: string }> {
  const path = "/project/site.conf";
  const service = await createLintService(memoryHost({ [path]: text }), { roots: ["/project"] });
  const { findings, gaps } = await service.lint(path);
  assert.deepEqual(gaps, []);
  const { groups, left } = await service.planFixes([path], { allowed: "review" });
  service.dispose();
  assert.deepEqual(
    left.flatMap((it) => it.findings.map(({ rule }) => rule)),
    [],
  );
  return { found: findings.map(({ rule }) => rule), after: groups.flat()[0]?.after ?? text };
}

async function listening(context: TestContext, server: Server, port: number): Promise<void> {
  context.after(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
}
