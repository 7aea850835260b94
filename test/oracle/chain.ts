/** A chain of mutual TLS that is right but for what is varied at the root, the intermediate or the leaf. */
import type { RevocationPolicy } from "../../server/src/pki/stacks/index.ts";
import { alternativeNames, bytes, type CertificateSpec, text, time, tlv } from "../certificates/build.ts";
import { type Algorithm, AUTHORITY, END_ENTITY, issue, KEYS, type Key } from "./issue.ts";

export type Bytes = Uint8Array;
export type Level = "root" | "intermediate" | "leaf";

export interface Scenario {
  readonly id: string;
  readonly leaf: Bytes;
  readonly intermediates: readonly Bytes[];
  readonly roots: readonly Bytes[];
  readonly host: string;
  /** Revocation lists, and how they are to be used; with none revocation is not checked. */
  readonly lists?: readonly Bytes[];
  readonly policy?: RevocationPolicy;
  /** Seconds since 1970. */
  readonly now: number;
  /** The leaf's, in PKCS#8, where Node has such keys. */
  readonly key?: Bytes;
}

export const NOW = Date.parse("2026-03-01T00:00:00Z") / 1000;
export const HOST = "www.example.test";

export interface Variation {
  readonly spec?: CertificateSpec;
  readonly key?: Key;
  readonly algorithm?: Algorithm;
  /** The key that really signs, when it is not the issuer's. */
  readonly issuer?: Key;
}
export interface Variations {
  readonly root?: Variation;
  readonly intermediate?: Variation;
  readonly leaf?: Variation;
  readonly host?: string;
  readonly now?: number;
}

export interface Chain {
  readonly root: Bytes;
  readonly intermediate: Bytes;
  readonly leaf: Bytes;
}

export function chain({ root = {}, intermediate = {}, leaf = {} }: Variations = {}): Chain {
  const rootKey = root.key ?? KEYS.root;
  const middleKey = intermediate.key ?? KEYS.intermediate;
  const order = (variation: Variation, spec: CertificateSpec, key: Key, issuer: Key) =>
    issue({
      spec: { ...spec, ...variation.spec },
      key: variation.key ?? key,
      issuer: variation.issuer ?? issuer,
      ...(variation.algorithm === undefined ? {} : { algorithm: variation.algorithm }),
    });
  return {
    root: order(root, { issuer: "Root", subject: "Root", serial: bytes(1), extensions: AUTHORITY }, rootKey, rootKey),
    intermediate: order(
      intermediate,
      { issuer: "Root", subject: "Intermediate", serial: bytes(2), extensions: AUTHORITY },
      KEYS.intermediate,
      rootKey,
    ),
    leaf: order(leaf, { issuer: "Intermediate", subject: "leaf", serial: bytes(3), extensions: END_ENTITY }, KEYS.leaf, middleKey),
  };
}

export function scenario(id: string, variations: Variations): Scenario {
  const { root, intermediate, leaf } = chain(variations);
  const { host = HOST, now = NOW } = variations;
  return { id, leaf, intermediates: [intermediate], roots: [root], host, now, ...keyOf(variations.leaf?.key ?? KEYS.leaf) };
}

export const keyOf = ({ secret, pkcs8 }: Key): { readonly key?: Bytes } =>
  typeof secret === "function"
    ? pkcs8 === undefined
      ? {}
      : { key: pkcs8 }
    : { key: Uint8Array.from(secret.export({ type: "pkcs8", format: "der" })) };

export const LEVELS: readonly Level[] = ["root", "intermediate", "leaf"];
export const at = (level: Level, variation: Variation): Variations => ({ [level]: variation });
export const defaults = (level: Level): readonly Bytes[] => (level === "leaf" ? END_ENTITY : AUTHORITY);
const idOf = (extensionBytes: Bytes): string => extensionBytes.subarray(2, 9).join(".");

/** The extensions of a level, with one put in the place of the one of its kind, or added. */
export const replaced = (level: Level, by: Bytes): readonly Bytes[] => [...defaults(level).filter((it) => idOf(it) !== idOf(by)), by];
export const without = (level: Level, like: Bytes): readonly Bytes[] => defaults(level).filter((it) => idOf(it) !== idOf(like));

export function everywhere(name: string, variations: Readonly<Record<string, (level: Level) => Variation>>): Scenario[] {
  return LEVELS.flatMap((level) =>
    Object.entries(variations).map(([how, of]) => scenario(`${name}/${level}/${how}`, at(level, of(level)))),
  );
}
export const withExtension =
  (by: Bytes) =>
  (level: Level): Variation => ({ spec: { extensions: replaced(level, by) } });
export const withAlso =
  (...more: readonly Bytes[]) =>
  (level: Level): Variation => ({ spec: { extensions: [...defaults(level), ...more] } });

export const utc = (value: string): Bytes => tlv(0x17, text(value));
export const general = (value: string): Bytes => tlv(0x18, text(value));
export const second = (offset: number): Bytes => time(new Date((NOW + offset) * 1000).toISOString());

export const leafNames = (...names: readonly Bytes[]): Variation => ({
  spec: { extensions: replaced("leaf", alternativeNames(...names)) },
});
