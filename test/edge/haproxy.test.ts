/**
 * HAProxy itself, on loopback, before and after the fixes: who gets through, and what the service behind it is told of its client.
 * `haproxy -c` accepts every fix.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { refusal, startHaproxy } from "../harness/haproxy.ts";
import { prefixFolder } from "../harness/nginx.ts";
import { type Case, FORGED, fixed, HEADER, stageIn } from "./stage.ts";

const valid = { shows: "client/valid" };
const stranger = { shows: "client/unknown-ca" };
const TELLS = `http-request set-header ${HEADER} %[ssl_c_s_dn]`;
const BACK = "default_backend app\nbackend app\nserver one 127.0.0.1:BACK";

/** `server`: what follows `bind … ssl crt FILE`. */
const CASES: readonly Case[] = [
  {
    name: "a certificate is optional",
    rules: ["optional-client-auth"],
    server: ` ca-file FOLDER/client-ca.pem verify optional\n${BACK}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: stranger, before: "refused", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "a CA is loaded and asks nobody",
    rules: ["unenforced-client-ca"],
    server: ` ca-file FOLDER/client-ca.pem\n${BACK}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "errors of the chain are ignored, and the subject is forwarded",
    rules: ["unverified-forwarded-identity"],
    server: ` ca-file FOLDER/client-ca.pem verify optional crt-ignore-err all\n${TELLS}\n${BACK}`,
    knocks: [
      { knock: stranger, before: "/CN=client/unknown-ca", after: "refused" },
      { knock: { sends: FORGED }, before: "200", after: "refused" },
      { knock: valid, before: "/CN=client/valid", after: "/CN=client/valid" },
    ],
  },
  {
    name: "only those without a certificate are refused, and the subject of any is forwarded",
    rules: ["unverified-forwarded-identity"],
    server: ` ca-file FOLDER/client-ca.pem verify optional crt-ignore-err all\nhttp-request deny unless { ssl_c_used }\n${TELLS}\n${BACK}`,
    knocks: [
      { knock: {}, before: "403", after: "refused" },
      { knock: stranger, before: "/CN=client/unknown-ca", after: "refused" },
      { knock: valid, before: "/CN=client/valid", after: "/CN=client/valid" },
    ],
  },
  {
    name: "the verdict is asked, which is good of who shows no certificate, too",
    rules: ["optional-client-auth"],
    server: ` ca-file FOLDER/client-ca.pem verify optional\nhttp-request deny if !{ ssl_c_verify 0 }\n${BACK}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the client's own header is copied",
    rules: ["spoofable-identity-header"],
    server: ` ca-file FOLDER/client-ca.pem verify required\nhttp-request set-header ${HEADER} %[req.hdr(${HEADER})]\n${BACK}`,
    knocks: [
      { knock: { ...valid, sends: FORGED }, before: "CN=admin", after: "200" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the upstream is not verified",
    rules: ["disabled-verification"],
    server: "\ndefault_backend app\nbackend app\nserver one localhost:STRANGER ssl ca-file FOLDER/server-ca.pem verify none",
    knocks: [{ knock: {}, before: "200", after: "503" }],
  },
  {
    name: "the upstream that is known is not verified either",
    rules: ["disabled-verification"],
    server: "\ndefault_backend app\nbackend app\nserver one localhost:KNOWN ssl verify none ca-file FOLDER/server-ca.pem",
    knocks: [{ knock: {}, before: "200", after: "200" }],
  },
  {
    name: "the name of the upstream is not verified",
    rules: ["disabled-hostname-verification"],
    server: "\ndefault_backend app\nbackend app\nserver one localhost:MISNAMED ssl ca-file FOLDER/server-ca.pem",
    knocks: [{ knock: {}, before: "200", after: "503" }],
  },
  {
    name: "every bind takes an old version and a weak suite by default",
    rules: ["weak-cipher", "obsolete-protocol"],
    server: `\n${BACK}\nglobal\nssl-default-bind-ciphers ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA\nssl-default-bind-options ssl-min-ver TLSv1.1`,
    knocks: [{ knock: {}, before: "200", after: "200" }],
  },
  // Nothing is found here, and nothing is wrong.
  {
    name: "a rule refuses those without a certificate, and those whose failed",
    rules: [],
    server: ` ca-file FOLDER/client-ca.pem verify optional crt-ignore-err all\nhttp-request deny unless { ssl_c_used } { ssl_c_verify 0 }\n${TELLS}\n${BACK}`,
    knocks: [
      { knock: {}, before: "403", after: "403" },
      { knock: stranger, before: "403", after: "403" },
      { knock: valid, before: "/CN=client/valid", after: "/CN=client/valid" },
    ],
  },
  {
    name: "a rule refuses those without a certificate",
    rules: [],
    server: ` ca-file FOLDER/client-ca.pem verify optional\nhttp-request deny unless { ssl_c_used }\n${BACK}`,
    knocks: [
      { knock: {}, before: "403", after: "403" },
      { knock: stranger, before: "refused", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
];

test("HAProxy before and after the fixes", async (context) => {
  const folder = prefixFolder(context);
  const { identities, ports, knock } = await stageIn(context, folder);
  const both = join(identities, "both.pem");
  writeFileSync(both, ["server.pem", "server.key"].map((it) => readFileSync(join(identities, it), "utf8")).join(""));
  for (const { name, rules, server, knocks } of CASES)
    await context.test(name, async (inner) => {
      const text = `frontend edge\n    bind 127.0.0.1:${ports.edge} ssl crt ${both}${server.replaceAll("\n", "\n    ")}\n`
        .replaceAll("FOLDER", identities)
        .replaceAll("BACK", `${ports.back}`)
        .replaceAll("KNOWN", `${ports.known}`)
        .replaceAll("STRANGER", `${ports.stranger}`)
        .replaceAll("MISNAMED", `${ports.misnamed}`);
      const { found, after } = await fixed("/project/haproxy.cfg", text);
      assert.deepEqual(found, rules);
      assert.equal(after === text, rules.length === 0);
      for (const [stage, configuration] of [["before", text] as const, ["after", after] as const]) {
        assert.equal(refusal(folder, configuration), "", stage);
        const stop = await startHaproxy(inner, folder, configuration, ports.edge);
        for (const it of knocks) assert.equal(await knock(it.knock), it[stage], `${stage}: ${JSON.stringify(it.knock)}`);
        await stop();
      }
    });
});
