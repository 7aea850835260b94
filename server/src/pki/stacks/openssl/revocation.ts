/** Revocation as OpenSSL checks it (`check_revocation` in `x509_vfy.c`): the list that scores best, its signature, its entries. */
import { sameBytes } from "../../der/der.ts";
import type { Extension } from "../../x509/extensions.ts";
import { type Place, placeText, type Refusal, type RevocationPolicy, type Verdict } from "../verdict.ts";
import { identifiesIssuer, type OpensslCertificate } from "./certificate.ts";
import type { Entry, OpensslList } from "./lists.ts";
import { sameName } from "./names.ts";
import { ALL_REASONS, names, pointsMeet } from "./points.ts";
import { checkSigned } from "./signatures.ts";
import { hasEnded, type OpensslBehaviour } from "./versions.ts";

/** What makes a list fit a certificate, as bits of one number: the higher the better (`CRL_SCORE_…`). */
const SCORE = {
  noCritical: 0x100,
  scope: 0x80,
  time: 0x40,
  issuerName: 0x20,
  issuerCertificate: 0x18,
  samePath: 0x08,
  key: 0x04,
  timeOfDelta: 0x02,
};

const REMOVE_FROM_LIST = 8;

export interface Revocation {
  readonly lists: readonly OpensslList[];
  readonly policy: RevocationPolicy;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly behaviour: OpensslBehaviour;
}

export async function checkRevocation(chain: readonly OpensslCertificate[], revocation: Revocation): Promise<Verdict | undefined> {
  const delta = revocation.lists.find((it) => it.base !== undefined);
  if (delta !== undefined && revocation.behaviour.deltasAsBases === "unknown" && revocation.policy.extended !== true)
    return { verdict: "cannot tell", reason: `${placeText(delta.place)} is a delta, which releases near this one judge differently` };
  const depth = revocation.policy.depth === "chain" ? chain.length : 1;
  for (let index = 0; index < depth; index++) {
    const found = await checkCertificate(chain, index, revocation);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Found {
  readonly list: OpensslList;
  readonly delta: OpensslList | undefined;
  readonly issuer: OpensslCertificate;
  readonly score: number;
  /** Those that lists have spoken for so far. */
  readonly reasons: number;
}

async function checkCertificate(chain: readonly OpensslCertificate[], index: number, revocation: Revocation): Promise<Verdict | undefined> {
  const subject = chain[index];
  if (subject === undefined || (subject.selfSigned && revocation.behaviour.sparesSelfSigned)) return undefined;
  const missing = noneFound(subject, chain, revocation);
  let reasons = 0;
  while (reasons !== ALL_REASONS) {
    const before = reasons;
    const found = bestList(chain, index, before, revocation);
    if (found === undefined) return missing;
    reasons = found.reasons;
    const fault = (await checkList(found.list, found, revocation)) ?? (await judge(found, subject, revocation));
    if (fault !== undefined) return fault;
    if (before === reasons) return missing;
  }
  return undefined;
}

/** Issuers of indirect lists that are not on the path would have to be verified for themselves, which is not emulated. */
function noneFound(
  { place, certificate }: OpensslCertificate,
  chain: readonly OpensslCertificate[],
  { lists, policy }: Revocation,
): Verdict {
  const beside = lists.find(({ scope, issuer }) => scope?.indirect === true && !chain.some((it) => sameName(it.subject, issuer)));
  if (policy.extended === true && beside !== undefined)
    return { verdict: "cannot tell", reason: `the issuer of ${placeText(beside.place)} is not on the path, and others are not looked for` };
  return refuse("unable to get certificate CRL", place, "issuer", certificate.issuer, "no revocation list speaks for it");
}

/** The delta first: what it takes off the list is not looked for there. */
async function judge(found: Found, subject: OpensslCertificate, revocation: Revocation): Promise<Verdict | undefined> {
  const { list, delta } = found;
  if (delta !== undefined) {
    const fault = (await checkList(delta, found, revocation)) ?? checkEntries(delta, subject);
    if (fault === "removed") return undefined;
    if (fault !== undefined) return fault;
  }
  const fault = checkEntries(list, subject);
  return fault === "removed" ? undefined : fault;
}

/** `get_crl_sk` */
function bestList(chain: readonly OpensslCertificate[], index: number, reasons: number, revocation: Revocation): Found | undefined {
  const subject = chain[index];
  if (subject === undefined) return undefined;
  let best: Found | undefined;
  for (const list of revocation.lists) {
    const scored = scoreList(list, chain, index, reasons, revocation);
    if (scored === undefined || scored.score < (best?.score ?? 0)) continue;
    if (best !== undefined && scored.score === best.score && !isNewer(list, best.list)) continue;
    best = { list, delta: undefined, ...scored };
  }
  if (best === undefined) return undefined;
  const delta = deltaFor(best.list, subject, revocation);
  if (delta === undefined) return best;
  return { ...best, delta, score: best.score | (timeFault(delta, revocation) === undefined ? SCORE.timeOfDelta : 0) };
}

function isNewer({ list: a }: OpensslList, { list: b }: OpensslList): boolean {
  const [one, other] = [a.thisUpdate.milliseconds, b.thisUpdate.milliseconds];
  return one !== undefined && other !== undefined && one > other;
}

/** `get_crl_score`; undefined: the list does not fit. */
function scoreList(
  list: OpensslList,
  chain: readonly OpensslCertificate[],
  index: number,
  reasons: number,
  { policy, time, behaviour }: Revocation,
): Pick<Found, "issuer" | "score" | "reasons"> | undefined {
  const subject = chain[index];
  const { scope } = list;
  if (subject === undefined || scope?.invalid === true) return undefined;
  const extended = policy.extended === true;
  if (!extended && (scope?.indirect === true || scope?.someReasons === true)) return undefined;
  if (extended && scope?.someReasons === true && (scope.reasons & ~reasons) === 0) return undefined;
  const asBase = behaviour.deltasAsBases === true && (!extended || scope?.someReasons === true);
  if (list.base !== undefined && !asBase) return undefined;
  const ofIssuer = sameName(subject.issuer, list.issuer);
  if (!ofIssuer && scope?.indirect !== true) return undefined;
  let score = (ofIssuer ? SCORE.issuerName : 0) | (list.critical ? 0 : SCORE.noCritical);
  if (timeFault(list, { time, behaviour }) === undefined) score |= SCORE.time;
  const issuer = issuerOf(list, chain, index, ofIssuer);
  if (issuer === undefined) return undefined;
  score |= issuer.score;
  const covered = coveredReasons(list, subject, ofIssuer);
  if (covered === undefined) return { issuer: issuer.certificate, score, reasons };
  if ((covered & ~reasons) === 0) return undefined;
  return { issuer: issuer.certificate, score: score | SCORE.scope, reasons: reasons | covered };
}

/** `crl_akid_check`, as far as the path: issuers of lists beside it need extended support. */
function issuerOf(
  list: OpensslList,
  chain: readonly OpensslCertificate[],
  index: number,
  ofIssuer: boolean,
): { readonly certificate: OpensslCertificate; readonly score: number } | undefined {
  const above = Math.min(index + 1, chain.length - 1);
  const next = chain[above];
  if (next !== undefined && ofIssuer && identifiesIssuer(list, next))
    return { certificate: next, score: SCORE.key | SCORE.issuerCertificate };
  const certificate = chain.slice(above + 1).find((it) => sameName(it.subject, list.issuer) && identifiesIssuer(list, it));
  return certificate === undefined ? undefined : { certificate, score: SCORE.key | SCORE.samePath };
}

/** `crl_crldp_check`: the reasons that the list speaks for; undefined: the certificate is out of its scope. */
function coveredReasons({ scope, issuer }: OpensslList, subject: OpensslCertificate, ofIssuer: boolean): number | undefined {
  const authority = subject.constraints?.ca === true;
  if (scope?.only === "attributes" || scope?.only === (authority ? "users" : "authorities")) return undefined;
  const reasons = scope?.reasons ?? ALL_REASONS;
  const point = subject.points.find(({ name, issuers }) => {
    const issued = issuers === undefined ? ofIssuer : names(issuers, issuer);
    return issued && (scope === undefined || pointsMeet(name, scope.point));
  });
  if (point !== undefined) return reasons & point.reasons;
  return scope?.point === undefined && ofIssuer ? reasons : undefined;
}

/** `get_delta_sk` and `check_delta_base` */
function deltaFor(base: OpensslList, subject: OpensslCertificate, { lists, policy }: Revocation): OpensslList | undefined {
  const announced = base.freshest || subject.certificate.extensions.some(({ oid }) => oid === "2.5.29.46");
  if (policy.deltas !== true || !announced || base.number === undefined) return undefined;
  const { number } = base;
  return lists.find(
    (it) =>
      it.base !== undefined &&
      sameName(it.issuer, base.issuer) &&
      sameExtension(it, base, "2.5.29.35") &&
      sameExtension(it, base, "2.5.29.28") &&
      it.base <= number &&
      (it.number ?? number) > number,
  );
}

/** Both without it, or both with one of the same bytes. */
function sameExtension(a: OpensslList, b: OpensslList, oid: string): boolean {
  const of = ({ list }: OpensslList): Extension[] => list.extensions.filter((it) => it.oid === oid);
  const [ofA, ofB] = [of(a), of(b)];
  const [one, other] = [ofA[0], ofB[0]];
  if (ofA.length > 1 || ofB.length > 1) return false;
  if (one === undefined || other === undefined) return one === other;
  return sameBytes(a.der.subarray(one.value.start, one.value.end), b.der.subarray(other.value.start, other.value.end));
}

/** `check_crl` */
async function checkList(at: OpensslList, { issuer, score }: Found, revocation: Revocation): Promise<Verdict | undefined> {
  const { keyUsage } = issuer.certificate.values;
  if (at.base === undefined) {
    if (keyUsage !== undefined && !keyUsage.includes("cRLSign"))
      return refuse(
        "key usage does not include CRL signing",
        issuer.place,
        "keyUsage",
        issuer.certificate.extensions.find(({ name }) => name === "keyUsage") ?? issuer.certificate,
        "it issued a revocation list without `cRLSign` in its key usage",
      );
    if ((score & SCORE.scope) === 0)
      return refuse("different CRL scope", at.place, "issuingDistributionPoint", at.list, "it does not speak for the certificate");
  }
  const late = (score & SCORE.time) === 0 ? timeFault(at, revocation, (score & SCORE.timeOfDelta) !== 0) : undefined;
  if (late !== undefined) return { verdict: "refused", ...late };
  if (!issuer.keyDecodes)
    return refuse(
      "unable to decode issuer public key",
      issuer.place,
      "subjectPublicKeyInfo",
      issuer.certificate.key,
      "its key cannot be decoded",
    );
  const check = await checkSigned(at.der, at.signature, issuer);
  if (check === "cannot tell")
    return { verdict: "cannot tell", reason: `the signature of ${placeText(at.place)} is of an algorithm that cannot be checked here` };
  return check === "valid"
    ? undefined
    : refuse("CRL signature failure", at.place, "signature", at.list, `the key of ${placeText(issuer.place)} did not make its signature`);
}

/** `check_crl_time` */
function timeFault(
  { place, list }: OpensslList,
  { time, behaviour }: Pick<Revocation, "time" | "behaviour">,
  deltaIsFresh = false,
): Refusal | undefined {
  const { thisUpdate, nextUpdate } = list;
  const fault = (kind: string, field: "thisUpdate" | "nextUpdate", message: string): Refusal => {
    const { start, end } = (field === "thisUpdate" ? thisUpdate : (nextUpdate ?? thisUpdate)).element;
    return { kind, place, field, range: { start, end }, sentence: `${placeText(place)}: ${message}` };
  };
  const malformed = (field: "thisUpdate" | "nextUpdate", name: string): Refusal =>
    fault(`format error in CRL's ${name} field`, field, `its \`${field}\` is no time of RFC 5280`);
  if (thisUpdate.milliseconds === undefined) return malformed("thisUpdate", "lastUpdate");
  if (thisUpdate.milliseconds > time) return fault("CRL is not yet valid", "thisUpdate", "it is not valid yet");
  if (nextUpdate === undefined) return undefined;
  if (nextUpdate.milliseconds === undefined) return malformed("nextUpdate", "nextUpdate");
  return hasEnded(nextUpdate.milliseconds, time, behaviour) && !deltaIsFresh
    ? fault("CRL has expired", "nextUpdate", "its next update is due")
    : undefined;
}

/** `cert_crl` */
function checkEntries(at: OpensslList, subject: OpensslCertificate): Verdict | "removed" | undefined {
  if (at.critical)
    return refuse(
      "unhandled critical CRL extension",
      at.place,
      "crlExtensions",
      at.list.extensions.find(({ critical }) => critical) ?? at.list,
      "an extension of it or of an entry is critical, and OpenSSL does not know it",
    );
  const entry = (at.entries.get(subject.certificate.serial.hex) ?? []).find((it) => isOf(it, at, subject));
  if (entry === undefined) return undefined;
  if (entry.reason === REMOVE_FROM_LIST) return "removed";
  return refuse("certificate revoked", at.place, "revokedCertificates", entry, `it revokes ${placeText(subject.place)}`);
}

const isOf = ({ issuers }: Entry, { issuer }: OpensslList, subject: OpensslCertificate): boolean =>
  issuers === undefined ? sameName(subject.issuer, issuer) : names(issuers, subject.issuer);

function refuse(kind: string, place: Place, field: string, { start, end }: { start: number; end: number }, message: string): Verdict {
  return { verdict: "refused", kind, place, field, range: { start, end }, sentence: `${placeText(place)}: ${message}` };
}
