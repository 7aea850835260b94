/** What rustls-webpki asks of a certificate whatever its issuer (`check_issuer_independent_properties`), in its order. */
import { latin1, toHex } from "../../der/characters.ts";
import type { ByteRange } from "../../der/der.ts";
import { TAG } from "../../der/der.ts";
import { type Failure, StrictReader } from "../strict-reader.ts";
import { type PathCertificate, readDefaultFalse, readSmall, trailing } from "./certificate.ts";
import { readFlags } from "./flags.ts";
import type { WebpkiBehaviour } from "./versions.ts";

export interface Judged {
  readonly role: "leaf" | "issuer";
  /** Intermediates between this one and the leaf. */
  readonly below: number;
  /** Seconds since 1970. */
  readonly now: number;
  readonly as: "server" | "client";
}
export interface PropertyFault extends Failure {
  readonly field: string;
}

export function checkProperties(certificate: PathCertificate, judged: Judged, behaviour: WebpkiBehaviour): PropertyFault | undefined {
  const checks = [checkValidity, checkBasicConstraints, checkPurposes, checkCertificateSigner] as const;
  for (const check of checks) {
    const fault = check(certificate, judged, behaviour);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const faultOf = ({ failure }: StrictReader, field: string): PropertyFault | undefined =>
  failure === undefined ? undefined : { ...failure, field };

function checkValidity({ bytes, validity }: PathCertificate, { now }: Judged, behaviour: WebpkiBehaviour): PropertyFault | undefined {
  const reader = new StrictReader(bytes, validity);
  const notBefore = readSeconds(reader, behaviour, "notBefore");
  const notAfter = readSeconds(reader, behaviour, "notAfter");
  const malformed = faultOf(reader, "validity");
  if (malformed !== undefined) return malformed;
  const fault = (kind: string, field: string, message: string, range: ByteRange): PropertyFault => ({
    kind,
    field,
    message,
    start: range.start,
    end: range.end,
  });
  if (notBefore.seconds > notAfter.seconds)
    return fault("InvalidCertValidity", "validity", "it ends before it begins to be valid", validity);
  if (now < notBefore.seconds)
    return fault("CertNotValidYet", "notBefore", `it is not valid before ${day(notBefore.seconds)}`, notBefore.range);
  if (now > notAfter.seconds) return fault("CertExpired", "notAfter", `it expired on ${day(notAfter.seconds)}`, notAfter.range);
  reader.finish("BadDer", "notAfter");
  return faultOf(reader, "validity");
}

const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

interface Moment {
  readonly seconds: number;
  readonly range: ByteRange;
}

/** UTCTime or GeneralizedTime in seconds and Z, from 1970 on. */
export function readSeconds(reader: StrictReader, behaviour: WebpkiBehaviour, what: string): Moment {
  const short = reader.nextIs(TAG.utcTime);
  const kind = trailing(behaviour, "Time");
  const element = reader.read(short ? TAG.utcTime : TAG.generalizedTime, what, kind);
  const text = latin1(reader.contents(element).subarray(0, 32));
  const match = (short ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z/).exec(text);
  const [written = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = (match ?? []).slice(1).map(Number);
  const year = !short ? written : written >= 50 ? 1900 + written : 2000 + written;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, date);
  moment.setUTCHours(hour, minute, second);
  const exact =
    match !== null && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date && hour < 24 && minute < 60 && second < 60;
  if (!exact || year < 1970) reader.fail("BadDerTime", `${what} is no time from 1970 on`, element);
  else if (element.end - element.content > match[0].length) reader.fail(kind, `characters follow the time of ${what}`, element);
  return { seconds: moment.getTime() / 1000, range: { start: element.start, end: element.end } };
}

function checkBasicConstraints(
  certificate: PathCertificate,
  { role, below }: Judged,
  behaviour: WebpkiBehaviour,
): PropertyFault | undefined {
  const field = "basicConstraints";
  const range = certificate.basicConstraints;
  const reader = new StrictReader(certificate.bytes, range ?? { start: 0, end: 0 });
  const ca = range !== undefined && readDefaultFalse(reader, behaviour, "cA");
  const length = range !== undefined && reader.more ? readSmall(reader, "pathLenConstraint") : undefined;
  const malformed = faultOf(reader, field);
  if (malformed !== undefined) return malformed;
  const { start, end } = range ?? certificate.signed;
  if (role === "leaf" && ca)
    return { kind: "CaUsedAsEndEntity", field, start, end, message: "it says `CA:TRUE`, and rustls takes no CA as an end entity" };
  if (role === "issuer" && !ca) {
    const how = range === undefined ? "has no `basicConstraints`" : "says `CA:FALSE`";
    return { kind: "EndEntityUsedAsCa", field, start, end, message: `it issued a certificate but ${how}` };
  }
  if (role === "issuer" && length !== undefined && below > length)
    return {
      kind: "PathLenConstraintViolated",
      field,
      start,
      end,
      message: `it allows ${length} intermediates below it, there are ${below}`,
    };
  reader.finish("BadDer", "basic constraints");
  return faultOf(reader, field);
}

const PURPOSES = { server: "2b06010505070301", client: "2b06010505070302" } as const;

function checkPurposes({ bytes, extKeyUsage }: PathCertificate, { as }: Judged, behaviour: WebpkiBehaviour): PropertyFault | undefined {
  if (extKeyUsage === undefined) return undefined;
  const field = "extKeyUsage";
  const range = { start: extKeyUsage.start, end: extKeyUsage.end };
  const reader = new StrictReader(bytes, range);
  if (!reader.more)
    return {
      kind: behaviour.namesEmptyPurposes ? "EmptyEkuExtension" : "BadDer",
      field,
      ...range,
      message: "its list of purposes is empty",
    };
  while (reader.more) {
    // What follows the purpose is not read.
    if (toHex(reader.contents(reader.read(TAG.oid, "a purpose"))) === PURPOSES[as]) return undefined;
  }
  const malformed = faultOf(reader, field);
  if (malformed !== undefined) return malformed;
  const kind = behaviour.purposeContext ? "RequiredEkuNotFoundContext" : "RequiredEkuNotFound";
  return { kind, field, ...range, message: `its purposes do not include \`${as}Auth\`` };
}

const CERTIFICATE_SIGN = 5;
const DIGITAL_SIGNATURE = 0;

function checkCertificateSigner(
  { bytes, keyUsage }: PathCertificate,
  { role }: Judged,
  behaviour: WebpkiBehaviour,
): PropertyFault | undefined {
  if (keyUsage === undefined || !behaviour.checksKeyUsage) return undefined;
  const reader = new StrictReader(bytes, keyUsage);
  const { start, end } = keyUsage;
  const signs = hasUsage(reader, CERTIFICATE_SIGN, behaviour);
  if (reader.failure === undefined && role === "issuer" && !signs)
    reader.fail("IssuerNotCertSigner", "it issued a certificate without `keyCertSign` in its key usage", { start, end });
  if (reader.failure === undefined && role === "leaf" && signs)
    reader.fail("EndEntityCertHasCertSignKeyUsage", "its key usage has `keyCertSign`, which is for authorities only", { start, end });
  reader.finish("TrailingData(KeyUsageExtension)", "key usage");
  return faultOf(reader, "keyUsage");
}

/** Of a leaf, whose key signs the handshake. */
export function checkHandshakeUsage({ bytes, keyUsage }: PathCertificate, behaviour: WebpkiBehaviour): PropertyFault | undefined {
  if (keyUsage === undefined || !behaviour.checksKeyUsage) return undefined;
  const reader = new StrictReader(bytes, keyUsage);
  const { start, end } = keyUsage;
  if (!hasUsage(reader, DIGITAL_SIGNATURE, behaviour))
    reader.fail("KeyUsageMissingDigitalSignature", "its key usage has no `digitalSignature`, and its key signs handshakes", { start, end });
  return faultOf(reader, "keyUsage");
}

function hasUsage(reader: StrictReader, bit: number, behaviour: WebpkiBehaviour): boolean {
  const { content, end } = reader.read(TAG.bitString, "key usage");
  if (reader.failure !== undefined) return false;
  const bits = readFlags(reader, { start: content, end }, behaviour);
  return ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}
