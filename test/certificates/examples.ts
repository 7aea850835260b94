/** The certificate files of the examples: really signed, with new keys each time, valid around a given time. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  CLIENT,
  certificateBody,
  dns,
  extension,
  integer,
  ip,
  keyUsage,
  type ListSpec,
  listBody,
  pem,
  purposes,
  SERVER,
  sequence,
  signed,
  text,
  time,
  tlv,
  uri,
} from "./build.ts";

const DAY = 86_400_000;
const EC = { name: "ECDSA", namedCurve: "P-256" } as const;

/** File names with their contents. `now`: milliseconds since 1970. */
export async function exampleFiles(now: number): Promise<Map<string, Uint8Array>> {
  const serverRoot = await authority("Example Server Root", undefined, now, -400, 3000);
  const otherRoot = await authority("Example Server Root 2", undefined, now, -30, 3600);
  const intermediate = await authority("Example Server CA 1", serverRoot, now, -200, 1200);
  const clientRoot = await authority("Example Client Root", undefined, now, -400, 3000);
  const formerRoot = await authority("Example Former Client Root", undefined, now, -1100, -5);
  const hosts = alternativeNames(dns("localhost"), dns("service.example"), ip(127, 0, 0, 1));
  const server = await endEntity("service.example", intermediate, now, [purposes(SERVER), hosts]);
  const client = await endEntity("reporting client", clientRoot, now, [
    purposes(CLIENT),
    alternativeNames(dns("reporting.clients.example")),
  ]);
  const revoked = await revocationList(clientRoot, now);
  const files = {
    "server-chain.pem": server.pem + intermediate.pem,
    "server.key": server.key,
    "wrong-order.pem": intermediate.pem + server.pem,
    "missing-intermediate.pem": server.pem,
    "ca-bundle.pem": serverRoot.pem + otherRoot.pem,
    "client-ca.pem": clientRoot.pem,
    "client-ca.crl": pem("X509 CRL", revoked),
    "expired-client-ca.pem": formerRoot.pem,
    "client.pem": client.pem,
    "client.key": client.key,
  };
  return new Map(Object.entries(files).map(([name, content]) => [name, text(content)]));
}

export interface Identity {
  readonly name: string;
  readonly pair: CryptoKeyPair;
  readonly keyId: Uint8Array;
  readonly serial: Uint8Array;
  readonly der: Uint8Array;
  readonly pem: string;
  readonly key: string;
}

/** `from`, `to`: days from now. `usage`: as `keyUsage` has it. */
export const authority = (
  name: string,
  issuer: Identity | undefined,
  now: number,
  from: number,
  to: number,
  usage = "0000011",
): Promise<Identity> =>
  issue(name, issuer, [now + from * DAY, now + to * DAY], [basicConstraints(true, issuer === undefined ? undefined : 0), keyUsage(usage)]);

export const endEntity = (name: string, issuer: Identity, now: number, extensions: readonly Uint8Array[]): Promise<Identity> =>
  issue(name, issuer, [now - 10 * DAY, now + 300 * DAY], [basicConstraints(false), keyUsage("1"), ...extensions, listedAt(LIST)]);

const LIST = "http://lists.example/ca.crl";
/** The distribution point of the authority's list. */
export const listedAt = (address: string): Uint8Array => extension("2.5.29.31", sequence(sequence(tlv(0xa0, tlv(0xa0, uri(address))))));

export async function issue(
  subject: string,
  issuer: Identity | undefined,
  [from, to]: readonly [number, number],
  extensions: readonly Uint8Array[],
): Promise<Identity> {
  const pair = await crypto.subtle.generateKey(EC, true, ["sign", "verify"]);
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  const keyId = new Uint8Array(await crypto.subtle.digest("SHA-1", spki));
  const serial = bytes(0x40, crypto.getRandomValues(new Uint8Array(15)));
  const body = certificateBody({
    serial,
    issuer: issuer?.name ?? subject,
    subject,
    notBefore: time(new Date(from).toISOString()),
    notAfter: time(new Date(to).toISOString()),
    key: spki,
    extensions: [
      ...extensions,
      extension("2.5.29.14", tlv(0x04, keyId)),
      ...(issuer === undefined ? [] : [extension("2.5.29.35", sequence(tlv(0x80, issuer.keyId)))]),
    ],
  });
  const der = signed(body, ALGORITHMS.ecdsaSha256, await sign(issuer?.pair ?? pair, body));
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
  return { name: subject, pair, keyId, serial, der, pem: pem("CERTIFICATE", der), key: pem("PRIVATE KEY", pkcs8) };
}

export async function revocationList(issuer: Identity, now: number, spec: ListSpec = {}): Promise<Uint8Array> {
  const body = listBody({
    issuer: issuer.name,
    thisUpdate: time(new Date(now - DAY).toISOString()),
    nextUpdate: time(new Date(now + 90 * DAY).toISOString()),
    revoked: [17, 18],
    extensions: [extension("2.5.29.35", sequence(tlv(0x80, issuer.keyId)))],
    ...spec,
  });
  return signed(body, ALGORITHMS.ecdsaSha256, await sign(issuer.pair, body));
}

/** WebCrypto gives the two numbers side by side, X.509 wants them as a sequence. */
export async function sign(pair: CryptoKeyPair, body: Uint8Array): Promise<Uint8Array> {
  const raw = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, Uint8Array.from(body)));
  return sequence(shortest(raw.subarray(0, 32)), shortest(raw.subarray(32)));
}
function shortest(number: Uint8Array): Uint8Array {
  const first = number.findIndex((byte) => byte !== 0);
  return integer(number.subarray(first < 0 ? number.length - 1 : first));
}
