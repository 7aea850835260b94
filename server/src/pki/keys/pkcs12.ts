/**
 * PKCS#12 (RFC 7292) from outside: how it is protected and what lies open in it, without a password and without computing anything.
 * Iteration counts are read, never run.
 */
import { BerReader, type Octets, plainOctets } from "../der/ber.ts";
import { toHex } from "../der/characters.ts";
import { type ByteRange, context, type DerError, TAG } from "../der/der.ts";
import { HASHES } from "../der/oids.ts";
import { decodeString } from "../der/primitives.ts";
import {
  type Derivation,
  type KeyedHash,
  keyedHash,
  PBMAC1,
  type Protection,
  type Rounds,
  readIdentifier,
  readPbmac1,
  readProtection,
  readRounds,
} from "./protection.ts";

export interface KeyStore extends ByteRange {
  readonly kind: "key-store";
  readonly format: "PKCS#12" | "JKS" | "JCEKS";
  /** How its parts are encrypted, each way once: "PBES2", "PBE with SHA-1 and RC2-40". */
  readonly encryptions: readonly string[];
  /** The largest number of rounds of a derivation; undefined where none is said. */
  readonly iterations: number | undefined;
  /** Absent: nothing shows a change. */
  readonly integrity: { readonly hash: string; readonly iterations: number } | undefined;
  /** Where the largest of all these numbers stands. */
  readonly iterationsPlace: ByteRange | undefined;
  /** What became of the contents: nobody gave a password, or all of it lies in the sections behind this one. */
  readonly contents: "closed" | "open";
  /** A part of it is encrypted as a whole, so that nobody can tell without a password what certificates are in there. */
  readonly hidesContents: boolean;
  /**
   * Its keys and certificates name each other by identifiers (PKCS#9 localKeyID), all of which lie open, and no certificate has that of any
   * key.
   */
  readonly keyWithoutCertificate: boolean;
}

/** Everything that opening it takes. */
export interface KeyStoreShell extends ByteRange {
  /** What the check covers; undefined where it is signed instead. */
  readonly authenticated: Octets | undefined;
  readonly parts: readonly Part[];
  readonly check: IntegrityCheck | undefined;
}
export type Part =
  | { readonly kind: "encrypted"; readonly protection: Protection; readonly content: Octets }
  | { readonly kind: "plain"; readonly bags: readonly Bag[] }
  /** Encrypted to a public key, or of a type that nobody knows. */
  | { readonly kind: "other"; readonly place: ByteRange };
export type Bag = {
  /** friendlyName, as Java's aliases are kept. */
  readonly alias: string | undefined;
  /** localKeyID, in hexadecimal digits: a key and its certificate have the same. */
  readonly keyId: string | undefined;
} & (
  | { readonly kind: "certificate" | "revocation-list" | "private-key"; readonly der: Octets }
  | { readonly kind: "encrypted-key"; readonly protection: Protection; readonly content: Octets }
);
export interface IntegrityCheck {
  readonly name: string;
  /** Undefined: a scheme that is not supported. */
  readonly steps: { readonly derivation: Derivation; readonly hash: KeyedHash } | undefined;
  readonly rounds: Rounds;
  readonly digest: Uint8Array;
}

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const BAG = "1.2.840.113549.1.12.10.1.";
const FRIENDLY_NAME = "1.2.840.113549.1.9.20";
const LOCAL_KEY_ID = "1.2.840.113549.1.9.21";
/** Java makes nested bags never, others seldom: more is made to hurt. */
const MOST_BAGS = 2000;
const DEEPEST_BAGS = 4;

export function readKeyStore(der: Uint8Array): KeyStore | DerError {
  const shell = readShell(der);
  if ("message" in shell) return shell;
  const protections = shell.parts.flatMap(protectionsIn);
  const rounds = [...protections.flatMap((it) => it.rounds ?? []), ...(shell.check === undefined ? [] : [shell.check.rounds])];
  const counts = protections.flatMap((it) => it.rounds?.count ?? []);
  const most = rounds.reduce<Rounds | undefined>((best, it) => (best === undefined || it.count > best.count ? it : best), undefined);
  return {
    kind: "key-store",
    format: "PKCS#12",
    start: shell.start,
    end: shell.end,
    encryptions: [...new Set(protections.map((it) => it.name))],
    iterations: counts.length === 0 ? undefined : Math.max(...counts),
    integrity: shell.check && { hash: shell.check.name, iterations: shell.check.rounds.count },
    iterationsPlace: most?.place,
    contents: "closed",
    hidesContents: shell.parts.some((it) => it.kind !== "plain"),
    keyWithoutCertificate:
      shell.parts.every((it) => it.kind === "plain") && lackCertificate(shell.parts.flatMap((it) => (it.kind === "plain" ? it.bags : []))),
  };
}

/** A key without an identifier belongs to whichever certificate it fits. */
function lackCertificate(bags: readonly Bag[]): boolean {
  const keys = bags.filter((it) => it.kind === "private-key" || it.kind === "encrypted-key").map((it) => it.keyId);
  const certificates = new Set(bags.flatMap((it) => (it.kind === "certificate" && it.keyId !== undefined ? [it.keyId] : [])));
  return certificates.size > 0 && keys.length > 0 && keys.every((it) => it !== undefined && !certificates.has(it));
}

const protectionsIn = (part: Part): readonly Protection[] =>
  part.kind === "encrypted"
    ? [part.protection]
    : part.kind === "plain"
      ? part.bags.flatMap((it) => (it.kind === "encrypted-key" ? [it.protection] : []))
      : [];

/** By its first bytes: a sequence that begins with the version 3, and a sequence after it. */
export function looksLikeKeyStore(der: Uint8Array): boolean {
  const first = der[1] ?? 0;
  const at = 2 + (first > 0x80 ? first & 0x7f : 0);
  return der[0] === TAG.sequence && der[at] === TAG.integer && der[at + 1] === 1 && der[at + 2] === 3 && der[at + 3] === TAG.sequence;
}

export function readShell(der: Uint8Array): KeyStoreShell | DerError {
  const reader = new BerReader(plainOctets(der));
  const whole = reader.read(TAG.sequence, "a PKCS#12 object");
  const outer = reader.inside(whole);
  const version = outer.number("the version");
  if (version.value !== 3) reader.fail("BadDer", version.place.start, "a PKCS#12 object of another version than 3");
  const info = outer.inside(outer.read(TAG.sequence, "contents"));
  let authenticated: Octets | undefined;
  const parts: Part[] = [];
  if (info.oid("the type of the contents") === DATA) {
    const wrapped = info.inside(info.read(context(0), "data"));
    authenticated = wrapped.octets(wrapped.readAny());
    const safe = wrapped.within(authenticated);
    const list = safe.inside(safe.read(TAG.sequence, "the parts"));
    while (list.more) parts.push(readPart(list));
  }
  const check = outer.more ? readCheck(outer) : undefined;
  return reader.error ?? { ...reader.placeOf(whole), authenticated, parts, check };
}

function readPart(list: BerReader): Part {
  const element = list.read(TAG.sequence, "a part");
  const inner = list.inside(element);
  const type = inner.oid("the type of a part");
  const wrapped = inner.inside(inner.read(context(0), "a part"));
  if (type === ENCRYPTED_DATA) {
    const data = wrapped.inside(wrapped.read(TAG.sequence, "encrypted data"));
    data.number("the version");
    const contents = data.inside(data.read(TAG.sequence, "encrypted contents"));
    contents.oid("the type of the contents");
    const protection = readProtection(contents);
    const content = contents.octets(contents.readAny());
    return { kind: "encrypted", protection, content };
  }
  if (type !== DATA) return { kind: "other", place: list.placeOf(element) };
  return { kind: "plain", bags: readBags(wrapped.within(wrapped.octets(wrapped.readAny()))) };
}

/** What decryption yields: bags, whose places are those of the encrypted bytes. CBC keeps each byte where it was. */
export function readDecrypted(plain: Octets): readonly Bag[] | DerError {
  const reader = new BerReader(plain);
  const bags = readBags(reader);
  return reader.error ?? bags;
}

function readBags(octets: BerReader, depth = 0): Bag[] {
  const list = octets.inside(octets.read(TAG.sequence, "bags"));
  const bags: Bag[] = [];
  while (list.more) {
    const element = list.read(TAG.sequence, "a bag");
    const bag = list.inside(element);
    const kind = bag.oid("the kind of a bag");
    const field = bag.read(context(0), "a bag");
    const value = bag.inside(field);
    const names = bag.nextIs(TAG.set) ? readNames(bag) : NO_NAMES;
    if (bags.length >= MOST_BAGS) list.fail("TooMany", element.start, `there are more than ${MOST_BAGS} bags`);
    switch (kind) {
      case `${BAG}1`:
        bags.push({ kind: "private-key", ...names, der: value.whole(value.readAny()) });
        break;
      case `${BAG}2`: {
        const shrouded = value.inside(value.read(TAG.sequence, "a key"));
        const protection = readProtection(shrouded);
        bags.push({
          kind: "encrypted-key",
          ...names,
          protection,
          content: shrouded.octets(shrouded.read(TAG.octetString, "an encrypted key")),
        });
        break;
      }
      case `${BAG}3`:
      case `${BAG}4`: {
        const inner = value.inside(value.read(TAG.sequence, "a certificate or list"));
        const type = inner.oid("its type");
        const wrapped = inner.inside(inner.read(context(0), "a certificate or list"));
        const content = wrapped.readAny();
        // 1: X.509, of certificates and of lists; SDSI certificates are a thing of the past.
        if (/^1\.2\.840\.113549\.1\.9\.2[23]\.1$/.test(type))
          bags.push({ kind: kind === `${BAG}3` ? "certificate" : "revocation-list", ...names, der: wrapped.octets(content) });
        break;
      }
      case `${BAG}6`:
        if (depth >= DEEPEST_BAGS) list.fail("TooDeep", element.start, `bags are nested deeper than ${DEEPEST_BAGS}`);
        else bags.push(...readBags(value, depth + 1));
        break;
    }
  }
  return bags;
}

type BagNames = Pick<Bag, "alias" | "keyId">;
const NO_NAMES: BagNames = { alias: undefined, keyId: undefined };

function readNames(bag: BerReader): BagNames {
  const attributes = bag.inside(bag.read(TAG.set, "attributes"));
  let { alias, keyId } = NO_NAMES;
  while (attributes.more) {
    const attribute = attributes.inside(attributes.read(TAG.sequence, "an attribute"));
    const type = attribute.oid("an attribute's type");
    const values = attribute.inside(attribute.read(TAG.set, "an attribute's values"));
    if ((type !== FRIENDLY_NAME && type !== LOCAL_KEY_ID) || !values.more) continue;
    const value = values.readAny();
    if (type === FRIENDLY_NAME) alias = decodeString(value.tag, values.octets(value).bytes);
    else keyId = toHex(values.octets(value).bytes);
  }
  return { alias, keyId };
}

function readCheck(outer: BerReader): IntegrityCheck {
  const mac = outer.inside(outer.read(TAG.sequence, "the integrity check"));
  const digest = mac.inside(mac.read(TAG.sequence, "the digest"));
  const { oid, parameters, inner } = readIdentifier(digest, "the digest's algorithm");
  const expected = digest.octets(digest.read(TAG.octetString, "the digest")).bytes;
  const salt = mac.octets(mac.read(TAG.octetString, "the salt")).bytes;
  const own = mac.more ? readRounds(mac) : { count: 1, place: mac.placeOf({ start: 0, end: 1 }) };
  if (oid === PBMAC1 && parameters !== undefined) {
    const { derivation, hash } = readPbmac1(inner, parameters);
    const steps = derivation === undefined || hash === undefined ? undefined : { derivation, hash };
    return { name: "PBMAC1", steps, rounds: derivation?.rounds ?? own, digest: expected };
  }
  const hash = keyedHash(oid);
  const steps =
    hash === undefined ? undefined : { derivation: { scheme: "PKCS#12", hash, salt, rounds: own, keyLength: undefined } as const, hash };
  return { name: HASHES[oid] ?? oid, steps, rounds: own, digest: expected };
}
