/** A host that clients call, and that the certificate is not for. */
import { closest } from "../../base/closest.ts";
import { coversHost, rangeSpan, visible } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority } from "./chain.ts";
import { distinctOf, nameOf, type PlacedCertificate, stacksOf } from "./context.ts";

export const uncoveredHost: FileRule = {
  id: "uncovered-host",
  judges: "file",
  summary: "a certificate does not cover a host that clients connect to",
  severity: "error",
  since: "0.1.0",
  cwe: [297],
  sources: [
    { title: "RFC 9525, 6.3 Matching the DNS domain name portion", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6.3" },
    {
      title: "rustls-webpki: Error::CertNotValidForName",
      url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html#variant.CertNotValidForNameContext",
    },
  ],
  rationale: `Which hosts clients connect to is known to people, not to files. Set \`hosts\` for a certificate:

\`\`\`toml
[hosts]
"certs/server.pem" = ["api.example.org", "10.0.0.7"]
\`\`\`

Each is compared with the SANs as rustls and OpenSSL compare them. Where none is equal, a client rejects the server
(\`CertNotValidForName\`, \`hostname mismatch\`), and hostname verification gets disabled. To ask once, there is \`tlslint verify
--host\`.`,
  byHand: "names are signed: only the CA can reissue the certificate with them",
  examples: [{ bad: "host-that-is-not-covered", good: "host-that-is-covered" }],
  judge(file, context) {
    if (context.hosts === undefined || context.hosts.length === 0) return [];
    const leaf = distinctOf(file).find((it) => !isAuthority(it.certificate));
    return leaf === undefined ? [] : judge(leaf, context.hosts, context);
  },
};

function judge({ section, certificate }: PlacedCertificate, hosts: readonly string[], context: FileContext): readonly FileVerdict[] {
  const stacks = stacksOf(context);
  const refused = hosts.flatMap((host) => {
    const covers = coversHost(certificate, host);
    const refusing = (["rustls", "OpenSSL"] as const).filter((it) => !covers[it] && (stacks.size === 0 || stacks.has(it)));
    return refusing.length === 0 ? [] : [{ host, refusing }];
  });
  const [first] = refused;
  if (first === undefined) return [];
  const names = certificate.values.alternativeNames ?? [];
  const extension = certificate.extensions.find((it) => it.name === "subjectAltName");
  const near = closest(
    first.host,
    names.map((it) => it.value),
  );
  const words = { rustls: "rustls (`CertNotValidForName`)", OpenSSL: "OpenSSL (`hostname mismatch`)" } as const;
  const listed = refused.map(({ host }) => `\`${visible(host)}\``).join(", ");
  return [
    {
      span: extension === undefined ? section.boundary : rangeSpan(section, extension),
      message: `${nameOf(certificate)} does not cover ${listed}, which clients connect to`,
      notes: [
        ...(near === undefined ? [] : [`the closest SAN is \`${visible(near)}\``]),
        `rejected by ${first.refusing.map((it) => words[it]).join(" and ")}`,
      ],
      help: "reissue it with these hosts as SANs, or let clients connect to a name that it covers",
    },
  ];
}
