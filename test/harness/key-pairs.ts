/**
 * Makes pairs of keys for tests. They are read back from PEM: in Node 20 a generated key shares its lock with the job that made it, and when
 * that job is collected while the key is being exported as a JSON Web Key, the process waits for itself for good.
 */
import { createPrivateKey, createPublicKey, type ED25519KeyPairOptions, generateKeyPairSync, type KeyObject } from "node:crypto";

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const PEM: ED25519KeyPairOptions<"pem", "pem"> = {
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
};

const read = (pair: { readonly privateKey: string; readonly publicKey: string }): KeyPair => ({
  privateKey: createPrivateKey(pair.privateKey),
  publicKey: createPublicKey(pair.publicKey),
});

export const rsaPair = (modulusLength: number): KeyPair => read(generateKeyPairSync("rsa", { modulusLength, ...PEM }));
export const rsaPssPair = (modulusLength: number): KeyPair => read(generateKeyPairSync("rsa-pss", { modulusLength, ...PEM }));
export const dsaPair = (modulusLength: number, divisorLength: number): KeyPair =>
  read(generateKeyPairSync("dsa", { modulusLength, divisorLength, ...PEM }));
export const ecPair = (namedCurve: string): KeyPair => read(generateKeyPairSync("ec", { namedCurve, ...PEM }));
export const ed25519Pair = (): KeyPair => read(generateKeyPairSync("ed25519", PEM));
export const ed448Pair = (): KeyPair => read(generateKeyPairSync("ed448", PEM));
export const x25519Pair = (): KeyPair => read(generateKeyPairSync("x25519", PEM));
