/** Chains that are put to real handshakes of OpenSSL: keys of every kind at every level, algorithms of signatures, and post-quantum chains. */
import { time } from "../certificates/build.ts";
import { at, type Chain, chain, keyOf, LEVELS, type Level, type Variation, type Variations } from "./chain.ts";
import { END_ENTITY, issue, KEYS, type Key, SIGNING, WRITTEN_ODDLY } from "./issue.ts";

/** The clock is the machine's. */
const LATE = { notAfter: time("2049-12-31T00:00:00Z") } as const;
const lasting = (variations: Variations): Variations =>
  Object.fromEntries(LEVELS.map((level) => [level, { ...variations[level], spec: { ...variations[level]?.spec, ...LATE } }]));

/** A chain and the key of its leaf, in PKCS#8. */
export interface Question extends Chain {
  readonly name: string;
  readonly key: Uint8Array;
}

function question(name: string, variations: Variations): readonly Question[] {
  const { key } = keyOf(variations.leaf?.key ?? KEYS.leaf);
  return key === undefined ? [] : [{ ...chain(lasting(variations)), name, key }];
}

const named = (keys: Readonly<Record<string, Key>>): readonly Question[] =>
  LEVELS.flatMap((level) => Object.entries(keys).flatMap(([name, key]) => question(`${level} ${name}`, at(level, { key }))));
const signed = (key: Key, names: readonly (keyof typeof SIGNING)[]): readonly Question[] =>
  names.flatMap((name) => {
    const leaf: Variation = { algorithm: SIGNING[name] };
    return question(`signed by ${name}`, { intermediate: { key }, leaf });
  });

/** Keys of the root, the intermediate and the leaf. */
const keyed = (root: Key, intermediate: Key, leaf: Key): Variations => ({
  root: { key: root },
  intermediate: { key: intermediate },
  leaf: { key: leaf },
});
const { mlDsa44, mlDsa65, mlDsa87, slhDsa, p384, rsa2048, ed25519 } = KEYS;
const foreign = (level: Level): Variations => {
  const whole = keyed(mlDsa44, mlDsa44, mlDsa44);
  return { ...whole, [level]: { ...whole[level], issuer: mlDsa65 } };
};

/** ML-DSA alone, in falling size, and hybrid: with what computers of today can break above it, below it and between. */
const postQuantum: readonly Question[] = [
  ...question("all ML-DSA-44", keyed(mlDsa44, mlDsa44, mlDsa44)),
  ...question("all ML-DSA-65", keyed(mlDsa65, mlDsa65, mlDsa65)),
  ...question("all ML-DSA-87", keyed(mlDsa87, mlDsa87, mlDsa87)),
  ...question("ML-DSA-87, 65 and 44", keyed(mlDsa87, mlDsa65, mlDsa44)),
  ...question("SLH-DSA above ML-DSA-65 and 44", keyed(slhDsa, mlDsa65, mlDsa44)),
  ...[mlDsa44, mlDsa65, mlDsa87].flatMap((key, index) => {
    const name = `ML-DSA-${[44, 65, 87][index]}`;
    return [
      ...question(`${name} below P-384`, keyed(p384, key, key)),
      ...question(`${name} below RSA`, keyed(rsa2048, key, key)),
      ...question(`${name} above P-256`, keyed(key, key, KEYS.leaf)),
      ...question(`${name} above Ed25519`, keyed(key, key, ed25519)),
      ...question(`${name} above and below RSA`, keyed(key, rsa2048, key)),
    ];
  }),
  ...LEVELS.flatMap((level) => question(`ML-DSA-44, ${level} signed by another`, foreign(level))),
];

export const questions: readonly Question[] = [
  ...question("plain", {}),
  ...named(KEYS),
  ...named(WRITTEN_ODDLY),
  ...signed(KEYS.intermediate, ["ecdsaSha1", "ecdsaSha224", "ecdsaSha256", "ecdsaSha384", "ecdsaSha512"]),
  ...signed(KEYS.rsa2048, ["rsaSha1", "rsaSha224", "rsaSha256", "rsaSha512", "pssSha256", "pssSalt20"]),
  ...postQuantum,
];

/** The end that judges has a certificate as well, which nobody judges. */
export const PEER = {
  certificate: issue({ spec: { ...LATE, issuer: "peer", subject: "peer", extensions: END_ENTITY }, key: KEYS.other, issuer: KEYS.other }),
  key: keyOf(KEYS.other).key ?? new Uint8Array(),
};
