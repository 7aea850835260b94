/** The certificates, keys and revocation lists of the proof: the same keys each time, valid for decades, so that the real clock may run. */
import { createECDH, createPrivateKey, sign } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  CLIENT,
  certificateBody,
  dns,
  extension,
  integer,
  ip,
  keyUsage,
  type ListSpec,
  listBody,
  noise,
  oid,
  pem,
  purposes,
  SERVER,
  sequence,
  signed,
  time,
  tlv,
} from "../certificates/build.ts";

type Bytes = Uint8Array;

interface Key {
  readonly pkcs8: Bytes;
  readonly spki: Bytes;
}

/** A key on P-256 whose secret follows from its name. */
function keyOf(name: string): Key {
  const curve = createECDH("prime256v1");
  const secret = noise(`proof ${name}`, 32);
  // Below the order of the curve, whatever the noise is.
  secret[0] = 0x41;
  curve.setPrivateKey(secret);
  const point = tlv(0x03, 0, curve.getPublicKey());
  const algorithm = sequence(oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7"));
  return {
    pkcs8: sequence(integer(0), algorithm, tlv(0x04, sequence(integer(1), tlv(0x04, secret), tlv(0xa1, point)))),
    spki: sequence(algorithm, point),
  };
}

const ALWAYS = { notBefore: time("2020-01-01T00:00:00Z"), notAfter: time("2049-01-01T00:00:00Z") } as const;
const PAST = { notBefore: time("2020-01-01T00:00:00Z"), notAfter: time("2021-01-01T00:00:00Z") } as const;
const FUTURE = { notBefore: time("2045-01-01T00:00:00Z"), notAfter: time("2049-01-01T00:00:00Z") } as const;

const AUTHORITY = [basicConstraints(true), keyUsage("0000011")];
const HERE = alternativeNames(dns("localhost"), ip(127, 0, 0, 1));
const endEntity = (purpose: string, names: Bytes): Bytes[] => [basicConstraints(false), keyUsage("1"), purposes(purpose), names];
const ofClient = endEntity(CLIENT, alternativeNames(dns("client.example.test")));
const ofServer = endEntity(SERVER, HERE);

interface Identity {
  readonly name: string;
  readonly issuer: string;
  readonly spec: CertificateSpec;
}

const REVOKED = 7;

/** What clients show, by the file's name; the issuer is another entry, or the entry itself. */
const IDENTITIES: readonly Identity[] = [
  ...["client-ca", "elsewhere", "stranger", "server-ca"].map(
    (name): Identity => ({ name, issuer: name, spec: { ...ALWAYS, extensions: AUTHORITY } }),
  ),
  { name: "client/valid", issuer: "client-ca", spec: { ...ALWAYS, extensions: ofClient } },
  { name: "client/unknown-ca", issuer: "stranger", spec: { ...ALWAYS, extensions: ofClient } },
  { name: "client/self-signed", issuer: "client/self-signed", spec: { ...ALWAYS, extensions: ofClient } },
  { name: "client/expired", issuer: "client-ca", spec: { ...PAST, extensions: ofClient } },
  { name: "client/not-yet-valid", issuer: "client-ca", spec: { ...FUTURE, extensions: ofClient } },
  {
    name: "client/server-only",
    issuer: "client-ca",
    spec: { ...ALWAYS, extensions: endEntity(SERVER, alternativeNames(dns("client.example.test"))) },
  },
  { name: "client/revoked", issuer: "client-ca", spec: { ...ALWAYS, serial: bytes(REVOKED), extensions: ofClient } },
  { name: "server", issuer: "server-ca", spec: { ...ALWAYS, extensions: ofServer } },
  {
    name: "server/wrong-name",
    issuer: "server-ca",
    spec: { ...ALWAYS, extensions: endEntity(SERVER, alternativeNames(dns("other.example.test"))) },
  },
  { name: "server/unknown-ca", issuer: "stranger", spec: { ...ALWAYS, extensions: ofServer } },
  { name: "server/self-signed", issuer: "server/self-signed", spec: { ...ALWAYS, extensions: ofServer } },
  { name: "server/expired", issuer: "server-ca", spec: { ...PAST, extensions: ofServer } },
  { name: "server/not-yet-valid", issuer: "server-ca", spec: { ...FUTURE, extensions: ofServer } },
  { name: "server/revoked", issuer: "server-ca", spec: { ...ALWAYS, serial: bytes(REVOKED), extensions: ofServer } },
  { name: "server/client-only", issuer: "server-ca", spec: { ...ALWAYS, extensions: endEntity(CLIENT, HERE) } },
];

function signedBy(issuer: string, body: Bytes): Bytes {
  const key = createPrivateKey({ key: Buffer.from(keyOf(issuer).pkcs8), format: "der", type: "pkcs8" });
  return signed(body, ALGORITHMS.ecdsaSha256, Uint8Array.from(sign("sha256", body, key)));
}

function list(issuer: string, spec: ListSpec): string {
  const keyIdentifier = extension("2.5.29.35", sequence(tlv(0x80, noise(issuer, 20))));
  return pem("X509 CRL", signedBy(issuer, listBody({ issuer, extensions: [keyIdentifier], ...spec })));
}

/** Writes `client/valid.pem`, `client/valid.key` and the rest below a folder. */
export function writeIdentities(folder: string): void {
  const write = (name: string, text: string): void => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  for (const { name, issuer, spec } of IDENTITIES) {
    const { spki, pkcs8 } = keyOf(name);
    const identifier = extension("2.5.29.14", tlv(0x04, noise(name, 20)));
    const extensions = [...(spec.extensions ?? []), identifier, extension("2.5.29.35", sequence(tlv(0x80, noise(issuer, 20))))];
    const body = certificateBody({ serial: bytes(0x40, noise(name, 8)), ...spec, extensions, subject: name, issuer, key: spki });
    write(`${name}.pem`, pem("CERTIFICATE", signedBy(issuer, body)));
    write(`${name}.key`, pem("PRIVATE KEY", pkcs8));
  }
  const issued = { thisUpdate: time("2020-02-01T00:00:00Z") };
  const revoked = { ...issued, revoked: [REVOKED] };
  for (const authority of ["client-ca", "server-ca"])
    write(`${authority}.crl.pem`, list(authority, { ...revoked, nextUpdate: time("2049-01-01T00:00:00Z") }));
  write("elsewhere.crl.pem", list("elsewhere", { ...issued, nextUpdate: time("2049-01-01T00:00:00Z") }));
  write("stale/list.pem", list("client-ca", { ...revoked, nextUpdate: time("2021-01-01T00:00:00Z") }));
  write("stale/server-list.pem", list("server-ca", { ...revoked, nextUpdate: time("2021-01-01T00:00:00Z") }));
}
