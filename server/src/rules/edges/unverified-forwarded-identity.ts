/** A proxy forwards the identity in a certificate that nobody verified. */
import type { SettingRule } from "../rule.ts";

export const unverifiedForwardedIdentity: SettingRule<"forwarded-identity"> = {
  id: "unverified-forwarded-identity",
  judges: "settings",
  file: "nginx.conf",
  observes: "forwarded-identity",
  summary: "a proxy forwards the identity in a client certificate that it did not verify",
  severity: "error",
  since: "0.1.0",
  cwe: [295, 290],
  sources: [
    {
      title: "nginx: ssl_verify_client",
      url: "https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_verify_client",
    },
    { title: "RFC 9440, section 4: Security Considerations of Client-Cert", url: "https://www.rfc-editor.org/rfc/rfc9440#section-4" },
    { title: "CWE-295: Improper Certificate Validation", url: "https://cwe.mitre.org/data/definitions/295.html" },
  ],
  rationale: `With \`optional_no_ca\` the proxy accepts a certificate of any CA, one that the client made itself among them. Its subject is what
the client wrote there: an attacker writes the name of somebody else, and the service behind the proxy takes it for theirs.

Fine where the service verifies the whole certificate itself, or checks the verdict (\`$ssl_client_verify\`) before it looks at the
name: with the certificate or the verdict forwarded, too, the proxy's file is silent.

An error without the verdict. With the verdict, a warning where the program behind the proxy is found in the workspace and never
reads it.`,
  byHand: "which CA the clients have is known to their operator alone",
  examples: [
    {
      bad: `server {
    listen 443 ssl;
    ssl_certificate server.pem;
    ssl_certificate_key server.key;
    ssl_client_certificate clients-ca.pem;
    ssl_verify_client optional_no_ca;

    location / {
        proxy_set_header X-SSL-Client-S-DN $ssl_client_s_dn;
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
    if (fact.from !== "unverified") return undefined;
    const remedies = [{ want: { kind: "forwarded-identity" } }] as const;
    return fact.verdict === undefined
      ? {
          message: `\`${written}\` forwards the subject of an unverified certificate, so anyone can impersonate a client`,
          help: "require a certificate of a known CA, or forward the verdict, too, and check it first",
          remedies,
        }
      : {
          severity: "warning",
          message: `\`${written}\` is trusted by the service, which never reads the verdict in \`${fact.verdict}\``,
          help: `require a certificate of a known CA, or reject requests whose \`${fact.verdict}\` is not \`SUCCESS\``,
          notes: ["the proxy forwards certificates of unknown CAs, too: their subject is what the client wrote there"],
          remedies,
        };
  },
};
