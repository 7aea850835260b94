/** The verdict of rustls-webpki: its search for a path (`verify_cert.rs`), with its budgets and its ranking of errors. */

import { toHex } from "../../der/characters.ts";
import { type ByteRange, sameBytes } from "../../der/der.ts";
import { sha256 } from "../../x509/fingerprint.ts";
import { parseAddress } from "../host.ts";
import { checkLeafKey } from "../leaf-key.ts";
import type { Failure } from "../strict-reader.ts";
import {
  ACCEPTED,
  DEFAULT_REVOCATION,
  type Place,
  type Presented,
  type Provider,
  placeText,
  type Refusal,
  type Verdict,
} from "../verdict.ts";
import { type Anchor, type PathCertificate, type Read, readAnchor, readPathCertificate } from "./certificate.ts";
import { checkHandshakeUsage, checkProperties, type PropertyFault } from "./checks.ts";
import { DISTRUSTED } from "./distrusted.ts";
import { isValidDnsName } from "./dns-names.ts";
import { readStrictList, type StrictList } from "./lists.ts";
import { type Constraints, checkConstraints, matchesHost, readConstraints } from "./names.ts";
import { isFatal, mostSpecific } from "./ranks.ts";
import { checkList, type Issuer, listFor, type RevocationFault } from "./revocation.ts";
import { type Signed, SignedDataChecks } from "./signatures.ts";
import { type WebpkiBehaviour, webpkiBehaviour } from "./versions.ts";

export async function webpkiVerdict(presented: Presented, release: string, provider: Provider): Promise<Verdict> {
  const behaviour = webpkiBehaviour(release);
  const anchors: Anchor[] = [];
  for (const [index, der] of presented.roots.entries()) {
    const place = { role: "root", number: index + 1 } as const;
    const anchor = readAnchor(der, place, behaviour);
    if (!anchor.ok) return refuse(refusalOf(anchor.failure, place, "certificate"));
    anchors.push(anchor.value);
  }
  const lists: StrictList[] = [];
  for (const [index, der] of (presented.lists ?? []).entries()) {
    const place = { role: "list", number: index + 1 } as const;
    const list = readStrictList(der, place, behaviour);
    if (!list.ok) return refuse(refusalOf(list.failure, place, "certificateList"));
    lists.push(list.value);
  }
  const leaf = readPathCertificate(presented.leaf, { role: "leaf" }, behaviour);
  if (!leaf.ok) return refuse(refusalOf(leaf.failure, { role: "leaf" }, "certificate"));
  const search = new PathSearch(presented, anchors, lists, provider, behaviour);
  const refusal = await search.find([leaf.value]);
  if (refusal !== undefined) return search.undecided === undefined ? refuse(refusal) : { verdict: "cannot tell", reason: search.undecided };
  const name = presented.as === "server" && presented.host !== undefined ? checkHost(leaf.value, presented.host) : undefined;
  if (name !== undefined) return refuse(name);
  const usage = presented.handshake === true ? checkHandshakeUsage(leaf.value, behaviour) : undefined;
  if (usage !== undefined) return refuse(refusalOf(usage, leaf.value.place, usage.field));
  const key = presented.handshake === true ? checkLeafKey(leaf.value, provider, behaviour) : undefined;
  return key === undefined ? ACCEPTED : refuse(key);
}

const refuse = (refusal: Refusal): Verdict => ({ verdict: "refused", ...refusal });

function refusalOf({ kind, message, start, end }: Failure, place: Place, field: string): Refusal {
  return { kind, place, field, range: { start, end }, sentence: `${placeText(place)}: ${message}` };
}

/** Counted down over the whole search; what runs out ends it (`Budget`). */
interface Budget {
  signatures: number;
  pathCalls: number;
  nameComparisons: number;
}

const MAXIMUM_INTERMEDIATES = 6;

class PathSearch {
  readonly #presented: Presented;
  readonly #anchors: readonly Anchor[];
  readonly #lists: readonly StrictList[];
  readonly #intermediates: readonly Read<PathCertificate>[];
  readonly #behaviour: WebpkiBehaviour;
  readonly #signatures: SignedDataChecks;
  readonly #constraints = new Map<ByteRange, Constraints>();
  readonly #budget: Budget = { signatures: 100, pathCalls: 200_000, nameComparisons: 250_000 };
  /** Why a refusal may be wrong: a signature that could not be checked. */
  undecided: string | undefined;

  constructor(
    presented: Presented,
    anchors: readonly Anchor[],
    lists: readonly StrictList[],
    provider: Provider,
    behaviour: WebpkiBehaviour,
  ) {
    this.#presented = presented;
    this.#anchors = anchors;
    this.#lists = lists;
    this.#behaviour = behaviour;
    this.#intermediates = presented.intermediates.map((der, index) =>
      readPathCertificate(der, { role: "intermediate", number: index + 1 }, behaviour),
    );
    this.#signatures = new SignedDataChecks(provider, behaviour);
  }

  /** Undefined when a path was found. `path`: the leaf, then the intermediates up to the one whose issuer is sought. */
  async find(path: readonly [PathCertificate, ...PathCertificate[]]): Promise<Refusal | undefined> {
    const head = path[path.length - 1] ?? path[0];
    const fault = this.#checkHead(head, path.length);
    if (fault !== undefined) return this.#ended(path, fault);
    let worst: Refusal = refusalOf(
      { kind: "UnknownIssuer", message: "no root and no intermediate is its issuer by name", ...head.issuer },
      head.place,
      "issuer",
    );
    let others = 0;
    for (const anchor of this.#anchors) {
      const failed = await this.#tryAnchor(path, head, anchor);
      if (failed === "other name") {
        others++;
        continue;
      }
      this.#ended([...path, anchor], failed);
      if (failed === undefined) return undefined;
      if (isFatal(failed.kind)) return failed;
      worst = mostSpecific(worst, failed);
    }
    for (const [index, read] of this.#intermediates.entries()) {
      const failed = await this.#tryIntermediate(path, head, read, index + 1);
      if (failed === undefined) return undefined;
      if (failed === "other name") {
        others++;
        continue;
      }
      if (isFatal(failed.kind)) return failed;
      worst = mostSpecific(worst, failed);
    }
    if (others === this.#anchors.length + this.#intermediates.length) this.#ended(path, worst);
    return worst;
  }

  #ended<T extends Refusal | undefined>(path: readonly { readonly place: Place }[], refusal: T): T {
    this.#presented.tried?.({ places: path.map(({ place }) => place), ...(refusal !== undefined && { refusal }) });
    return refusal;
  }

  #checkHead(head: PathCertificate, length: number): Refusal | undefined {
    const distrusted = this.#distrusts(head.bytes, head.spki, head.place);
    if (distrusted !== undefined) return distrusted;
    const { now, as } = this.#presented;
    const below = Math.max(0, length - 2);
    const judged = { role: length === 1 ? "leaf" : "issuer", below, now: Math.floor(now / 1000), as } as const;
    const fault: PropertyFault | undefined = checkProperties(head, judged, this.#behaviour);
    if (fault !== undefined) return refusalOf(fault, head.place, fault.field);
    return !this.#behaviour.depthFirst && length > 1 && below >= MAXIMUM_INTERMEDIATES ? tooDeep(head) : undefined;
  }

  async #tryAnchor(path: readonly PathCertificate[], head: PathCertificate, anchor: Anchor): Promise<Refusal | "other name" | undefined> {
    if (!sameContents(head, head.issuer, anchor, anchor.subject)) return "other name";
    const distrusted = this.#distrusts(anchor.bytes, anchor.spki, anchor.place);
    if (distrusted !== undefined) return distrusted;
    return (await this.#checkSignatures(path, anchor)) ?? this.#checkNames(path, anchor);
  }

  /** From the anchor down: each certificate with the key of the one above it, and whether that one revoked it. */
  async #checkSignatures(path: readonly PathCertificate[], { place, bytes, spki }: Anchor): Promise<Refusal | undefined> {
    // Of an anchor rustls keeps no key usage.
    let issuer: Issuer = { place, bytes, spki };
    for (const certificate of path.toReversed()) {
      const fault =
        (await this.#checkSignature(certificate, certificate, issuer)) ?? (await this.#checkRevocation(path, certificate, issuer));
      if (fault !== undefined) return fault;
      issuer = certificate;
    }
    return undefined;
  }

  async #checkSignature(
    signed: Signed & { readonly place: Place },
    spender: PathCertificate,
    issuer: Issuer,
  ): Promise<Refusal | undefined> {
    if (--this.#budget.signatures < 0) return exceeded("MaximumSignatureChecksExceeded", "100 signatures were checked", spender);
    const check = await this.#signatures.check(signed, issuer.bytes, issuer.spki);
    if (check === "valid") return undefined;
    if (check === "cannot tell") {
      this.undecided ??= `the signature of ${placeText(signed.place)} is of an algorithm that cannot be checked here`;
      return exceeded("InvalidSignatureForPublicKey", "its signature was not checked", spender);
    }
    const field = check.kind.startsWith("Invalid") ? "signature" : "signatureAlgorithm";
    return refusalOf({ ...check, message: `${check.message} (${placeText(issuer.place)})` }, signed.place, field);
  }

  async #checkRevocation(path: readonly PathCertificate[], certificate: PathCertificate, issuer: Issuer): Promise<Refusal | undefined> {
    if (this.#lists.length === 0) return undefined;
    const { revocation: policy = DEFAULT_REVOCATION, now } = this.#presented;
    const tell = ({ of, field, ...failure }: RevocationFault): Refusal =>
      refusalOf(failure, (of === "certificate" ? certificate : of === "issuer" ? issuer : of).place, field);
    const list = listFor(certificate, certificate === path[0] ? "leaf" : "issuer", this.#lists, policy, this.#behaviour);
    if (list === undefined) return undefined;
    if ("kind" in list) return tell(list);
    const signature = await this.#checkSignature(list, certificate, issuer);
    if (signature !== undefined) return { ...signature, kind: signature.kind.replace(/^(Unsupported|Invalid)(?=Signature)/, "$1Crl") };
    const fault = checkList(list, certificate, issuer, policy, Math.floor(now / 1000), this.#behaviour);
    return fault === undefined ? undefined : tell(fault);
  }

  #checkNames(path: readonly PathCertificate[], anchor: Anchor): Refusal | undefined {
    let above: Pick<Anchor, "place" | "bytes" | "nameConstraints"> = anchor;
    for (let at = path.length - 1; at >= 0; at--) {
      const certificate = path[at];
      if (certificate === undefined) break;
      if (above.nameConstraints !== undefined) {
        const fault = this.#checkConstraints(above.bytes, above.nameConstraints, above.place, path.slice(0, at + 1));
        if (fault !== undefined) return fault;
      }
      above = certificate;
    }
    return undefined;
  }

  #checkConstraints(bytes: Uint8Array, range: ByteRange, place: Place, below: readonly PathCertificate[]): Refusal | undefined {
    const constraints = this.#constraints.get(range) ?? readConstraints(bytes, range, this.#behaviour);
    this.#constraints.set(range, constraints);
    if (constraints.failure !== undefined) return refusalOf(constraints.failure, place, "nameConstraints");
    for (const certificate of below.toReversed()) {
      const fault = checkConstraints(constraints, certificate, this.#behaviour, () => --this.#budget.nameComparisons >= 0);
      if (fault === undefined) continue;
      const at = fault.name === undefined || fault.name.end === 0 ? certificate.subject : fault.name;
      const message = `${fault.message} of ${placeText(place)}`;
      return refusalOf(
        { kind: fault.kind, message, start: at.start, end: at.end },
        certificate.place,
        fault.name ? "subjectAltName" : "subject",
      );
    }
    return constraints.trailing === undefined ? undefined : refusalOf(constraints.trailing, place, "nameConstraints");
  }

  async #tryIntermediate(
    path: readonly [PathCertificate, ...PathCertificate[]],
    head: PathCertificate,
    read: Read<PathCertificate>,
    number: number,
  ): Promise<Refusal | "other name" | undefined> {
    if (!read.ok) return refusalOf(read.failure, { role: "intermediate", number }, "certificate");
    const issuer = read.value;
    if (!sameContents(head, head.issuer, issuer, issuer.subject)) return "other name";
    const loop = path.some((it) => sameContents(issuer, issuer.spki, it, it.spki) && sameContents(issuer, issuer.subject, it, it.subject));
    if (loop) return "other name";
    if (--this.#budget.pathCalls < 0) return exceeded("MaximumPathBuildCallsExceeded", "200,000 paths were tried", issuer);
    if (this.#behaviour.depthFirst && path.length > MAXIMUM_INTERMEDIATES) return tooDeep(issuer);
    return this.find([...path, issuer]);
  }

  #distrusts(bytes: Uint8Array, spki: ByteRange, place: Place): Refusal | undefined {
    if (!this.#behaviour.distrusts || spki.end - spki.start !== DISTRUSTED.size) return undefined;
    if (!DISTRUSTED.keys.has(toHex(sha256(bytes.subarray(spki.start, spki.end))))) return undefined;
    return refusalOf({ kind: "CertDistrusted", message: "its key is distrusted by rustls", ...spki }, place, "subjectPublicKeyInfo");
  }
}

interface Bytes {
  readonly bytes: Uint8Array;
}
const sameContents = (a: Bytes, ofA: ByteRange, b: Bytes, ofB: ByteRange): boolean =>
  ofA.end - ofA.start === ofB.end - ofB.start && sameBytes(a.bytes.subarray(ofA.start, ofA.end), b.bytes.subarray(ofB.start, ofB.end));

const tooDeep = (certificate: PathCertificate): Refusal =>
  exceeded("MaximumPathDepthExceeded", `a path has more than ${MAXIMUM_INTERMEDIATES} intermediates`, certificate);

const exceeded = (kind: string, message: string, { place, signed }: PathCertificate): Refusal =>
  refusalOf({ kind, message, ...signed }, place, "certificate");

function checkHost(leaf: PathCertificate, host: string): Refusal | undefined {
  const address = parseAddress(host);
  const fault = (kind: string, message: string): Refusal =>
    refusalOf({ kind, message, ...(leaf.subjectAltName ?? leaf.subject) }, leaf.place, "subjectAltName");
  if (address === undefined && !isValidDnsName(host, "reference", false))
    return fault("InvalidDnsNameError", `\`${host}\` is neither a DNS name nor an address`);
  const match = matchesHost(leaf, host, address);
  if (match === "match") return undefined;
  if (match !== "no match") return refusalOf(match, leaf.place, "subjectAltName");
  const why =
    leaf.subjectAltName === undefined
      ? "it has no `subjectAltName`, and rustls does not look at the common name"
      : `no name in its \`subjectAltName\` is \`${host}\``;
  return fault("CertNotValidForName", why);
}
