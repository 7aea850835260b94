/** A certificate, list or key that at least one stack refuses to read. */
import type { Span } from "../../base/span.ts";
import {
  type Certificate,
  DER_LIMIT,
  type RevocationList,
  rangeSpan,
  type Section,
  shapeOf,
  visible,
  webpkiReadError,
} from "../../pki/index.ts";
import type { FileContext, FileRule, FileVerdict, Severity } from "../rule.ts";
import { lossVerdicts, pemLosses } from "./pem-loss.ts";

export const malformedCertificate: FileRule = {
  id: "malformed-certificate",
  judges: "file",
  issuedAgain: "alike",
  summary: "a certificate, CRL or key is malformed",
  severity: "error",
  since: "0.1.0",
  cwe: [1286],
  sources: [
    { title: "RFC 5280: certificate and CRL profile", url: "https://www.rfc-editor.org/rfc/rfc5280" },
    { title: "ITU-T X.690: distinguished encoding rules", url: "https://www.itu.int/rec/T-REC-X.690" },
    { title: "rustls-webpki: errors", url: "https://docs.rs/rustls-webpki/latest/webpki/enum.Error.html" },
  ],
  rationale: `What is not exactly DER, or not a certificate by RFC 5280, is read by one stack and rejected by another: rustls is strict,
OpenSSL forgives much. A file that works with \`openssl x509\` and fails in the service is found here, at the byte.`,
  byHand: "damaged data cannot be restored: copy it again from its source",
  examples: [{ bad: "der-trailing-bytes", good: "server-leaf" }],
  judge(file, context) {
    const losses = pemLosses(file, context);
    const broken = new Set(losses.map((it) => it.section));
    return [
      ...lossVerdicts(
        file,
        losses.filter((it) => !it.silent),
        context,
      ),
      // What is wrong inside a section with a broken frame follows from the frame.
      ...toldOnce(within(file.sections, broken, context)),
    ].sort((a, b) => a.span.start - b.span.start);
  },
};

/** A hundred that are broken alike are told one by one, of thousands the first: what was generated was generated wrongly. */
const MOST_ONE_BY_ONE = 100;

/** One after the other: of thousands only those are kept that are told. */
function toldOnce(verdicts: Iterable<FileVerdict>): readonly FileVerdict[] {
  const first: FileVerdict[] = [];
  const alike = new Map<string, { readonly kept: FileVerdict[]; count: number }>();
  let count = 0;
  for (const it of verdicts) {
    if (++count <= MOST_ONE_BY_ONE) first.push(it);
    const group = alike.get(it.message) ?? { kept: [], count: 0 };
    if (++group.count <= MOST_ONE_BY_ONE) group.kept.push(it);
    alike.set(it.message, group);
  }
  if (count <= MOST_ONE_BY_ONE) return first;
  return [...alike.values()].flatMap(({ kept, count: all }) => {
    const [one] = kept;
    if (one === undefined || all <= MOST_ONE_BY_ONE) return kept;
    return [{ ...one, notes: [...(one.notes ?? []), `the same fault is at ${all - 1} more places of the file`] }];
  });
}

function* within(sections: readonly Section[], broken: ReadonlySet<Section>, context: FileContext): Generator<FileVerdict> {
  for (const it of sections) if (!broken.has(it) && !isDamaged(it)) yield* judge(it, context);
}

const isDamaged = ({ problems }: Section): boolean =>
  problems.some(
    (it) => it.defect === "bad-character" || it.defect === "bad-padding" || it.defect === "missing-end" || it.defect === "empty-body",
  );

function judge(section: Section, { webpki }: FileContext): readonly FileVerdict[] {
  const { parsed, error } = section;
  if (error !== undefined) return [unreadable(section, error, webpki)];
  if (parsed?.kind === "certificate") return judgeCertificate(section, parsed, webpki);
  if (parsed?.kind === "request") return trailing(section, parsed, "certificate request", "", "info");
  return parsed?.kind === "revocation-list"
    ? [...judgeList(section, parsed), ...trailing(section, parsed, "revocation list", ": rustls rejects it (`TrailingData`)")]
    : [];
}

function trailing(
  section: Section,
  { trailing }: Pick<RevocationList, "trailing">,
  name: string,
  consequence: string,
  severity: Severity = "error",
): readonly FileVerdict[] {
  if (trailing === undefined) return [];
  const count = trailing.end - trailing.start;
  const message = `${count === 1 ? "1 trailing byte" : `${count} trailing bytes`} after the ${name}${consequence}`;
  return [{ span: rangeSpan(section, trailing), message, help: "export it again from its source", severity }];
}

function unreadable(section: Section, error: NonNullable<Section["error"]>, webpki: string | undefined): FileVerdict {
  const shape = section.der === undefined ? undefined : shapeOf(section.der);
  if (section.kind === "key-store" || section.kind === "other") {
    const container = section.kind === "key-store" ? "PKCS#12" : section.label === "DER" ? "DER file" : "PKCS#7";
    return {
      span: section.textSpan(error.offset, 1),
      message: `${container} cannot be parsed: ${error.message} (byte ${error.offset})`,
      help: "export it again from its source; if it was cut or changed on the way, copy it whole",
    };
  }
  const name = NAMES[section.kind] ?? "section";
  if (shape !== undefined && shape !== section.kind) {
    return {
      span: section.boundary,
      message: `section is labelled \`${visible(section.label)}\` but contains a ${NAMES[shape] ?? "different object"}: rustls and OpenSSL reject it`,
      help: "use the label of its contents, or replace the contents",
    };
  }
  // rustls reads less strictly what it never looks at.
  const taken = section.kind === "certificate" && section.der !== undefined && webpkiReadError(section.der, webpki) === undefined;
  return {
    span: section.textSpan(error.offset, 1),
    ...(taken && { severity: "warning" }),
    message: `${name} cannot be parsed: ${error.message} (byte ${error.offset})`,
    notes: [taken ? "rustls does not read that part" : `rustls rejects it (\`${error.kind}\`)`],
    help: "export it again from its source; if it was edited or cut by hand, copy it whole",
  };
}

const NAMES: Partial<Record<Section["kind"], string>> = {
  certificate: "certificate",
  "revocation-list": "CRL",
  request: "certificate request",
  "private-key": "private key",
  "public-key": "public key",
};

function judgeCertificate(section: Section, certificate: Certificate, webpki: string | undefined): readonly FileVerdict[] {
  const at = (range: { readonly start: number; readonly end: number }): Span => rangeSpan(section, range);
  const verdicts: FileVerdict[] = [];
  const add = (span: Span, message: string, severity: Severity = "error"): void => {
    verdicts.push({ span, message, help: REISSUE, severity });
  };
  const { version, trailing, signature, notBefore, notAfter, extensions, values, serial } = certificate;
  if (trailing !== undefined) {
    const bytes = trailing.end - trailing.start;
    add(
      at(trailing),
      `${bytes === 1 ? "1 trailing byte" : `${bytes} trailing bytes`} after the certificate: rustls rejects it (\`TrailingData\`)`,
    );
  }
  if (version.number !== 3) {
    const place = version.start === version.end ? { start: version.start, end: version.start + 1 } : version;
    const text = `certificate has X.509 version ${version.number}`;
    if (version.number < 3 && certificate.selfIssued) add(at(place), `${text}: rustls accepts it only as a trust anchor`, "info");
    else add(at(place), `${text}: rustls rejects all but version 3 (\`UnsupportedCertVersion\`)`);
  }
  if (!certificate.signaturesAgree) {
    add(at(signature), "inner and outer signature algorithms differ: rustls rejects it (`SignatureAlgorithmMismatch`)");
  }
  for (const time of [notBefore, notAfter].filter((it) => it.milliseconds === undefined))
    add(at(time.element), `\`${visible(time.text)}\` is not a valid time (RFC 5280): rustls rejects it (\`BadDerTime\`)`);
  if (notBefore.milliseconds !== undefined && notAfter.milliseconds !== undefined && notBefore.milliseconds > notAfter.milliseconds) {
    add(at(certificate.validity), "`notAfter` is before `notBefore`: rustls rejects it (`InvalidCertValidity`)");
  }
  for (const id of certificate.uniqueIds) add(at(id), "certificate has a unique identifier: rustls rejects it (`TrailingData`)");
  for (const { name, start, end } of repeatedIn(extensions)) {
    const taken = section.der !== undefined && webpkiReadError(section.der, webpki) === undefined;
    add(
      at({ start, end }),
      `duplicate extension ${visible(name)}: ${taken ? "TLS stacks other than rustls reject it" : "rustls rejects it (`ExtensionValueInvalid`)"}`,
      taken ? "warning" : "error",
    );
  }
  for (const { extension, error } of values.malformed) {
    add(section.textSpan(error.offset, 1), `${visible(extension.name)} is malformed: ${error.message} (byte ${error.offset})`);
  }
  for (const name of values.alternativeNames ?? []) {
    if (name.kind === "IP" && name.value.startsWith("#")) add(at(name), "IP address entry has an invalid length: it matches no host");
  }
  // Old roots often have the number 0, and nobody looks anything up by it.
  if (!certificate.selfIssued && (serial.negative || /^0*$/.test(serial.hex)))
    add(at(serial), "serial number is not positive (RFC 5280)", "info");
  // RFC 5280, 4.1.2.2: at most 20 octets.
  else if (serial.length > 20) add(at(serial), `serial number has ${serial.length} bytes; RFC 5280 allows 20`, "info");
  if (certificate.end - certificate.start >= DER_LIMIT) {
    add(section.boundary, `certificate has ${certificate.end - certificate.start} bytes: rustls rejects ${DER_LIMIT} or more`);
  }
  return verdicts.slice(0, MOST);
}

function repeatedIn(extensions: Certificate["extensions"]): Certificate["extensions"] {
  const seen = new Set<string>();
  return extensions.filter(({ oid }) => seen.size === seen.add(oid).size);
}

/** Of one certificate; what has more faults than this is broken as a whole. */
const MOST = 20;

function judgeList(section: Section, list: RevocationList): readonly FileVerdict[] {
  const verdicts: FileVerdict[] = [];
  const add = (message: string): void => {
    verdicts.push({
      span: section.boundary,
      message,
      help: "reissue the CRL as version 2 with a next update",
      severity: "error",
    });
  };
  if (list.version !== 2) add(`CRL has version ${list.version}: rustls rejects all but version 2 (\`UnsupportedCrlVersion\`)`);
  if (list.nextUpdate === undefined) add("CRL has no next update: rustls rejects it (`BadDer`)");
  return verdicts;
}

const REISSUE = "reissue the certificate with a tool that writes RFC 5280 DER";
