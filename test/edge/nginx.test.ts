/**
 * nginx itself, on loopback, before and after the fixes: who gets through, and what the service behind it is told of its client. `nginx -t`
 * accepts every fix.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { prefixFolder, refusal, startNginx } from "../harness/nginx.ts";
import { type Case, FORGED, fixed, HEADER, stageIn } from "./stage.ts";

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
    name: "only those without a certificate are refused, and the subject of any is forwarded",
    rules: ["unverified-forwarded-identity"],
    server: `ssl_client_certificate FOLDER/client-ca.pem;
ssl_verify_client optional_no_ca;
if ($ssl_client_verify = NONE) { return 403; }
location / { proxy_set_header ${HEADER} $ssl_client_s_dn; proxy_pass http://127.0.0.1:BACK; }`,
    knocks: [
      { knock: {}, before: "403", after: "400" },
      { knock: stranger, before: "CN=client/unknown-ca", after: "400" },
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

test("nginx before and after the fixes", async (context) => {
  const folder = prefixFolder(context);
  const { identities, ports, knock } = await stageIn(context, folder);
  const filled = (text: string): string =>
    text
      .replaceAll("FOLDER", identities)
      .replaceAll("BACK", `${ports.back}`)
      .replaceAll("KNOWN", `${ports.known}`)
      .replaceAll("STRANGER", `${ports.stranger}`);
  for (const { name, rules, server, knocks } of CASES)
    await context.test(name, async (inner) => {
      const text = filled(`upstream services {
    server localhost:KNOWN;
}
server {
    listen 127.0.0.1:${ports.edge} ssl;
    ssl_certificate FOLDER/server.pem;
    ssl_certificate_key FOLDER/server.key;
    ${server.replaceAll("\n", "\n    ")}
}
`);
      const { found, after } = await fixed("/project/site.conf", text);
      assert.deepEqual(found, rules);
      assert.equal(after === text, rules.length === 0);
      for (const [stage, configuration] of [["before", text] as const, ["after", after] as const]) {
        assert.equal(refusal(folder, configuration), "", stage);
        const stop = await startNginx(inner, folder, configuration, ports.edge);
        for (const it of knocks) assert.equal(await knock(it.knock), it[stage], `${stage}: ${JSON.stringify(it.knock)}`);
        await stop();
      }
    });
});
