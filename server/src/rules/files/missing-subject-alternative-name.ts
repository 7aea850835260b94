/** A server certificate that names its hosts nowhere but in the common name. */
import { certificateRole, rangeSpan } from "../../pki/index.ts";
import type { FileRule, FileVerdict } from "../rule.ts";
import { certificatesOf, type PlacedCertificate } from "./context.ts";

export const missingSubjectAlternativeName: FileRule = {
  id: "missing-subject-alternative-name",
  judges: "file",
  issuedAgain: "end-entity",
  summary: "a server certificate has no subject alternative name",
  severity: "warning",
  since: "0.1.0",
  cwe: [297],
  sources: [
    { title: "RFC 9525, 6.3 Matching the DNS domain name portion", url: "https://www.rfc-editor.org/rfc/rfc9525#section-6.3" },
    { title: "RFC 9110, 4.3.4 https certificate verification", url: "https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4" },
  ],
  rationale: `Clients compare the host they called with the subject alternative names. rustls, Go and every browser ignore the common name and
reject the certificate (\`CertNotValidForName\`); OpenSSL still falls back to it. The usual "repair" in client code is to switch
the hostname verification off, which lets any certificate of the same CA take the server's place.

Reported for end-entity certificates that are for servers: the purpose \`serverAuth\`, or no purpose and a common name that looks
like a host (then only as information, as it may be a client's). Client certificates need no alternative name.`,
  byHand: "names are signed: only the CA can reissue the certificate with them",
  examples: [{ bad: "leaf-without-san", good: "server-leaf" }],
  judge: (file) => certificatesOf(file).flatMap(judge),
};

function judge({ section, certificate }: PlacedCertificate): readonly FileVerdict[] {
  // Versions 1 and 2 have no extensions at all, and rustls refuses them for that.
  if (certificate.version.number < 3) return [];
  const { values, extensions, subject } = certificate;
  const role = certificateRole(certificate);
  if (role === "root" || role === "intermediate") return [];
  // One that cannot be decoded is there, and malformed.
  if (extensions.some((it) => it.name === "subjectAltName") && values.alternativeNames?.length !== 0) return [];
  const common = subject.attributes.find((it) => it.type === "CN");
  const declared = values.purposes?.includes("serverAuth") === true;
  const guessed = values.purposes === undefined && common !== undefined && looksLikeHost(common.value);
  if (!declared && !guessed) return [];
  const place = common ?? subject;
  const names = common === undefined ? "no hostname" : "its host in the common name only";
  return [
    {
      span: rangeSpan(section, place),
      message: `server certificate has ${names}: rustls rejects it for every host`,
      ...(!declared && { severity: "info" }),
      help: "reissue it with its hosts as SANs: `-addext subjectAltName=DNS:api.example,IP:10.0.0.1`",
      notes: ["rustls reports `CertNotValidForName`; OpenSSL falls back to the common name"],
    },
  ];
}

/** A name with a dot, an address, or `localhost`; not "Jane Doe" or "client-1". */
const looksLikeHost = (name: string): boolean =>
  /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]+\.?$/i.test(name) ||
  /^localhost$/i.test(name) ||
  /^[0-9a-f]*:[0-9a-f:]+$/i.test(name);
