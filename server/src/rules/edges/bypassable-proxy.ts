/** A service behind a proxy that requests client certificates can be reached without showing one. */
import type { SettingRule } from "../rule.ts";

export const bypassableProxy: SettingRule<"direct-access"> = {
  id: "bypassable-proxy",
  judges: "settings",
  file: "compose.yaml",
  observes: "direct-access",
  summary: "clients reach the service around the proxy, without its TLS or its demand for a certificate",
  severity: "warning",
  since: "0.1.0",
  cwe: [288, 306],
  sources: [
    { title: "Compose specification: ports", url: "https://docs.docker.com/reference/compose-file/services/#ports" },
    { title: "RFC 9440, section 4: Security Considerations of Client-Cert", url: "https://www.rfc-editor.org/rfc/rfc9440#section-4" },
    {
      title: "CWE-288: Authentication Bypass Using an Alternate Path or Channel",
      url: "https://cwe.mitre.org/data/definitions/288.html",
    },
  ],
  rationale: `The proxy requests client certificates, but the port of the service behind it is published on every address of the machine. An
attacker connects there without a certificate, and writes into the headers what the proxy would have.

A proxy that terminates TLS and requests no certificate is left out in the same way: what clients send to the published port is
readable on the network, and passes none of the proxy's checks.

The same holds of the proxy's own addresses: a \`listen 80\` in a server with \`ssl_verify_client on\`, or another server without TLS that
forwards to the same place. One that only redirects to https is silent.

Fine where the service listens with mutual TLS of its own, and on loopback: both are silent.

A warning where the proxy speaks to the service without TLS, or where the program behind it is found in the workspace. Else it is
information: the service may ask for certificates itself.`,
  byHand: "who needs the port is known to whoever published it",
  beside: {
    "nginx.conf": `server {
    listen 443 ssl;
    ssl_certificate server.pem;
    ssl_certificate_key server.key;
    ssl_client_certificate clients-ca.pem;
    ssl_verify_client on;

    location / {
        proxy_pass http://app:8080;
    }
}
`,
  },
  examples: [
    {
      bad: `services:
  edge:
    image: nginx
    volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf:ro"]
    ports: ["443:443"]
  app:
    build: .
    ports: ["8080:8080"]
`,
      good: `services:
  edge:
    image: nginx
    volumes: ["./nginx.conf:/etc/nginx/conf.d/default.conf:ro"]
    ports: ["443:443"]
  app:
    build: .
`,
    },
  ],

  judge({ fact }) {
    if (fact.way === "listener")
      return {
        message: `\`${fact.address}\` serves the same requests in plaintext, bypassing client certificates`,
        help: "remove the listener, bind it to loopback, or only redirect to https there",
        notes: ["clients there need no certificate"],
        remedies: [{ want: { kind: "direct-access" } }],
      };
    if (fact.proxied.authentication === "none")
      return {
        message: `\`${fact.address}\` publishes \`${fact.service}\` in plaintext beside the proxy that terminates TLS`,
        help: "remove the port, or publish it on loopback: services of one network reach each other without",
        notes: ["what clients send there is readable on the network, and passes none of the proxy's checks"],
        remedies: [{ want: { kind: "direct-access" } }],
      };
    return {
      ...(fact.plaintext || fact.proxied.program ? {} : { severity: "info" }),
      message: `\`${fact.address}\` publishes \`${fact.service}\` beside the proxy that requests client certificates`,
      help: "remove the port, or publish it on loopback: services of one network reach each other without",
      notes: ["clients there need no certificate, and can set the headers that the proxy sets"],
      remedies: [{ want: { kind: "direct-access" } }],
    };
  },
};
