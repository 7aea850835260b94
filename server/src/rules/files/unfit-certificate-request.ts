/** A certificate request that asks for too little or too much, gives a secret away, or is not what was issued for it. */
import { type CertificateRequest, rangeSpan, type Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority, pinOf } from "./chain.ts";
import { nameOf } from "./context.ts";
import { holdingsOf } from "./holdings.ts";

export const unfitCertificateRequest: FileRule = {
  id: "unfit-certificate-request",
  judges: "file",
  summary: "a certificate request asks for what will not work, or tells a secret",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 522],
  sources: [
    { title: "RFC 2986: certification requests", url: "https://www.rfc-editor.org/rfc/rfc2986" },
    { title: "RFC 2985, 5.4.1: challengePassword", url: "https://www.rfc-editor.org/rfc/rfc2985#section-5.4.1" },
    { title: "RFC 9525: service identity in TLS", url: "https://www.rfc-editor.org/rfc/rfc9525" },
  ],
  rationale: `An authority mostly issues what a request asks for. One that names its host in the common name only becomes a certificate that
rustls refuses for every host; one that asks to be an authority becomes, where nobody looks, a certificate that can issue others; an extension
that is asked for twice is issued twice, and refused.

A challenge password stands in the request as plain text, and requests are mailed and committed. What was issued for the same key with other
names than those asked for is told as information, as is an authority's request, which may be meant.`,
  byHand: "what a request says is signed with its key: it has to be made again",
  examples: [{ bad: "request-with-challenge-password", good: "request-for-a-server" }],
  judge(file, context) {
    const own = file.sections.flatMap(({ parsed }) => (parsed?.kind === "private-key" && parsed.fault === undefined ? [parsed.pin] : []));
    const keys = new Set(own.filter((it) => it !== undefined));
    const alone = !file.sections.some((it) => it.kind === "certificate");
    return file.sections.flatMap((section) =>
      section.parsed?.kind === "request"
        ? [
            ...judge(section, section.parsed),
            ...(alone ? foreignKey(keys, section, section.parsed) : []),
            ...drift(file, section, section.parsed, context),
          ]
        : [],
    );
  },
};

function judge(section: Section, request: CertificateRequest): readonly FileVerdict[] {
  const { values, extensions, subject, attributes } = request;
  const verdicts: FileVerdict[] = [];
  const secret = attributes.find((it) => it.name === "challengePassword");
  if (secret !== undefined)
    verdicts.push({
      span: rangeSpan(section, secret),
      message: "a challenge password stands in this request as plain text, and everybody who gets the request can read it",
      help: "make the request without one (`openssl req` asks for it: leave it empty), and use that password nowhere else",
    });
  const authority = extensions.find((it) => it.name === "basicConstraints");
  if (values.basicConstraints?.ca === true && authority !== undefined)
    verdicts.push({
      span: rangeSpan(section, authority),
      message: "this request asks for the certificate of an authority: whoever gets it can issue certificates",
      help: "for a server or client ask for `basicConstraints=critical,CA:FALSE`, or for none",
      severity: "info",
    });
  const seen = new Set<string>();
  for (const extension of extensions) {
    if (seen.has(extension.oid))
      verdicts.push({
        span: rangeSpan(section, extension),
        message: `this request asks for ${extension.name} twice: where both are issued, rustls refuses the certificate (\`ExtensionValueInvalid\`)`,
        help: "ask once, with all values together",
      });
    seen.add(extension.oid);
  }
  for (const { extension, error } of values.malformed)
    verdicts.push({
      span: section.textSpan(error.offset, 1),
      message: `the requested ${extension.name} is malformed: ${error.message} (byte ${error.offset})`,
      help: "make the request again",
    });
  const common = subject.attributes.find((it) => it.type === "CN");
  const named = extensions.some((it) => it.name === "subjectAltName") && values.alternativeNames?.length !== 0;
  const declared = values.purposes?.includes("serverAuth") === true;
  const guessed = values.purposes === undefined && common !== undefined && /^(?:[^\s.]+\.)+[^\s.]+$|^localhost$/i.test(common.value);
  if (!named && values.basicConstraints?.ca !== true && (declared || guessed))
    verdicts.push({
      span: rangeSpan(section, common ?? subject),
      message: `this request for a server asks for no alternative name: unless the authority adds one, rustls refuses the certificate for every host (\`CertNotValidForName\`)`,
      help: "ask for the hosts, such as `-addext subjectAltName=DNS:api.example,IP:10.0.0.1`",
      ...(!declared && { severity: "info" }),
    });
  return verdicts;
}

/** A key beside it that is another one; without any key nothing is said. */
function foreignKey(keys: ReadonlySet<string>, section: Section, { key }: CertificateRequest): readonly FileVerdict[] {
  if (keys.size === 0 || keys.has(key.pin)) return [];
  return [
    {
      span: rangeSpan(section, key),
      message: "this request is for another key than the one beside it: the certificate will not work with that key",
      help: "make the request with the key that the server or client will use",
    },
  ];
}

/** What was issued for the same key: the names that were asked for and are not in it. */
function drift(
  file: Parameters<FileRule["judge"]>[0],
  section: Section,
  { key, values }: CertificateRequest,
  { neighbours }: FileContext,
): readonly FileVerdict[] {
  const issued = [
    ...holdingsOf(file)
      .alike(pinOf, key.pin)
      .map((it) => ({ certificate: it.certificate, shown: "this file" })),
    ...(neighbours?.withKey(key.pin) ?? []).map((it) => ({ certificate: it.parsed, shown: `\`${it.shown}\`` })),
  ].filter((it) => !isAuthority(it.certificate));
  const asked = values.alternativeNames ?? [];
  const [first] = issued;
  if (first === undefined || asked.length === 0) return [];
  const given = new Set(issued.flatMap((it) => (it.certificate.values.alternativeNames ?? []).map((name) => `${name.kind} ${name.value}`)));
  const lost = asked.find((it) => !given.has(`${it.kind} ${it.value}`));
  if (lost === undefined) return [];
  return [
    {
      span: rangeSpan(section, lost),
      message: `this name was asked for, and ${nameOf(first.certificate)} in ${first.shown}, which was issued for the same key, does not have it`,
      help: "compare the two, and ask again where the name is needed",
      severity: "info",
    },
  ];
}
