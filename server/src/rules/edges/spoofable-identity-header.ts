/** A proxy forwards the client's own copy of a header that stands for who the client is. */
import type { Kept, Proxied } from "../../tls/facts.ts";
import type { SettingRule } from "../rule.ts";

export const spoofableIdentityHeader: SettingRule<"forwarded-identity"> = {
  id: "spoofable-identity-header",
  judges: "settings",
  file: "nginx.conf",
  observes: "forwarded-identity",
  summary: "a proxy forwards an identity header that its clients can set",
  severity: "warning",
  since: "0.1.0",
  cwe: [290, 345],
  sources: [
    { title: "RFC 9440, section 4: Security Considerations of Client-Cert", url: "https://www.rfc-editor.org/rfc/rfc9440#section-4" },
    {
      title: "nginx: proxy_set_header",
      url: "https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header",
    },
    {
      title: "Envoy: x-forwarded-client-cert",
      url: "https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert",
    },
    { title: "CWE-290: Authentication Bypass by Spoofing", url: "https://cwe.mitre.org/data/definitions/290.html" },
  ],
  rationale: `A proxy passes the headers of a request on unless it sets or removes them. If the service behind it trusts a header such as
\`X-SSL-Client-S-DN\`, and the proxy does not overwrite it on every route, a client sends the header itself and is whoever it says.

Envoy adds a header to the client's own copy unless \`append_action\` says that it overwrites it, and overwrites nothing where there is no
certificate, unless \`keep_empty_value\` is set; of \`x-forwarded-client-cert\`, \`FORWARD_ONLY\`, \`ALWAYS_FORWARD_ONLY\` and
\`APPEND_FORWARD\` keep what the client wrote.

Fine where another proxy stands in front, requests the certificates and overwrites the header: suppress the finding and say so.

Silent unless the proxy copies the header from the request while it requests certificates itself, or a program of the workspace
that answers behind the route trusts the header and the proxy neither sets nor removes it there, or a server that requests none leads
where another one sets the header from the certificate.`,
  byHand: "whether the header is set from the certificate or removed depends on what the service wants to know",
  examples: [
    {
      bad: `server {
    listen 443 ssl;
    ssl_certificate server.pem;
    ssl_certificate_key server.key;
    ssl_client_certificate clients-ca.pem;
    ssl_verify_client on;

    location / {
        proxy_set_header X-SSL-Client-S-DN $http_x_ssl_client_s_dn;
        proxy_pass http://127.0.0.1:8080;
    }
}
`,
      good: `server {
    listen 443 ssl;
    ssl_certificate server.pem;
    ssl_certificate_key server.key;
    ssl_client_certificate clients-ca.pem;
    ssl_verify_client on;

    location / {
        proxy_set_header X-SSL-Client-S-DN $ssl_client_s_dn;
        proxy_pass http://127.0.0.1:8080;
    }
}
`,
    },
  ],

  judge({ fact, written }) {
    if (fact.from !== "client") return undefined;
    const isCopied = written === fact.header;
    return {
      message: isCopied
        ? spoofed(written, fact.kept)
        : `\`${written}\` forwards the client's own \`${fact.header}\`, ${trusted(fact.proxied)}`,
      help: `set \`${fact.header}\` from the certificate, or remove it, on every route to the service`,
      remedies: [{ want: { kind: "forwarded-identity" } }],
    };
  },
};

const trusted = ({ program }: Proxied): string =>
  program ? "which the service trusts as its identity" : "which another route sets from the certificate";

function spoofed(written: string, kept: Kept | undefined): string {
  switch (kept) {
    case undefined:
      return `\`${written}\` is copied from the request, so any client can set it`;
    case "beside":
      return `\`${written}\` is added beside the client's own copy, so any client can set it`;
    case "without-certificate":
      return `\`${written}\` keeps the client's own value where there is no certificate, so any client can set it`;
  }
}
