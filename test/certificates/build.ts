/** Writes DER and PEM for tests: certificates, lists, requests and keys, right or wrong in exactly one way, the same bytes each time. */

type Bytes = Uint8Array;

export const bytes = (...parts: readonly (Bytes | readonly number[] | number)[]): Bytes => joined(parts);

function joined(parts: readonly (Bytes | readonly number[] | number)[]): Bytes {
  const pieces = parts.map((part) => (typeof part === "number" ? [part] : part));
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export function tlv(tag: number, ...parts: readonly (Bytes | readonly number[] | number)[]): Bytes {
  const content = joined(parts);
  const size: number[] = [];
  for (let rest = content.length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  return bytes(tag, content.length < 0x80 ? content.length : [0x80 | size.length, ...size], content);
}
export const sequence = (...parts: readonly Bytes[]): Bytes => tlv(0x30, ...parts);
export const text = (value: string): Bytes => new TextEncoder().encode(value);
export const fromHex = (hex: string): Bytes =>
  Uint8Array.from(hex.replace(/\s/g, "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
export const toHex = (value: Bytes): string => Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function oid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tlv(
    0x06,
    [first * 40 + second, ...rest].flatMap((arc) => {
      const septets = [arc & 0x7f];
      for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift((left & 0x7f) | 0x80);
      return septets;
    }),
  );
}
export const integer = (value: Bytes | number): Bytes => {
  const content = typeof value === "number" ? bytes(value) : value;
  return tlv(0x02, (content[0] ?? 0) >= 0x80 ? [0, ...content] : content);
};

/** The same numbers for the same seed: mulberry32. */
export function noise(seed: string, length: number): Bytes {
  let state = Array.from(seed).reduce((sum, character) => (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) | 0, 7);
  return Uint8Array.from({ length }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) & 0xff;
  });
}

/** RFC 5280 §4.1.2.5: UTCTime through 2049. */
export function time(date: string): Bytes {
  const digits = new Date(date).toISOString().replace(/[-:T]|\.\d+/g, "");
  return digits < "2050" ? tlv(0x17, text(digits.slice(2))) : tlv(0x18, text(digits));
}

export const ALGORITHMS = {
  ecdsaSha256: sequence(oid("1.2.840.10045.4.3.2")),
  ecdsaSha384: sequence(oid("1.2.840.10045.4.3.3")),
  ecdsaSha1: sequence(oid("1.2.840.10045.4.1")),
  rsaSha256: sequence(oid("1.2.840.113549.1.1.11"), tlv(0x05)),
  rsaSha1: sequence(oid("1.2.840.113549.1.1.5"), tlv(0x05)),
  rsaMd5: sequence(oid("1.2.840.113549.1.1.4"), tlv(0x05)),
  rsaSha3: sequence(oid("2.16.840.1.101.3.4.3.14"), tlv(0x05)),
  rsaRipemd: sequence(oid("1.3.36.3.3.1.2"), tlv(0x05)),
  sm2: sequence(oid("1.2.156.10197.1.501")),
  /** Without parameters the hash is SHA-1 (RFC 4055 §3.1). */
  rsaPssDefault: sequence(oid("1.2.840.113549.1.1.10"), sequence()),
  ed25519: sequence(oid("1.3.101.112")),
} as const;

const bitString = (content: Bytes, unused = 0): Bytes => tlv(0x03, unused, content);

/** The base points of the curves: valid public keys whose private key is 1. */
const POINTS = {
  "1.2.840.10045.3.1.7":
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
  "1.2.840.10045.3.1.1": "04188da80eb03090f67cbf20eb43a18800f4ff0afd82ff101207192b95ffc8da78631011ed6b24cdd573f977a11e794811",
  "1.3.132.0.33": "04b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
} as const;

const SMALL_PRIMES = Array.from({ length: 750 }, (_, index) => index + 2)
  .filter((it, _, all) => all.every((other) => other >= it || it % other !== 0))
  .map(BigInt);

export const KEYS = {
  p256: ecKey("1.2.840.10045.3.1.7"),
  p224: ecKey("1.3.132.0.33"),
  p192: ecKey("1.2.840.10045.3.1.1"),
  dsa: sequence(
    sequence(oid("1.2.840.10040.4.1"), sequence(integer(rsaModulus(1024)), integer(noise("q", 20)), integer(noise("g", 128)))),
    bitString(integer(noise("y", 128))),
  ),
} as const;

function ecKey(curve: keyof typeof POINTS): Bytes {
  return sequence(sequence(oid("1.2.840.10045.2.1"), oid(curve)), bitString(fromHex(POINTS[curve])));
}

/** An odd number of exactly that many bits, without a small divisor: no rule must take it for more than a wrong size. */
function rsaModulus(bits: number): Bytes {
  let number = BigInt(`0x${toHex(oddNumber(bits))}`);
  while (SMALL_PRIMES.some((it) => number % it === 0n)) number += 2n;
  const hex = number.toString(16);
  return fromHex(hex.padStart(hex.length + (hex.length % 2), "0"));
}
function oddNumber(bits: number): Bytes {
  const modulus = noise(`rsa ${bits}`, Math.ceil(bits / 8));
  const top = (bits - 1) % 8;
  modulus[0] = ((modulus[0] ?? 0) & ((1 << (top + 1)) - 1)) | (1 << top);
  const last = modulus.length - 1;
  modulus[last] = (modulus[last] ?? 0) | 1;
  return modulus;
}

export const rsaKey = (bits: number, exponent: readonly number[] = [1, 0, 1]): Bytes =>
  sequence(
    sequence(oid("1.2.840.113549.1.1.1"), tlv(0x05)),
    bitString(sequence(integer(rsaModulus(bits)), integer(Uint8Array.from(exponent)))),
  );

const P256 = "1.2.840.10045.3.1.7";
const EC = oid("1.2.840.10045.2.1");

/** As RFC 5915 has it; `point` undefined: without the public half. `curve`: where no PKCS#8 around it names it. */
export const ecPrivateKey = (secret: Bytes, point: Bytes | undefined, curve?: Bytes): Bytes =>
  sequence(
    integer(1),
    tlv(0x04, secret),
    ...(curve === undefined ? [] : [tlv(0xa0, curve)]),
    ...(point === undefined ? [] : [tlv(0xa1, bitString(point))]),
  );
/** The same on P-256 in PKCS#8. */
export const p256PrivateKey = (secret: Bytes, point: Bytes | undefined): Bytes =>
  sequence(integer(0), sequence(EC, oid(P256)), tlv(0x04, ecPrivateKey(secret, point)));

/** The public half of the key whose secret is 1. */
export const BASE_POINT = fromHex(POINTS[P256]);
export const ONE = bytes(new Uint8Array(31), 1);

/** PKCS#8 of the key to `KEYS.p256`, with its public key inside: every secret is 1. */
export const privateKey = (): Bytes => p256PrivateKey(ONE, BASE_POINT);

/** The secret's bytes as they must never appear in any output. */
export const SECRET_HEX = `0420${"00".repeat(31)}01`;

export type NameSpec = string | readonly (readonly [type: string, value: Bytes])[];

/** A common name, or attributes with their complete values. */
export function name(spec: NameSpec): Bytes {
  const attributes = typeof spec === "string" ? [["2.5.4.3", tlv(0x0c, text(spec))] as const] : spec;
  return sequence(...attributes.map(([type, value]) => tlv(0x31, sequence(oid(type), value))));
}

export const extension = (type: string, value: Bytes, critical = false): Bytes =>
  sequence(oid(type), ...(critical ? [tlv(0x01, 0xff)] : []), tlv(0x04, value));

export const basicConstraints = (ca: boolean, pathLength?: number): Bytes =>
  extension("2.5.29.19", sequence(...(ca ? [tlv(0x01, 0xff)] : []), ...(pathLength === undefined ? [] : [integer(pathLength)])), true);
/** Up to eight bits from the first on, as a string: "1" is digitalSignature, "000001" keyCertSign. */
export const keyUsage = (bits: string): Bytes => {
  const unused = (8 - (bits.length % 8)) % 8;
  return extension("2.5.29.15", bitString(bytes(Number.parseInt(bits.padEnd(8, "0"), 2)), unused), true);
};
export const purposes = (...types: readonly string[]): Bytes => extension("2.5.29.37", sequence(...types.map(oid)));
export const SERVER = "1.3.6.1.5.5.7.3.1";
export const CLIENT = "1.3.6.1.5.5.7.3.2";

export const dns = (host: string): Bytes => tlv(0x82, text(host));
export const ip = (...address: readonly number[]): Bytes => tlv(0x87, address);
export const uri = (value: string): Bytes => tlv(0x86, text(value));
export const alternativeNames = (...names: readonly Bytes[]): Bytes => extension("2.5.29.17", sequence(...names));

export interface CertificateSpec {
  readonly version?: number;
  /** Content bytes. */
  readonly serial?: Bytes;
  readonly algorithm?: Bytes;
  readonly outerAlgorithm?: Bytes;
  readonly issuer?: NameSpec;
  readonly notBefore?: Bytes;
  readonly notAfter?: Bytes;
  readonly subject?: NameSpec;
  readonly key?: Bytes;
  readonly uniqueId?: Bytes;
  readonly extensions?: readonly Bytes[];
}

/** The part that is signed. */
export function certificateBody(spec: CertificateSpec): Bytes {
  const version = spec.version ?? 3;
  return sequence(
    ...(version === 1 ? [] : [tlv(0xa0, integer(version - 1))]),
    tlv(0x02, spec.serial ?? bytes(0x11, 0x22, 0x33)),
    spec.algorithm ?? ALGORITHMS.ecdsaSha256,
    name(spec.issuer ?? "Example CA"),
    sequence(spec.notBefore ?? time("2025-06-01T00:00:00Z"), spec.notAfter ?? time("2026-12-01T00:00:00Z")),
    name(spec.subject ?? "service.example"),
    spec.key ?? KEYS.p256,
    ...(spec.uniqueId === undefined ? [] : [tlv(0x82, 0, spec.uniqueId)]),
    ...(spec.extensions === undefined || spec.extensions.length === 0 ? [] : [tlv(0xa3, sequence(...spec.extensions))]),
  );
}

/** With a signature that is none: these files are read, never trusted. 64 bytes, as DER of two numbers. */
export function certificate(spec: CertificateSpec): Bytes {
  const body = certificateBody(spec);
  return signed(body, spec.outerAlgorithm ?? spec.algorithm ?? ALGORITHMS.ecdsaSha256);
}
export const signed = (body: Bytes, algorithm: Bytes, signature?: Bytes): Bytes => {
  const positive = (seed: string): Bytes => bytes(0x41, noise(`${seed}${body.length}`, 31));
  return sequence(body, algorithm, bitString(signature ?? sequence(integer(positive("r")), integer(positive("s")))));
};

export interface ListSpec {
  readonly version?: number;
  readonly algorithm?: Bytes;
  readonly issuer?: NameSpec;
  readonly thisUpdate?: Bytes;
  readonly nextUpdate?: Bytes | null;
  /** Serial numbers, small or as their content bytes. */
  readonly revoked?: readonly (number | Bytes)[];
  /** In place of `revoked`: whole entries; none of them is an empty list. */
  readonly entries?: readonly Bytes[];
  /** The extension of the list's number. */
  readonly number?: Bytes | null;
  readonly extensions?: readonly Bytes[];
}
export function listBody(spec: ListSpec): Bytes {
  const { revoked = [7, 8], nextUpdate = time("2026-03-01T00:00:00Z") } = spec;
  const revokedAt = time("2025-11-01T00:00:00Z");
  return sequence(
    ...(spec.version === 1 ? [] : [integer((spec.version ?? 2) - 1)]),
    spec.algorithm ?? ALGORITHMS.ecdsaSha256,
    name(spec.issuer ?? "Example CA"),
    spec.thisUpdate ?? time("2025-12-01T00:00:00Z"),
    ...(nextUpdate === null ? [] : [nextUpdate]),
    ...(spec.entries !== undefined
      ? [sequence(...spec.entries)]
      : revoked.length === 0
        ? []
        : [tlv(0x30, joined(revoked.map((serial) => sequence(integer(serial), revokedAt))))]),
    ...(spec.version === 1 ? [] : listExtensions(spec)),
  );
}
function listExtensions({ number = extension("2.5.29.20", integer(42)), extensions = [] }: ListSpec): readonly Bytes[] {
  const all = [...(number === null ? [] : [number]), ...extensions];
  return all.length === 0 ? [] : [tlv(0xa0, sequence(...all))];
}
export const revocationList = (spec: ListSpec = {}): Bytes => signed(listBody(spec), spec.algorithm ?? ALGORITHMS.ecdsaSha256);

export function requestBody(subject: NameSpec, key: Bytes, extensions: readonly Bytes[]): Bytes {
  const attributes = extensions.length === 0 ? [] : [sequence(oid("1.2.840.113549.1.9.14"), tlv(0x31, sequence(...extensions)))];
  return sequence(integer(0), name(subject), key, tlv(0xa0, ...attributes));
}

/** Lines of 64 characters, as RFC 7468 has them. */
export function pem(label: string, der: Bytes, width = 64): string {
  const digits = btoa(Array.from(der, (byte) => String.fromCharCode(byte)).join(""));
  const lines = digits.match(new RegExp(`.{1,${width}}`, "g")) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
export const certificatePem = (spec: CertificateSpec): string => pem("CERTIFICATE", certificate(spec));
