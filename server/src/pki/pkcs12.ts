/**
 * PKCS#12 (RFC 7292) from outside: how it is protected, without a password and without computing anything. Iteration counts are read,
 * never run.
 */
import { readAlgorithm } from "./algorithms.ts";
import { type ByteRange, context, type DerError, type DerReader, readWhole, TAG } from "./der.ts";
import { HASHES } from "./oids.ts";
import { readInteger, readOid, readSmallInteger } from "./primitives.ts";

export interface KeyStore extends ByteRange {
  readonly kind: "key-store";
  /** How its parts are encrypted, each way once: "PBES2", "PBE with SHA-1 and RC2-40". */
  readonly encryptions: readonly string[];
  /** The largest number of rounds of a derivation; undefined where none is said. */
  readonly iterations: number | undefined;
  /** Absent: nothing shows a change. */
  readonly integrity: { readonly hash: string; readonly iterations: number } | undefined;
}

const DATA = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
const SHROUDED_KEY = "1.2.840.113549.1.12.10.1.2";
const PBES2 = "1.2.840.113549.1.5.13";
const PBMAC1 = "1.2.840.113549.1.5.14";

const NAMES: Readonly<Record<string, string>> = {
  [PBES2]: "PBES2",
  "1.2.840.113549.1.12.1.1": "PBE with SHA-1 and RC4-128",
  "1.2.840.113549.1.12.1.2": "PBE with SHA-1 and RC4-40",
  "1.2.840.113549.1.12.1.3": "PBE with SHA-1 and 3DES",
  "1.2.840.113549.1.12.1.4": "PBE with SHA-1 and two-key 3DES",
  "1.2.840.113549.1.12.1.5": "PBE with SHA-1 and RC2-128",
  "1.2.840.113549.1.12.1.6": "PBE with SHA-1 and RC2-40",
};

export function readKeyStore(der: Uint8Array): KeyStore | DerError {
  const { reader, element } = readWhole(der, TAG.sequence, "a PKCS#12 object");
  const outer = reader.inside(element);
  const version = readSmallInteger(outer, "the version");
  if (reader.error === undefined && version !== 3) reader.fail("BadDer", element.content, "a PKCS#12 object of another version than 3");
  const seen: Protection[] = [];
  const safe = contentsOf(outer);
  if (safe !== undefined) {
    const list = safe.inside(safe.read(TAG.sequence, "the parts"));
    while (list.more) readPart(list, seen);
  }
  const mac = outer.more ? readMac(outer) : undefined;
  if (reader.error !== undefined) return reader.error;
  const counts = seen.flatMap((it) => it.iterations ?? []);
  return {
    kind: "key-store",
    start: element.start,
    end: element.end,
    encryptions: [...new Set(seen.map((it) => it.name))],
    iterations: counts.length === 0 ? undefined : Math.max(...counts),
    integrity: mac,
  };
}

interface Protection {
  readonly name: string;
  readonly iterations: number | undefined;
}

/** The octets of a ContentInfo of type data. */
function contentsOf(reader: DerReader): DerReader | undefined {
  const inner = reader.inside(reader.read(TAG.sequence, "contents"));
  if (readOid(inner, "the type of the contents") !== DATA) return undefined;
  const wrapped = inner.inside(inner.read(context(0), "data"));
  return wrapped.inside(wrapped.read(TAG.octetString, "data"));
}

function readPart(list: DerReader, seen: Protection[]): void {
  const inner = list.inside(list.read(TAG.sequence, "a part"));
  const type = readOid(inner, "the type of a part");
  const wrapped = inner.inside(inner.read(context(0), "a part"));
  if (type === ENCRYPTED_DATA) {
    const data = wrapped.inside(wrapped.read(TAG.sequence, "encrypted data"));
    data.read(TAG.integer, "the version");
    const contents = data.inside(data.read(TAG.sequence, "encrypted contents"));
    readOid(contents, "the type of the contents");
    seen.push(protectionOf(contents));
  } else if (type === DATA) {
    const octets = wrapped.inside(wrapped.read(TAG.octetString, "data"));
    const bags = octets.inside(octets.read(TAG.sequence, "bags"));
    while (bags.more) {
      const bag = bags.inside(bags.read(TAG.sequence, "a bag"));
      const kind = readOid(bag, "the kind of a bag");
      const value = bag.inside(bag.read(context(0), "a bag"));
      if (kind === SHROUDED_KEY) seen.push(protectionOf(value.inside(value.read(TAG.sequence, "a key"))));
    }
  }
}

/** The parameters of PBE and PBKDF2 begin with salt and iteration count. */
function protectionOf(reader: DerReader): Protection {
  const { oid, parameters } = readAlgorithm(reader, "the encryption");
  const name = NAMES[oid] ?? oid;
  if (parameters === undefined || parameters.tag !== TAG.sequence) return { name, iterations: undefined };
  const inner = reader.apart(parameters);
  const derived = oid === PBES2 ? readAlgorithm(inner, "the derivation").parameters : undefined;
  const values = derived === undefined ? inner : reader.apart(derived);
  values.read(TAG.octetString, "the salt");
  const iterations = readSmallInteger(values, "the number of iterations");
  return { name, iterations: values.error === undefined ? iterations : undefined };
}

function readMac(outer: DerReader): KeyStore["integrity"] {
  const mac = outer.inside(outer.read(TAG.sequence, "the integrity check"));
  const digest = mac.inside(mac.read(TAG.sequence, "the digest"));
  const { oid } = readAlgorithm(digest, "the digest's algorithm");
  mac.read(TAG.octetString, "the salt");
  const bytes = mac.more ? readInteger(mac, "the number of iterations").bytes : Uint8Array.of(1);
  const iterations = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  return { hash: oid === PBMAC1 ? "PBMAC1" : (HASHES[oid] ?? oid), iterations };
}
