/** A certificate request that asks for too little or too much, gives a secret away, or is not what was issued for it. */
import { type CertificateRequest, rangeSpan, type Section } from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict } from "../rule.ts";
import { isAuthority, pinOf } from "./chain.ts";
import { nameOf } from "./context.ts";
import { holdingsOf } from "./holdings.ts";

export const unfitCertificateRequest: FileRule = {
  id: "unfit-certificate-request",
  judges: "file",
  summary: "a certificate request asks for what will not work, or reveals a secret",
  severity: "warning",
  since: "0.1.0",
  cwe: [295, 522],
  sources: [
    { title: "RFC 2986: certification requests", url: "https://www.rfc-editor.org/rfc/rfc2986" },
    { title: "RFC 2985, 5.4.1: challengePassword", url: "https://www.rfc-editor.org/rfc/rfc2985#section-5.4.1" },
    { title: "RFC 9525: service identity in TLS", url: "https://www.rfc-editor.org/rfc/rfc9525" },
  ],
  rationale: `A CA mostly issues what a request asks for. One that names its host in the common name only becomes a certificate that rustls
rejects for every host; one that asks to be a CA may become a certificate that can issue others; an extension that is asked for
twice is issued twice, and rejected.

A challenge password stands in the request as plain text, and requests are mailed and committed. What was issued for the same
key with other names than those asked for is reported as information, as is a CA's request, which may be meant.`,
  byHand: "a request is signed with its key: it must be created again",
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
      message: "request contains a challenge password in plain text",
      help: "create the request without one (leave it empty in `openssl req`), and do not use that password elsewhere",
    });
  const authority = extensions.find((it) => it.name === "basicConstraints");
  if (values.basicConstraints?.ca === true && authority !== undefined)
    verdicts.push({
      span: rangeSpan(section, authority),
      message: "request asks for a CA certificate, which can issue certificates",
      help: "for a server or client request `basicConstraints=critical,CA:FALSE`, or none",
      severity: "info",
    });
  const seen = new Set<string>();
  for (const extension of extensions) {
    if (seen.has(extension.oid))
      verdicts.push({
        span: rangeSpan(section, extension),
        message: `request has a duplicate extension ${extension.name}`,
        notes: ["if both are issued, rustls rejects the certificate (`ExtensionValueInvalid`)"],
        help: "request it once, with all values",
      });
    seen.add(extension.oid);
  }
  for (const { extension, error } of values.malformed)
    verdicts.push({
      span: section.textSpan(error.offset, 1),
      message: `requested ${extension.name} is malformed: ${error.message} (byte ${error.offset})`,
      help: "create the request again",
    });
  const common = subject.attributes.find((it) => it.type === "CN");
  const named = extensions.some((it) => it.name === "subjectAltName") && values.alternativeNames?.length !== 0;
  const declared = values.purposes?.includes("serverAuth") === true;
  const guessed = values.purposes === undefined && common !== undefined && /^(?:[^\s.]+\.)+[^\s.]+$|^localhost$/i.test(common.value);
  if (!named && values.basicConstraints?.ca !== true && (declared || guessed))
    verdicts.push({
      span: rangeSpan(section, common ?? subject),
      message: "request for a server has no SAN: rustls rejects the certificate for every host",
      help: "request the hosts: `-addext subjectAltName=DNS:api.example,IP:10.0.0.1`",
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
      message: "request does not match the private key beside it",
      help: "create the request with the key that the server or client uses",
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
      message: `requested name is missing from ${nameOf(first.certificate)} in ${first.shown}`,
      help: "compare the two, and request the name again if it is needed",
      severity: "info",
    },
  ];
}
