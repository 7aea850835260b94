/** Caddy itself, on loopback, before and after the fixes: who gets through, and what the service behind it is told of its client. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startCaddy } from "../harness/caddy.ts";
import { prefixFolder } from "../harness/nginx.ts";
import { FORGED, fixed, HEADER, type Knock, stageIn } from "./stage.ts";

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  /** Lines of `client_auth`, of the site and of `reverse_proxy`. */
  readonly clients?: string;
  readonly site?: string;
  readonly proxy?: string;
  readonly upstream?: string;
  readonly knocks: readonly { readonly knock: Knock; readonly before: string; readonly after: string }[];
}

const valid = { shows: "client/valid" };
const stranger = { shows: "client/unknown-ca" };
const CA = "trusted_ca_cert_file FOLDER/client-ca.pem";
const tells = (sign: string): string => `header_up ${sign}${HEADER} {tls_client_subject}`;
const skipping = (more = ""): string => `transport http {\n\t\t\t${more}tls_insecure_skip_verify\n\t\t}`;

const CASES: readonly Case[] = [
  {
    name: "a certificate is optional",
    rules: ["optional-client-auth"],
    clients: `mode verify_if_given\n\t\t\t${CA}`,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: stranger, before: "refused", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "any certificate is accepted, although there is a CA",
    rules: ["accept-any-client"],
    clients: `mode require\n\t\t\t${CA}`,
    knocks: [
      { knock: {}, before: "refused", after: "refused" },
      { knock: stranger, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the subject of any certificate is forwarded",
    rules: ["unverified-forwarded-identity"],
    clients: `mode request\n\t\t\t${CA}`,
    proxy: tells(""),
    knocks: [
      { knock: stranger, before: "CN=client/unknown-ca", after: "refused" },
      { knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "the header is added to the client's own",
    rules: ["spoofable-identity-header"],
    clients: CA,
    proxy: tells("+"),
    knocks: [{ knock: { ...valid, sends: FORGED }, before: "CN=admin, CN=client/valid", after: "CN=client/valid" }],
  },
  {
    name: "the client's own header is copied",
    rules: ["spoofable-identity-header"],
    clients: CA,
    site: `request_header ${HEADER} {header.${HEADER}}`,
    knocks: [{ knock: { ...valid, sends: FORGED }, before: "CN=admin", after: "200" }],
  },
  {
    name: "the upstream is not verified",
    rules: ["disabled-verification"],
    proxy: skipping(),
    upstream: "https://localhost:STRANGER",
    knocks: [{ knock: {}, before: "200", after: "502" }],
  },
  {
    name: "the upstream that is known is not verified either",
    rules: ["disabled-verification"],
    proxy: skipping("tls_trusted_ca_certs FOLDER/server-ca.pem\n\t\t\t"),
    upstream: "https://localhost:KNOWN",
    knocks: [{ knock: {}, before: "200", after: "200" }],
  },
  // Nothing is found here, and nothing is wrong: a CA without a mode verifies, and so are upstreams by default, names among them.
  {
    name: "a CA alone, and a service that is told",
    rules: [],
    clients: CA,
    proxy: tells(""),
    knocks: [
      { knock: {}, before: "refused", after: "refused" },
      { knock: stranger, before: "refused", after: "refused" },
      { knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "an upstream of another name",
    rules: [],
    proxy: "transport http {\n\t\t\ttls_trusted_ca_certs FOLDER/server-ca.pem\n\t\t}",
    upstream: "https://localhost:MISNAMED",
    knocks: [{ knock: {}, before: "502", after: "502" }],
  },
];

test("Caddy before and after the fixes", async (context) => {
  const folder = prefixFolder(context);
  const { identities, ports, knock } = await stageIn(context, folder);
  for (const { name, rules, clients, site = "", proxy = "", upstream = "127.0.0.1:BACK", knocks } of CASES)
    await context.test(name, async (inner) => {
      const asked = clients === undefined ? "" : `{\n\t\tclient_auth {\n\t\t\t${clients}\n\t\t}\n\t}`;
      const lines = [`tls FOLDER/server.pem FOLDER/server.key ${asked}`, site, `reverse_proxy ${upstream} {\n\t\t${proxy}\n\t}`];
      const text = `https://localhost:${ports.edge} {\n\tbind 127.0.0.1\n\t${lines.filter((it) => it !== "").join("\n\t")}\n}\n`
        .replaceAll("FOLDER", identities)
        .replaceAll("BACK", `${ports.back}`)
        .replaceAll("KNOWN", `${ports.known}`)
        .replaceAll("STRANGER", `${ports.stranger}`)
        .replaceAll("MISNAMED", `${ports.misnamed}`);
      const { found, after } = await fixed("/project/Caddyfile", text);
      assert.deepEqual(found, rules);
      assert.equal(after === text, rules.length === 0);
      // What a fix calls a CA that nobody has named is put where it says.
      const installed = after.replaceAll("/etc/caddy/upstream-ca.pem", `${identities}/server-ca.pem`);
      for (const [stage, whole] of [["before", text] as const, ["after", installed] as const]) {
        const stop = await startCaddy(inner, folder, whole, ports.edge);
        for (const it of knocks) assert.equal(await knock(it.knock), it[stage], `${stage}: ${JSON.stringify(it.knock)}`);
        await stop();
      }
    });
});
