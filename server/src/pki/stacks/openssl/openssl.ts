/**
 * The verdict of OpenSSL: its one path (`path.ts`) and the checks on it, in its order, up to the first that
 * fails. Kinds are the texts of `X509_verify_cert_error_string`.
 */
import type { DerError } from "../../der/der.ts";
import { parseAddress } from "../host.ts";
import { ACCEPTED, DEFAULT_REVOCATION, type Place, type Presented, placeText, type Refusal, type Verdict } from "../verdict.ts";
import { authorityGrade, likelyIssued, type OpensslCertificate, readOpensslCertificate } from "./certificate.ts";
import { checkNameConstraints } from "./constraints.ts";
import { noSignature, signsHandshakes } from "./handshake.ts";
import { checkStrength, keyTooWeak, strongEnough } from "./levels.ts";
import { type OpensslList, readOpensslList } from "./lists.ts";
import { isHost, matchesHostName } from "./names.ts";
import { buildPath, checkTime, MAXIMUM_DEPTH, type Search } from "./path.ts";
import { NETSCAPE, RESOURCES } from "./rare-extensions.ts";
import { type Chain, refusal } from "./refusal.ts";
import { checkRevocation } from "./revocation.ts";
import { checkSignature } from "./signatures.ts";
import { LEVEL_BITS } from "./strength.ts";
import { readNameConstraints } from "./subtrees.ts";
import { inWordsOf, type OpensslBehaviour } from "./versions.ts";

export interface OpensslOptions {
  readonly securityLevel: 0 | 1 | 2;
  readonly partialChain: boolean;
  readonly partialWildcards: boolean;
  readonly behaviour: OpensslBehaviour;
}

export async function opensslVerdict(presented: Presented, options: OpensslOptions): Promise<Verdict> {
  const found = await judge(presented, options);
  return found.verdict === "refused" ? { ...found, kind: inWordsOf(found.kind, options.behaviour) } : found;
}

async function judge(presented: Presented, options: OpensslOptions): Promise<Verdict> {
  const { behaviour } = options;
  const leaf = readOpensslCertificate(presented.leaf, { role: "leaf" }, behaviour);
  if (!("place" in leaf)) return unreadable(leaf, { role: "leaf" });
  const { trailing } = leaf.certificate;
  // `tls_process_server_certificate` and its twin compare lengths; `PEM_read_bio_X509` does not.
  if (trailing !== undefined && presented.handshake === true) {
    const message = `${trailing.end - trailing.start} bytes follow the certificate`;
    return unreadable({ kind: "TrailingData", offset: trailing.start, message }, { role: "leaf" });
  }
  const sent = readList(presented.intermediates, "intermediate", presented.handshake === true || !behaviour.readsOn, behaviour);
  // `SSL_CTX_load_verify_locations` takes a file as a whole or not at all.
  const roots = readList(presented.roots, "root", true, behaviour);
  if (!Array.isArray(sent)) return sent.refused;
  if (!Array.isArray(roots)) return roots.refused;
  const lists: OpensslList[] = [];
  for (const [index, der] of (presented.lists ?? []).entries()) {
    const place = { role: "list", number: index + 1 } as const;
    const list = readOpensslList(der, place, behaviour);
    if (!("place" in list)) return unreadable(list, place);
    lists.push(list);
  }
  const { host } = presented;
  if (behaviour.validatesHosts && presented.as === "server" && host !== undefined && !isHost(host))
    return refuse(refusal("hostname mismatch", leaf, "subjectAltName", `\`${host}\` is no name of a host, and cannot be set`));
  const { securityLevel, partialChain } = options;
  const { maximumDepth = MAXIMUM_DEPTH } = presented;
  const time = Math.floor(presented.now / 1000) * 1000;
  const least = LEVEL_BITS[securityLevel];
  if (!strongEnough(leaf, least)) return refuse(keyTooWeak("EE certificate key too weak", leaf, least));
  const search = { time, behaviour, partialChain, most: maximumDepth + 1 };
  const { chain, refusal: unbuilt } = buildPath(leaf, sent, roots, search);
  presented.tried?.({ places: chain.map(({ place }) => place), ...(unbuilt !== undefined && { refusal: unbuilt }) });
  if (unbuilt !== undefined) return refuse(unbuilt);
  const early =
    checkExtensions(chain, presented.anyPurpose === true ? undefined : presented.as, behaviour) ??
    checkStrength(chain, least, behaviour) ??
    (presented.as === "server" && presented.host !== undefined ? checkHost(leaf, presented.host, options) : undefined);
  if (early !== undefined) return refuse(early);
  if (presented.lists !== undefined) {
    const { revocation: policy = DEFAULT_REVOCATION } = presented;
    const revoked = await checkRevocation(chain, { lists, policy, time, behaviour });
    if (revoked !== undefined) return revoked;
  }
  const signatures = await checkSignatures(chain, search);
  if (signatures !== undefined) return signatures;
  const names = checkNames(chain);
  if (names !== undefined) return refuse(names);
  if (presented.handshake === true && !signsHandshakes(leaf, behaviour)) return refuse(noSignature(leaf));
  const written = chain.find(hasWrittenCurve);
  if (written !== undefined)
    return {
      verdict: "cannot tell",
      reason: `${placeText(written.place)} has a key on a curve that is written out, whose numbers are not checked`,
    };
  const resources = leaf.certificate.extensions.find(({ name }) => RESOURCES.includes(name));
  if (resources === undefined) return ACCEPTED;
  return { verdict: "cannot tell", reason: `the leaf has \`${resources.name}\` (RFC 3779), which OpenSSL compares along the path` };
}

/**
 * Of a file, what cannot be read is left out, unless nothing else is there. A handshake ends at the first certificate that cannot
 * be read.
 */
function readList(
  ders: readonly Uint8Array[],
  role: "intermediate" | "root",
  all: boolean,
  behaviour: OpensslBehaviour,
): OpensslCertificate[] | { readonly refused: Verdict } {
  const certificates: OpensslCertificate[] = [];
  let bad: Verdict | undefined;
  for (const [index, der] of ders.entries()) {
    const place = { role, number: index + 1 } as const;
    const read = readOpensslCertificate(der, place, behaviour);
    if ("place" in read) certificates.push(read);
    else if (bad?.verdict !== "cannot tell") bad = bad === undefined || read.ber === true ? unreadable(read, place) : bad;
  }
  const counts = all || certificates.length === 0 || bad?.verdict === "cannot tell";
  return bad !== undefined && counts ? { refused: bad } : certificates;
}

const refuse = (refusal: Refusal): Verdict => ({ verdict: "refused", ...refusal });

function unreadable({ offset, message, ber }: DerError, place: Place): Verdict {
  if (ber === true)
    return {
      verdict: "cannot tell",
      reason: `${placeText(place)}: ${message}; OpenSSL reads such forms of BER in part, and it is not emulated which`,
    };
  const range = { start: offset, end: offset + 1 };
  const list = place.role === "list";
  const kind = list ? "unable to load CRL" : "unable to load certificate";
  return refuse({ kind, place, field: list ? "certificateList" : "certificate", range, sentence: `${placeText(place)}: ${message}` });
}

const hasWrittenCurve = ({ certificate }: OpensslCertificate): boolean => certificate.key.curve === "explicit parameters";

/** `check_extensions`. */
function checkExtensions(chain: Chain, as: Presented["as"] | undefined, { refusesWrittenCurves }: OpensslBehaviour): Refusal | undefined {
  let below = 0;
  for (const [index, at] of chain.entries()) {
    if (at.unhandled !== undefined)
      return refusal(
        "unhandled critical extension",
        at,
        at.unhandled.name,
        `\`${at.unhandled.name}\` is critical, and OpenSSL does not know it`,
      );
    if (at.proxy !== undefined) {
      const kind = "proxy certificates not allowed, please set the appropriate flag";
      return refusal(
        kind,
        at,
        at.proxy.name,
        "it is a proxy certificate (RFC 3820), which OpenSSL takes only where a program asks for them",
      );
    }
    const grade = at.invalid === undefined ? authorityGrade(at) : 0;
    const isRoot = index === chain.length - 1;
    if (index > 0 && (grade === 0 || (!isRoot && grade !== 1)))
      return refusal("invalid CA certificate", at, faultyAuthority(at), "it issued a certificate but is no CA");
    if (refusesWrittenCurves && chain.length > 1 && hasWrittenCurve(at))
      return refusal(
        "Certificate public key has explicit ECC parameters",
        at,
        "subjectPublicKeyInfo",
        "its curve is written out, not named",
      );
    const unfit = as === undefined ? undefined : unfitFor(at, as, index > 0);
    if (unfit !== undefined) return refusal("unsuitable certificate purpose", at, ...unfit);
    const length = at.constraints?.pathLength;
    if (index > 1 && length !== undefined && below > length)
      return refusal(
        "path length constraint exceeded",
        at,
        "basicConstraints",
        `it allows ${length} intermediates below it, there are ${below}`,
      );
    if (index > 0 && !at.selfIssued) below++;
  }
  return undefined;
}

function faultyAuthority({ certificate }: OpensslCertificate): string {
  const { keyUsage } = certificate.values;
  return keyUsage !== undefined && !keyUsage.includes("keyCertSign") ? "keyUsage" : "basicConstraints";
}

const LEAF_USAGES = {
  server: ["digitalSignature", "keyEncipherment", "keyAgreement"],
  client: ["digitalSignature", "keyAgreement"],
} as const;

/** `check_purpose_ssl_server` and `check_purpose_ssl_client`: the field, and why. */
function unfitFor(at: OpensslCertificate, as: Presented["as"], authority: boolean): [field: string, why: string] | undefined {
  const { certificate, netscapeType } = at;
  const { purposes, keyUsage } = certificate.values;
  const strict = purposes?.includes(`${as}Auth`) || (as === "server" && purposes?.some((it) => GATED.includes(it)));
  if (purposes !== undefined && !strict) return ["extKeyUsage", `its purposes do not include \`${as}Auth\``];
  if (authority) {
    const only = authorityGrade(at) === 5 && ((netscapeType ?? 0) & NETSCAPE.tlsAuthority) === 0;
    return only ? ["nsCertType", "its Netscape certificate type is that of a CA, but not for TLS"] : undefined;
  }
  if (netscapeType !== undefined && (netscapeType & NETSCAPE[as]) === 0)
    return ["nsCertType", `its Netscape certificate type does not include \`${as}\``];
  const needed: readonly string[] = LEAF_USAGES[as];
  if (keyUsage !== undefined && !keyUsage.some((it) => needed.includes(it)))
    return ["keyUsage", `its key usage has none of ${needed.map((it) => `\`${it}\``).join(", ")}`];
  return undefined;
}

/** Server gated cryptography of Microsoft and Netscape, which counts as `serverAuth`. */
const GATED: readonly string[] = ["1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"];

/** Names of the extension, and the common name where it has no DNS name. */
function checkHost(leaf: OpensslCertificate, host: string, { partialWildcards }: OpensslOptions): Refusal | undefined {
  const address = parseAddress(host);
  const message = `none of its names is \`${host}\``;
  if (address !== undefined) {
    const found = leaf.names.some(
      ({ kind, value }) => kind === "IP" && value.length === address.length && value.every((it, at) => it === address[at]),
    );
    return found ? undefined : refusal("IP address mismatch", leaf, "subjectAltName", message);
  }
  const names = leaf.names.filter(({ kind }) => kind === "DNS").map(({ text }) => text);
  const judged = names.length > 0 ? names : leaf.subject.commonNames;
  return judged.some((name) => matchesHostName(name, host, partialWildcards))
    ? undefined
    : refusal("hostname mismatch", leaf, "subjectAltName", message);
}

/** `internal_verify`, from the root down: signature, then time. */
async function checkSignatures(chain: Chain, search: Search): Promise<Verdict | undefined> {
  for (let index = chain.length - 1; index >= 0; index--) {
    const at = chain[index];
    const issuer = chain[index + 1];
    if (at === undefined) break;
    if (issuer === undefined && !search.partialChain && !likelyIssued(at, at, search.behaviour))
      return refuse(refusal("unable to verify the first certificate", at, "issuer", "its issuer is not at hand"));
    if (issuer !== undefined) {
      const { keyUsage } = issuer.certificate.values;
      if (keyUsage !== undefined && !keyUsage.includes("keyCertSign"))
        return refuse(
          refusal("key usage does not include certificate signing", issuer, "keyUsage", "it issued a certificate without `keyCertSign`"),
        );
      const check = await checkSignature(at, issuer);
      if (check === "cannot tell")
        return { verdict: "cannot tell", reason: `the signature of ${placeText(at.place)} is of an algorithm that cannot be checked here` };
      if (check === "invalid")
        return refuse(
          refusal("certificate signature failure", at, "signature", `the key of ${placeText(issuer.place)} did not make its signature`),
        );
    }
    const late = checkTime(at, search);
    if (late !== undefined) return refuse(late);
  }
  return undefined;
}

/** Every certificate under the constraints of all above it; self-issued ones only as the leaf. */
function checkNames(chain: Chain): Refusal | undefined {
  const constraints = chain.map(({ der, certificate }) =>
    readNameConstraints(
      der,
      certificate.extensions.find(({ name }) => name === "nameConstraints"),
    ),
  );
  for (let index = chain.length - 1; index >= 0; index--) {
    const at = chain[index];
    if (at === undefined || (index > 0 && at.selfIssued)) continue;
    for (let above = chain.length - 1; above > index; above--) {
      const constraint = constraints[above];
      const holder = chain[above];
      if (constraint === undefined || constraint === "malformed" || holder === undefined) continue;
      const kind = checkNameConstraints(at, constraint, index === 0);
      if (kind !== undefined)
        return refusal(
          kind,
          at,
          at.names.length > 0 ? "subjectAltName" : "subject",
          `a name of it breaks the name constraints of ${placeText(holder.place)}`,
        );
    }
  }
  return undefined;
}
