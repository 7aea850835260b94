/** Envoy itself, on loopback, before and after the fixes: who gets through, and what the service behind it is told of its client. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startEnvoy } from "../harness/envoy.ts";
import { prefixFolder } from "../harness/nginx.ts";
import { FORGED, fixed, HEADER, type Knock, stageIn } from "./stage.ts";

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  /** Fields of the listener's context, of its `common_tls_context` and of the route. */
  readonly context?: string;
  readonly common?: string;
  readonly route?: string;
  /** The port of the cluster, and the fields of its context. */
  readonly upstream?: { readonly port: "known" | "stranger" | "misnamed"; readonly common?: string };
  readonly knocks: readonly { readonly knock: Knock; readonly before: string; readonly after: string }[];
}

const valid = { shows: "client/valid" };
const stranger = { shows: "client/unknown-ca" };
const REQUIRED = "require_client_certificate: true";
const CA = "validation_context: { trusted_ca: { filename: FOLDER/client-ca.pem } }";
const adds = (rest: string): string =>
  `request_headers_to_add: [{ header: { key: ${HEADER}, value: "%DOWNSTREAM_PEER_SUBJECT%" }${rest} }]`;
const SERVER_CA = "trusted_ca: { filename: FOLDER/server-ca.pem }";

const CASES: readonly Case[] = [
  {
    name: "a CA alone takes clients without a certificate",
    rules: ["optional-client-auth"],
    common: CA,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: stranger, before: "refused", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "what is required without a CA is never asked for",
    rules: ["no-client-auth"],
    context: REQUIRED,
    knocks: [
      { knock: {}, before: "200", after: "refused" },
      { knock: stranger, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "any certificate is accepted",
    rules: ["accept-any-client"],
    context: REQUIRED,
    common: CA.replace(" } }", " }, trust_chain_verification: ACCEPT_UNTRUSTED }"),
    knocks: [
      { knock: {}, before: "refused", after: "refused" },
      { knock: stranger, before: "200", after: "refused" },
      { knock: valid, before: "200", after: "200" },
    ],
  },
  {
    name: "the header is added to the client's own",
    rules: ["spoofable-identity-header"],
    context: REQUIRED,
    common: CA,
    route: adds(""),
    knocks: [
      { knock: { ...valid, sends: FORGED }, before: "CN=admin, CN=client/valid", after: "CN=client/valid" },
      { knock: valid, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "the client's own header stays where there is no certificate",
    rules: ["spoofable-identity-header"],
    common: CA,
    route: adds(", append_action: OVERWRITE_IF_EXISTS_OR_ADD"),
    knocks: [
      { knock: { sends: FORGED }, before: "CN=admin", after: "200" },
      { knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" },
    ],
  },
  {
    name: "the upstream is not verified",
    rules: ["disabled-verification"],
    upstream: { port: "stranger" },
    knocks: [{ knock: {}, before: "200", after: "503" }],
  },
  {
    name: "the upstream that is known is not verified either",
    rules: ["disabled-verification"],
    upstream: { port: "known" },
    knocks: [{ knock: {}, before: "200", after: "200" }],
  },
  {
    name: "the name of the upstream is not verified",
    rules: ["disabled-hostname-verification"],
    upstream: { port: "misnamed", common: `validation_context: { ${SERVER_CA} }` },
    knocks: [{ knock: {}, before: "200", after: "503" }],
  },
  {
    name: "versions and suites that are weak",
    rules: ["obsolete-protocol", "weak-cipher"],
    common: "tls_params: { tls_minimum_protocol_version: TLSv1_0, cipher_suites: [ECDHE-ECDSA-AES128-GCM-SHA256, AES128-SHA] }",
    knocks: [{ knock: {}, before: "200", after: "200" }],
  },
  // Nothing is found here, and nothing is wrong.
  {
    name: "the header is overwritten",
    rules: [],
    context: REQUIRED,
    common: CA,
    route: adds(", append: false"),
    knocks: [{ knock: { ...valid, sends: FORGED }, before: "CN=client/valid", after: "CN=client/valid" }],
  },
];

const TLS = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3";
const HTTP = "type.googleapis.com/envoy.extensions.filters";

const configuration = ({ context = "", common = "", route = "", upstream }: Case, ports: Readonly<Record<string, number>>): string =>
  `static_resources:
  listeners:
    - address: { socket_address: { address: 127.0.0.1, port_value: ${ports["edge"]} } }
      filter_chains:
        - transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": ${TLS}.DownstreamTlsContext
              ${context}
              common_tls_context:
                tls_certificates: [{ certificate_chain: { filename: FOLDER/server.pem }, private_key: { filename: FOLDER/server.key } }]
                ${common}
          filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": ${HTTP}.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: edge
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          ${route}
                          route: { cluster: app }
                http_filters: [{ name: router, typed_config: { "@type": ${HTTP}.http.router.v3.Router } }]
  clusters:
    - name: app
      type: STRICT_DNS
      dns_lookup_family: V4_ONLY
      load_assignment:
        cluster_name: app
        endpoints:
          - lb_endpoints: [{ endpoint: { address: { socket_address: { address: localhost, port_value: ${ports[upstream?.port ?? "back"]} } } } }]
${upstream === undefined ? "" : secured(upstream.common)}`;

const secured = (common = ""): string => `      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": ${TLS}.UpstreamTlsContext
          ${common === "" ? "" : `common_tls_context: { ${common} }`}
`;

test("Envoy before and after the fixes", async (context) => {
  const folder = prefixFolder(context);
  const { identities, ports, knock } = await stageIn(context, folder);
  for (const it of CASES)
    await context.test(it.name, async (inner) => {
      const text = configuration(it, ports).replaceAll("FOLDER", identities);
      const { found, after } = await fixed("/project/envoy.yaml", text);
      assert.deepEqual(found, it.rules);
      assert.equal(after === text, it.rules.length === 0);
      // What a fix calls a CA that nobody has named is put where it says.
      const installed = after
        .replaceAll("/etc/envoy/clients-ca.pem", `${identities}/client-ca.pem`)
        .replaceAll("/etc/envoy/upstream-ca.pem", `${identities}/server-ca.pem`);
      for (const [stage, whole] of [["before", text] as const, ["after", installed] as const]) {
        const stop = await startEnvoy(inner, folder, whole, ports.edge);
        for (const one of it.knocks) assert.equal(await knock(one.knock), one[stage], `${stage}: ${JSON.stringify(one.knock)}`);
        await stop();
      }
    });
});
