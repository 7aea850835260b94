/** Keys from passwords, and what they open: by WebCrypto where it has the hash and the cipher, else by @noble and code of our own. */
import type { Cipher, Derivation, KeyedHash, MemoryDerivation, RoundDerivation } from "./protection.ts";

/**
 * Rounds that are run for one file, all derivations together: ten million take some ten seconds. OpenSSL's default is 2048, Java's
 * 10000, and OWASP's recommendation for PBKDF2 600000.
 */
export const MOST_ROUNDS = 10_000_000;

export interface Password {
  readonly text: string;
  /** OpenSSL and Java disagree on whether the empty password is a zero or nothing at all. */
  readonly nothing?: true;
}

const loadHashes = async () => {
  const [{ sha224, sha256, sha384, sha512 }, { sha1, md5 }, { sha3_256, sha3_384, sha3_512 }] = await Promise.all([
    import("@noble/hashes/sha2.js"),
    import("@noble/hashes/legacy.js"),
    import("@noble/hashes/sha3.js"),
  ]);
  return {
    MD5: md5,
    "SHA-1": sha1,
    "SHA-224": sha224,
    "SHA-256": sha256,
    "SHA-384": sha384,
    "SHA-512": sha512,
    "SHA3-256": sha3_256,
    "SHA3-384": sha3_384,
    "SHA3-512": sha3_512,
  };
};

/** RFC 7292 §B.3: what the bytes are for. */
const PURPOSE = { key: 1, iv: 2, check: 3 } as const;

/** `signal` stops it between two thousands of rounds. */
export async function deriveKey(
  derivation: Derivation,
  password: Password,
  length: number,
  purpose: keyof typeof PURPOSE,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { scheme, salt, rounds } = derivation;
  if (scheme === "PKCS#12") return deriveOld(derivation, passwordOfPkcs12(password), length, PURPOSE[purpose], signal);
  const secret = new TextEncoder().encode(password.text);
  if (scheme === "scrypt") return deriveByMemory(derivation, secret, length, signal);
  const { hash } = derivation;
  if (hash === "SHA-1" || hash === "SHA-256" || hash === "SHA-384" || hash === "SHA-512") {
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
    const parameters = { name: "PBKDF2", hash, salt: Uint8Array.from(salt), iterations: rounds.count };
    return new Uint8Array(await subtle.deriveBits(parameters, key, length * 8));
  }
  const { pbkdf2Async } = await import("@noble/hashes/pbkdf2.js");
  return pbkdf2Async((await loadHashes())[hash], secret, salt, { c: rounds.count, dkLen: length });
}

/** OpenSSL's default takes 16 MiB, and it refuses more than 32 unless it is told otherwise; this is room for four times the default. */
export const MOST_MEMORY = 80 * 1024 * 1024;

/** In bytes; of those that take no more than a block it is nothing. */
export const memoryOf = (derivation: Derivation): number =>
  derivation.scheme === "scrypt" ? 128 * derivation.blockSize * (derivation.cost + derivation.parallel) : 0;

/** RFC 7914 §2: the cost is a power of two, and a block no larger than what is mixed. */
export const isSound = (derivation: Derivation): boolean => {
  if (derivation.scheme !== "scrypt") return true;
  const { cost, blockSize, parallel } = derivation;
  return cost > 1 && Number.isInteger(Math.log2(cost)) && blockSize > 0 && parallel > 0 && Math.log2(cost) < 16 * blockSize;
};

async function deriveByMemory(
  { salt, cost, blockSize, parallel }: MemoryDerivation,
  secret: Uint8Array,
  length: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { scryptAsync } = await import("@noble/hashes/scrypt.js");
  const onProgress = (): void => signal?.throwIfAborted();
  return scryptAsync(secret, salt, { N: cost, r: blockSize, p: parallel, dkLen: length, maxmem: 2 * MOST_MEMORY, onProgress });
}

/** RFC 7292 §B.1: UTF-16 with a zero behind it. */
function passwordOfPkcs12({ text, nothing }: Password): Uint8Array {
  if (nothing) return new Uint8Array(0);
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    bytes[2 * at] = unit >> 8;
    bytes[2 * at + 1] = unit & 0xff;
  }
  return bytes;
}

/** How many rounds are run before somebody else has a turn. */
const BREATH = 20_000;

/** RFC 7292 §B.2. */
async function deriveOld(
  { hash: name, salt, rounds }: RoundDerivation,
  password: Uint8Array,
  length: number,
  purpose: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const hash = (await loadHashes())[name];
  const width = hash.blockLen;
  const repeated = (bytes: Uint8Array): Uint8Array =>
    Uint8Array.from({ length: width * Math.ceil(bytes.length / width) }, (_, at) => bytes[at % bytes.length] ?? 0);
  const mixed = Uint8Array.from([...repeated(salt), ...repeated(password)]);
  const whole = new Uint8Array(width + mixed.length).fill(purpose, 0, width);
  const derived = new Uint8Array(length);
  for (let written = 0; written < length; ) {
    whole.set(mixed, width);
    let block = hash(whole);
    for (let round = 1; round < rounds.count; round++) {
      block = hash(block);
      if (round % BREATH === 0) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        signal?.throwIfAborted();
      }
    }
    derived.set(block.subarray(0, length - written), written);
    written += block.length;
    for (let at = 0; at < mixed.length; at += width) {
      let carry = 1;
      for (let index = width - 1; index >= 0; index--) {
        carry += (mixed[at + index] ?? 0) + (block[index % block.length] ?? 0);
        mixed[at + index] = carry & 0xff;
        carry >>= 8;
      }
    }
  }
  return derived;
}

const SIZES: Readonly<Record<KeyedHash, number>> = {
  MD5: 16,
  "SHA-1": 20,
  "SHA-224": 28,
  "SHA-256": 32,
  "SHA-384": 48,
  "SHA-512": 64,
  "SHA3-256": 32,
  "SHA3-384": 48,
  "SHA3-512": 64,
};

export async function checkSum(hash: KeyedHash, key: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const { hmac } = await import("@noble/hashes/hmac.js");
  return hmac((await loadHashes())[hash], key, message);
}
export const checkSumLength = (hash: KeyedHash): number => SIZES[hash];

/** Bytes that the slow ciphers take on: some ten seconds. */
const MOST_OLD_BYTES = 40_000_000;

/** Undefined: the padding is none, as after a wrong password. */
export async function decrypt(cipher: Cipher, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array | undefined> {
  if (cipher.name === "AES-CBC") {
    if (iv.length !== 16) return undefined;
    const { subtle } = globalThis.crypto;
    const imported = await subtle.importKey("raw", Uint8Array.from(key), "AES-CBC", false, ["decrypt"]);
    try {
      return new Uint8Array(await subtle.decrypt({ name: "AES-CBC", iv: Uint8Array.from(iv) }, imported, Uint8Array.from(data)));
    } catch {
      return undefined;
    }
  }
  if (data.length > MOST_OLD_BYTES) return undefined;
  const { decryptRc2, decryptRc4, decryptTripleDes } = await import("./legacy-ciphers.ts");
  if (cipher.name === "RC4") return decryptRc4(key, data);
  return cipher.name === "3DES-CBC" ? decryptTripleDes(key, iv, data) : decryptRc2(key, key.length * 8, iv, data);
}
