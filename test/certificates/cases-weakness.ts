/** Cases of weak signatures and keys, each limit from below, at it and from above. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  type CertificateSpec,
  certificatePem,
  dns,
  integer,
  KEYS,
  pem,
  purposes,
  requestBody,
  revocationList,
  rsaKey,
  SERVER,
  sequence,
  signed,
  text,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";

const leaf: CertificateSpec = { extensions: [basicConstraints(false), purposes(SERVER), alternativeNames(dns("service.example"))] };
const rootOf = (algorithm: Uint8Array): CertificateSpec => ({ subject: "Example CA", algorithm, extensions: [basicConstraints(true)] });

const of = (spec: CertificateSpec): Uint8Array => text(certificatePem(spec));
const weakSignature = (algorithm: Uint8Array, severity: Expectation["severity"] = "error"): readonly Expectation[] => [
  {
    rule: "weak-signature",
    severity,
    covers: algorithm,
    says: severity === "info" ? /self-signed.*do not check it/ : /which can be forged/,
  },
];
const weakKey = (key: Uint8Array, says: RegExp): readonly Expectation[] => [{ rule: "weak-key", severity: "error", covers: key, says }];

/** PKCS#1: what the reader needs of it, modulus and exponent, and nothing that would be secret. */
const rsaPrivate = (bits: number): Uint8Array => {
  const spki = rsaKey(bits);
  // The RSAPublicKey is the end of the SubjectPublicKeyInfo: two integers within a sequence.
  const numbers = spki.subarray(spki.length - publicKeyLength(bits));
  return sequence(integer(0), numbers);
};
const publicKeyLength = (bits: number): number => {
  const content = Math.floor(bits / 8) + 1;
  return content + (content < 256 ? 3 : 4) + 5;
};

export const weaknessCases = {
  "sha1-leaf": {
    about: "signed over SHA-1",
    make: () => of({ ...leaf, algorithm: ALGORITHMS.rsaSha1 }),
    expect: weakSignature(ALGORITHMS.rsaSha1),
  },
  "md5-leaf": {
    about: "signed over MD5",
    make: () => of({ ...leaf, algorithm: ALGORITHMS.rsaMd5 }),
    expect: weakSignature(ALGORITHMS.rsaMd5),
  },
  "ecdsa-sha1-leaf": {
    about: "ECDSA over SHA-1",
    make: () => of({ ...leaf, algorithm: ALGORITHMS.ecdsaSha1 }),
    expect: weakSignature(ALGORITHMS.ecdsaSha1),
  },
  "pss-default-leaf": {
    about: "RSA-PSS without parameters means SHA-1",
    make: () => of({ ...leaf, algorithm: ALGORITHMS.rsaPssDefault }),
    expect: weakSignature(ALGORITHMS.rsaPssDefault),
  },
  "sha1-self-signed-leaf": {
    about: "self-signed, but no root: its signature is checked when it is pinned",
    make: () => of({ ...leaf, issuer: "service.example", algorithm: ALGORITHMS.ecdsaSha1 }),
    expect: weakSignature(ALGORITHMS.ecdsaSha1),
  },
  "sha1-root": {
    about: "nobody checks a root's own signature",
    make: () => of(rootOf(ALGORITHMS.rsaSha1)),
    expect: weakSignature(ALGORITHMS.rsaSha1, "info"),
  },
  "sha1-list": {
    about: "a revocation list over SHA-1",
    make: () => text(pem("X509 CRL", revocationList({ algorithm: ALGORITHMS.rsaSha1 }))),
    expect: weakSignature(ALGORITHMS.rsaSha1),
  },
  "sha256-leaf": { about: "RSA over SHA-256", make: () => of({ ...leaf, algorithm: ALGORITHMS.rsaSha256 }) },
  "sha384-leaf": { about: "ECDSA over SHA-384", make: () => of({ ...leaf, algorithm: ALGORITHMS.ecdsaSha384 }) },
  "ed25519-leaf": { about: "Ed25519 hashes for itself", make: () => of({ ...leaf, algorithm: ALGORITHMS.ed25519 }) },

  "rsa-1024-leaf": {
    about: "1024 bit",
    make: () => of({ ...leaf, key: rsaKey(1024) }),
    expect: weakKey(rsaKey(1024), /RSA key of 1024 bit/),
  },
  "rsa-2047-leaf": {
    about: "a bit below the limit",
    make: () => of({ ...leaf, key: rsaKey(2047) }),
    expect: weakKey(rsaKey(2047), /2047 bit/),
  },
  "rsa-2048-leaf": { about: "at the limit", make: () => of({ ...leaf, key: rsaKey(2048) }) },
  "rsa-2049-leaf": { about: "a bit above the limit", make: () => of({ ...leaf, key: rsaKey(2049) }) },
  "rsa-exponent-1": {
    about: "anybody can sign",
    make: () => of({ ...leaf, key: rsaKey(2048, [1]) }),
    expect: weakKey(rsaKey(2048, [1]), /exponent 1/),
  },
  "rsa-exponent-2": {
    about: "below the limit",
    make: () => of({ ...leaf, key: rsaKey(2048, [2]) }),
    expect: weakKey(rsaKey(2048, [2]), /exponent 2/),
  },
  "rsa-exponent-3": { about: "at the limit: old, but sound", make: () => of({ ...leaf, key: rsaKey(2048, [3]) }) },
  "rsa-exponent-4": {
    about: "even",
    make: () => of({ ...leaf, key: rsaKey(2048, [4]) }),
    expect: weakKey(rsaKey(2048, [4]), /exponent 4/),
  },
  "p192-leaf": { about: "a curve below the limit", make: () => of({ ...leaf, key: KEYS.p192 }), expect: weakKey(KEYS.p192, /P-192/) },
  "p224-leaf": {
    about: "a curve at the limit: sound, though rustls does not have it",
    make: () => of({ ...leaf, key: KEYS.p224 }),
    expect: [{ rule: "unsupported-key", severity: "warning", covers: KEYS.p224 }],
  },
  "p256-leaf": { about: "a curve above the limit", make: () => of(leaf) },
  "dsa-leaf": { about: "DSA", make: () => of({ ...leaf, key: KEYS.dsa }), expect: weakKey(KEYS.dsa, /DSA/) },
  "weak-request": {
    about: "a request with a small key",
    make: () =>
      text(
        pem(
          "CERTIFICATE REQUEST",
          signed(requestBody("service.example", rsaKey(1024), [alternativeNames(dns("service.example"))]), ALGORITHMS.rsaSha256),
        ),
      ),
    expect: weakKey(rsaKey(1024), /request has an RSA key of 1024 bit/),
  },
  "weak-public-key": {
    about: "a lone public key",
    make: () => text(pem("PUBLIC KEY", rsaKey(1024))),
    expect: weakKey(rsaKey(1024), /public key/),
  },
  "weak-private-key": {
    about: "a lone private key: placed on its boundary",
    make: () => text(pem("RSA PRIVATE KEY", rsaPrivate(1024))),
    expect: [
      { rule: "weak-key", severity: "error", covers: "-----BEGIN RSA PRIVATE KEY-----", says: /private key is an RSA key of 1024 bit/ },
    ],
  },
  "weak-identity": {
    about: "one fault: the key of the certificate beside it",
    make: () => text(pem("RSA PRIVATE KEY", rsaPrivate(1024)) + certificatePem({ ...leaf, key: rsaKey(1024) })),
    expect: weakKey(rsaKey(1024), /certificate has an RSA key of 1024 bit/),
  },
} satisfies Readonly<Record<string, Case>>;
