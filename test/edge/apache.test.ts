/**
 * Apache itself, on loopback, before and after the fixes: who gets through, and what the service behind it is told of its client.
 * `apache2 -t` accepts every fix.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal, startApache } from "../harness/apache.ts";
import { prefixFolder } from "../harness/nginx.ts";
import { type Case, FORGED, fixed, HEADER, stageIn } from "./stage.ts";

const valid = { shows: "client/valid" };
const stranger = { shows: "client/unknown-ca" };
const CA = "SSLCACertificateFile FOLDER/client-ca.pem";
const BACK = "ProxyPass / http://127.0.0.1:BACK/";
const TELLS = `RequestHeader set ${HEADER} "%{SSL_CLIENT_S_DN}s"`;
const UPSTREAM = "SSLProxyEngine on\nSSLProxyCACertificateFile FOLDER/server-ca.pem";

const CASES: readonly Case[] = [
  {
    name: "a certificate is optional",
    rules: ["optional-client-auth"],
    server: `${CA}\nSSLVerifyClient optional\n${BACK}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: stranger, before: "refused", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "a CA for clients is loaded and asks nobody",
    rules: ["unenforced-client-ca"],
    server: `${CA}\nSSLVerifyDepth 2\n${BACK}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: stranger, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "it is said that nobody is asked",
    rules: ["no-client-auth"],
    server: `${CA}\nSSLVerifyClient none\nSSLVerifyDepth 2\n${BACK}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "a location asks optionally",
    rules: ["optional-client-auth"],
    // In TLS 1.3 this client does not answer who asks after the handshake.
    server: `SSLProtocol -all +TLSv1.2\n${CA}\n<Location /admin>\n    SSLVerifyClient optional\n</Location>\n${BACK}`,
    knocks: [
      { knock: { path: "/" }, before: "200", after: "200" },
      { knock: { path: "/admin" }, before: "200", after: "refused" },
      { knock: { ...valid, path: "/admin" }, before: "200", after: "200" },
    ],
  },
  {
    name: "the subject of an unverified certificate is forwarded",
    rules: ["unverified-forwarded-identity"],
    server: `${CA}\nSSLVerifyClient optional_no_ca\n${TELLS}\n${BACK}`,
    knocks: [
      { knock: { shows: "client/self-signed" }, before: "CN=client/self-signed", after: "refused" },
      { knock: stranger, before: "CN=client/unknown-ca", after: "refused" },
      { knock: { sends: FORGED }, before: "(null)", after: "refused" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "the client's own header is copied",
    rules: ["spoofable-identity-header"],
    server: `${CA}\nSSLVerifyClient require\nRequestHeader set ${HEADER} "expr=%{HTTP:${HEADER}}"\n${BACK}`,
    knocks: [
      { knock: { ...valid, sends: FORGED }, before: "CN=admin", after: "200" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the subject is appended to the client's own header",
    rules: ["spoofable-identity-header"],
    server: `${CA}\nSSLVerifyClient require\nRequestHeader append ${HEADER} "%{SSL_CLIENT_S_DN}s"\n${BACK}`,
    knocks: [
      { knock: { ...valid, sends: FORGED }, before: "CN=admin, CN=client/valid", after: "CN=client/valid" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "the subject is set where the client sent none",
    rules: ["spoofable-identity-header"],
    server: `${CA}\nSSLVerifyClient require\nRequestHeader setifempty ${HEADER} "%{SSL_CLIENT_S_DN}s"\n${BACK}`,
    knocks: [{ knock: { ...valid, sends: FORGED }, before: "CN=admin", after: "CN=client/valid" }],
  },
  {
    name: "the subject is set where there is one",
    rules: ["spoofable-identity-header"],
    server: `${CA}\nSSLVerifyClient optional\nRequestHeader set ${HEADER} "%{SSL_CLIENT_S_DN}s" "expr=%{SSL_CLIENT_VERIFY} == 'SUCCESS'"\n${BACK}`,
    knocks: [
      { knock: { sends: FORGED }, before: "CN=admin", after: "200" },
      { knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "upstreams are not verified",
    rules: ["disabled-verification"],
    server: `${UPSTREAM}\nProxyPass /known https://localhost:KNOWN/\nProxyPass /stranger https://localhost:STRANGER/`,
    knocks: [
      { knock: { path: "/known" }, before: "200", after: "200" },
      { knock: { path: "/stranger" }, before: "200", after: "500" },
    ],
  },
  {
    name: "upstreams are not verified, nor compared by name",
    rules: ["disabled-verification"],
    server: `${UPSTREAM}\nSSLProxyVerify none\nSSLProxyCheckPeerName off\nProxyPass / https://localhost:MISNAMED/`,
    knocks: [{ knock: {}, before: "200", after: "500" }],
  },
  {
    name: "the name of the upstream is not compared",
    rules: ["disabled-hostname-verification"],
    server: `${UPSTREAM}\nSSLProxyVerify require\nSSLProxyCheckPeerName off\nProxyPass / https://localhost:MISNAMED/`,
    knocks: [{ knock: {}, before: "200", after: "500" }],
  },
  {
    name: "the older switch alone compares no name either",
    rules: ["disabled-hostname-verification"],
    server: `${UPSTREAM}\nSSLProxyVerify require\nSSLProxyCheckPeerCN off\nProxyPass / https://localhost:MISNAMED/`,
    knocks: [{ knock: {}, before: "200", after: "500" }],
  },
  {
    name: "an old version is accepted",
    rules: ["obsolete-protocol"],
    server: `SSLProtocol all -TLSv1.1\n${BACK}`,
    knocks: [{ knock: {}, before: "200", after: "200" }],
  },
  // Nothing is found here, and nothing is wrong.
  {
    name: "the older switch gives way to the one that is said",
    rules: [],
    server: `${UPSTREAM}\nSSLProxyVerify require\nSSLProxyCheckPeerCN off\nSSLProxyCheckPeerName on\nProxyPass / https://localhost:MISNAMED/`,
    knocks: [{ knock: {}, before: "500", after: "500" }],
  },
  {
    name: "the subject of a verified certificate is forwarded, where there is one",
    rules: [],
    server: `${CA}\nSSLVerifyClient optional\n${TELLS}\n${BACK}`,
    knocks: [
      { knock: { sends: FORGED }, before: "(null)", after: "(null)" },
      { knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "what the client sent is removed before a value is appended",
    rules: [],
    server: `${CA}\nSSLVerifyClient require\nRequestHeader unset ${HEADER}\nRequestHeader append ${HEADER} "%{SSL_CLIENT_S_DN}s"\n${BACK}`,
    knocks: [{ knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" }],
  },
  {
    name: "the verdict is needed for everything",
    rules: [],
    server: `${CA}\nSSLVerifyClient optional_no_ca\n${TELLS}\n<Location />\n    Require ssl-verify-client\n</Location>\n${BACK}`,
    knocks: [
      { knock: {}, before: "403", after: "403" },
      { knock: stranger, before: "403", after: "403" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "an expression over the verdict is needed for everything",
    rules: [],
    server: `${CA}\nSSLVerifyClient optional_no_ca\n${TELLS}\n<Proxy *>\n    Require expr "%{SSL_CLIENT_VERIFY} == 'SUCCESS'"\n</Proxy>\n${BACK}`,
    knocks: [
      { knock: {}, before: "403", after: "403" },
      { knock: stranger, before: "403", after: "403" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "a rewriting rule refuses those whose certificate was not verified",
    rules: [],
    server: `${CA}
SSLVerifyClient optional_no_ca
RewriteEngine on
RewriteCond %{SSL:SSL_CLIENT_VERIFY} !=SUCCESS
RewriteRule ^ - [F]
${TELLS}
${BACK}`,
    knocks: [
      { knock: {}, before: "403", after: "403" },
      { knock: stranger, before: "403", after: "403" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
];

test("Apache before and after the fixes", async (context) => {
  const folder = prefixFolder(context);
  const { identities, ports, knock } = await stageIn(context, folder);
  const filled = (text: string): string =>
    text
      .replaceAll("FOLDER", identities)
      .replaceAll("BACK", `${ports.back}`)
      .replaceAll("KNOWN", `${ports.known}`)
      .replaceAll("STRANGER", `${ports.stranger}`)
      .replaceAll("MISNAMED", `${ports.misnamed}`);
  for (const { name, rules, server, knocks } of CASES)
    await context.test(name, async (inner) => {
      const text = filled(`<VirtualHost 127.0.0.1:${ports.edge}>
    SSLEngine on
    SSLCertificateFile FOLDER/server.pem
    SSLCertificateKeyFile FOLDER/server.key
    ${server.replaceAll("\n", "\n    ")}
</VirtualHost>
`);
      const { found, after } = await fixed("/project/site.conf", text);
      assert.deepEqual(found, rules);
      assert.equal(after === text, rules.length === 0);
      for (const [stage, configuration] of [["before", text] as const, ["after", after] as const]) {
        assert.equal(refusal(folder, configuration, ports.edge), "", stage);
        const stop = await startApache(inner, folder, configuration, ports.edge);
        for (const it of knocks) assert.equal(await knock(it.knock), it[stage], `${stage}: ${JSON.stringify(it.knock)}`);
        await stop();
      }
    });
});
