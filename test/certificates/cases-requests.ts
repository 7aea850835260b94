/** Cases of certificate requests: what they ask for, what they tell, and whether their key signed them. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  CLIENT,
  certificate,
  dns,
  extension,
  integer,
  KEYS,
  name,
  oid,
  pem,
  privateKey,
  purposes,
  requestBody,
  rsaKey,
  SERVER,
  sequence,
  signed,
  text,
  tlv,
} from "./build.ts";
import type { Case } from "./cases.ts";

const rsa = rsaKey(3072);
const names = alternativeNames(dns("service.example"));
const file = (der: Uint8Array): Uint8Array => text(pem("CERTIFICATE REQUEST", der));
const request = (subject: string, extensions: readonly Uint8Array[], key: Uint8Array = KEYS.p256): Uint8Array =>
  file(signed(requestBody(subject, key, extensions), ALGORITHMS.ecdsaSha256));
const authority = basicConstraints(true);
const twice = extension("2.5.29.19", sequence(), false);
const secret = sequence(oid("1.2.840.113549.1.9.7"), tlv(0x31, tlv(0x0c, text("hunter2"))));
const withSecret = sequence(integer(0), name("reporting client"), KEYS.p256, tlv(0xa0, secret));
const lost = dns("new.example");

/** With a key that really signs, or signs something else. */
async function signedRequest(honest: boolean): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const pair = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const spki = new Uint8Array(await subtle.exportKey("spki", pair.publicKey));
  const body = requestBody("service.example", spki, [names]);
  const plain = new Uint8Array(
    await subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, Uint8Array.from(honest ? body : bytes(body, 0))),
  );
  const number = (at: number): Uint8Array => {
    const digits = plain.subarray(at, at + 32);
    const from = digits.findIndex((it) => it !== 0);
    const rest = digits.subarray(from);
    return tlv(0x02, (rest[0] ?? 0) >= 0x80 ? bytes(0, rest) : rest);
  };
  return file(sequence(body, ALGORITHMS.ecdsaSha256, tlv(0x03, 0, sequence(number(0), number(32)))));
}

export const requestCases = {
  "request-for-a-server": { about: "its hosts as alternative names", make: () => request("service.example", [names, purposes(SERVER)]) },
  "request-for-a-client": { about: "a client needs no alternative name", make: () => request("Jane Doe", [purposes(CLIENT)]) },
  "request-without-names": {
    about: "its host in the common name only",
    make: () => request("service.example", [purposes(SERVER)]),
    expect: [
      {
        rule: "unfit-certificate-request",
        severity: "warning",
        covers: attribute("service.example"),
        says: /request for a server has no SAN: rustls rejects the certificate for every host/,
      },
    ],
  },
  "request-without-anything": {
    about: "a common name that looks like a host",
    make: () => request("service.example", []),
    expect: [
      {
        rule: "unfit-certificate-request",
        severity: "info",
        covers: attribute("service.example"),
        says: /request for a server has no SAN: rustls rejects the certificate for every host/,
      },
    ],
  },
  "request-with-challenge-password": {
    about: "a secret in plain text, which is not repeated",
    make: () => file(signed(withSecret, ALGORITHMS.ecdsaSha256)),
    expect: [{ rule: "unfit-certificate-request", severity: "warning", covers: secret, says: /^(?!.*hunter2).*challenge password/ }],
  },
  "request-for-an-authority": {
    about: "asks for a CA's certificate",
    make: () => request("Example CA 2", [authority]),
    expect: [{ rule: "unfit-certificate-request", severity: "info", covers: authority, says: /can issue certificates/ }],
  },
  "request-with-extension-twice": {
    about: "two basic constraints",
    make: () => request("service.example", [names, basicConstraints(false), twice]),
    expect: [
      { rule: "unfit-certificate-request", severity: "warning", covers: twice, says: /request has a duplicate extension basicConstraints/ },
    ],
  },
  "request-beside-another-key": {
    about: "the key in the file is not the one that it is for",
    make: () => bytes(request("service.example", [names], rsa), text(pem("PRIVATE KEY", privateKey()))),
    expect: [
      { rule: "unfit-certificate-request", severity: "warning", covers: rsa, says: /request does not match the private key beside it/ },
    ],
  },
  "request-signed-by-its-key": { about: "as it should be", make: () => signedRequest(true), path: "/w/a.csr", beside: async () => ({}) },
  "request-signed-by-another": {
    about: "what was signed is not what stands there",
    make: () => signedRequest(false),
    path: "/w/a.csr",
    beside: async () => ({}),
    expect: [
      {
        rule: "invalid-signature",
        severity: "error",
        covers: ALGORITHMS.ecdsaSha256,
        says: /certificate request is not signed by its own key: every CA rejects it/,
      },
    ],
  },
  "request-of-which-a-name-was-not-issued": {
    about: "the certificate for the same key has fewer names",
    make: () =>
      file(signed(requestBody("service.example", KEYS.p256, [alternativeNames(dns("service.example"), lost)]), ALGORITHMS.ecdsaSha256)),
    path: "/w/a.csr",
    beside: async () => ({
      "/w/a.pem": text(pem("CERTIFICATE", certificate({ extensions: [basicConstraints(false), purposes(SERVER), names] }))),
    }),
    expect: [
      { rule: "invalid-signature", severity: "error", covers: ALGORITHMS.ecdsaSha256 },
      { rule: "unfit-certificate-request", severity: "info", covers: lost, says: /a\.pem/ },
    ],
  },
} satisfies Readonly<Record<string, Case>>;

/** The common name within a subject. */
function attribute(common: string): Uint8Array {
  return sequence(oid("2.5.4.3"), tlv(0x0c, text(common)));
}
