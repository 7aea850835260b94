/** Cases of right files, of expiry, of names, and of certificates and keys in the wrong place. */
import type { Loader } from "../../server/src/tls/facts.ts";
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  type CertificateSpec,
  CLIENT,
  certificate,
  certificatePem,
  dns,
  extension,
  ip,
  KEYS,
  keyUsage,
  oid,
  pem,
  privateKey,
  purposes,
  requestBody,
  revocationList,
  rsaKey,
  SERVER,
  sequence,
  signed,
  text,
  time,
  tlv,
  uri,
} from "./build.ts";
import type { Case } from "./cases.ts";

const host = alternativeNames(dns("service.example"), ip(10, 0, 0, 1));
export const serverLeaf: CertificateSpec = { extensions: [basicConstraints(false), keyUsage("1"), purposes(SERVER), host] };
const clientLeaf: CertificateSpec = { subject: "reporting client", extensions: [basicConstraints(false), keyUsage("1"), purposes(CLIENT)] };
export const root: CertificateSpec = {
  subject: "Example CA",
  extensions: [basicConstraints(true), keyUsage("0000011")],
  key: rsaKey(3072),
};
const intermediate: CertificateSpec = {
  issuer: "Example Root",
  subject: "Example CA",
  extensions: [basicConstraints(true, 0)],
  key: rsaKey(2048),
};
const selfSigned: CertificateSpec = { ...serverLeaf, issuer: "service.example" };

const file = (...parts: readonly string[]): Uint8Array => text(parts.join(""));
const of = (spec: CertificateSpec): Uint8Array => file(certificatePem(spec));
const keyPem = pem("PRIVATE KEY", privateKey());
const KEY_LINE = "-----BEGIN PRIVATE KEY-----";
const CERTIFICATE_LINE = "-----BEGIN CERTIFICATE-----";

export const loader = (role: Loader["role"], stack: Loader["stack"] = "rustls", reads: Loader["reads"] = "certificates"): Loader => ({
  call: "load",
  reads,
  stack,
  role,
});

export const encryptedKey = sequence(sequence(oid("1.2.840.113549.1.5.13"), sequence()), tlv(0x04, 1, 2, 3));

/** Ends so many seconds from 2026-01-01 on. */
const ending = (spec: CertificateSpec, seconds: number, from = "2025-01-01T00:00:00Z"): CertificateSpec => ({
  ...spec,
  notBefore: time(from),
  notAfter: time(new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()),
});
const DAY = 86_400;
const endOf = (spec: CertificateSpec): Uint8Array => spec.notAfter ?? new Uint8Array();

const expired: CertificateSpec = { ...ending(serverLeaf, -40 * DAY), serial: Uint8Array.of(0x11, 0x22, 0x44) };
const expiredRoot = ending(root, -40 * DAY);
const expiresNow = ending(serverLeaf, 0);
const expiredJustNow = ending(serverLeaf, -1);
const thirtyDays = ending(serverLeaf, 30 * DAY);
const twentyNineDays = ending(serverLeaf, 29 * DAY);
const lastDay = ending(serverLeaf, DAY, "2025-12-30T00:00:00Z");

const unknownExtension = extension("1.2.3.4", sequence(), true);
const caWithHosts: CertificateSpec = { issuer: "service.example", extensions: [basicConstraints(true), host] };
const plainCa: CertificateSpec = { issuer: "localhost", subject: "localhost", extensions: [basicConstraints(true)] };

export const usageCases = {
  "server-leaf": { about: "a server's certificate as it should be", make: () => of(serverLeaf) },
  "client-leaf": { about: "a client's certificate, which needs no alternative name", make: () => of(clientLeaf) },
  root: { about: "a root as it should be", make: () => of(root) },
  chain: { about: "leaf and intermediate in the right order", make: () => file(certificatePem(serverLeaf), certificatePem(intermediate)) },
  "self-signed-leaf": { about: "a self-signed certificate that is no authority", make: () => of(selfSigned), path: "certs/server.pem" },
  "binary-leaf": { about: "DER without PEM around it", make: () => certificate(serverLeaf) },
  "server-key": { about: "a key in a file of its own", make: () => file(keyPem), path: "certs/server.key" },
  "server-identity": {
    about: "key and certificate in one file, as HAProxy wants it",
    make: () => file(certificatePem(serverLeaf), keyPem),
    path: "server.pem",
  },
  "encrypted-key": {
    about: "an encrypted key in a trust bundle lies open to nobody",
    make: () => file(certificatePem(root), pem("ENCRYPTED PRIVATE KEY", encryptedKey)),
    path: "ca.pem",
  },
  "revocation-list": { about: "a revocation list as it should be", make: () => file(pem("X509 CRL", revocationList())) },
  request: {
    about: "a certificate request",
    make: () => file(pem("CERTIFICATE REQUEST", signed(requestBody("service.example", KEYS.p256, [host]), ALGORITHMS.ecdsaSha256))),
  },
  "spiffe-leaf": {
    about: "a server's and client's certificate with an identity instead of a host name",
    make: () =>
      of({
        ...serverLeaf,
        extensions: [basicConstraints(false), purposes(SERVER, CLIENT), alternativeNames(uri("spiffe://example/service"))],
      }),
    expect: [{ rule: "no-host-name", severity: "hint", covers: uri("spiffe://example/service") }],
  },

  "expired-leaf": {
    about: "expired 40 days ago",
    make: () => of(expired),
    expect: [{ rule: "expired-certificate", severity: "error", covers: endOf(expired), says: /expired 39 days ago|expired 40 days ago/ }],
  },
  "expired-binary": {
    about: "the same as DER: the finding counts bytes",
    make: () => certificate(expired),
    expect: [{ rule: "expired-certificate", severity: "error", covers: endOf(expired) }],
  },
  "expired-just-now": {
    about: "a second after its end",
    make: () => of(expiredJustNow),
    expect: [{ rule: "expired-certificate", severity: "error", covers: endOf(expiredJustNow), says: /less than a day ago/ }],
  },
  "expires-now": {
    about: "in its last second, which is still valid",
    make: () => of(expiresNow),
    expect: [{ rule: "expiring-certificate", severity: "warning", covers: endOf(expiresNow), says: /expires today/ }],
  },
  "expired-root": {
    about: "an expired root: one stack does not care, the other does",
    make: () => of(expiredRoot),
    expect: [
      {
        rule: "expired-certificate",
        severity: "warning",
        covers: endOf(expiredRoot),
        says: /root certificate expired 39 days ago, on 2025-11-22 00:00:00 UTC: OpenSSL rejects its chains/,
      },
    ],
  },
  "expired-root-for-rustls": {
    about: "an expired root that only rustls trusts",
    make: () => of(expiredRoot),
    usedAs: [loader("client-ca")],
    expect: [{ rule: "expired-certificate", severity: "info", covers: endOf(expiredRoot) }],
  },
  "expired-second-of-two": {
    about: "the finding stands in the second section",
    make: () => file(certificatePem(serverLeaf), certificatePem(expired)),
    expect: [{ rule: "expired-certificate", severity: "error", covers: endOf(expired) }],
  },
  "expiring-leaf": {
    about: "29 days before its end",
    make: () => of(twentyNineDays),
    expect: [{ rule: "expiring-certificate", severity: "warning", covers: endOf(twentyNineDays), says: /in 29 days/ }],
  },
  "expiring-at-the-limit": {
    about: "exactly 30 days before its end",
    make: () => of(thirtyDays),
    expect: [{ rule: "expiring-certificate", severity: "warning", covers: endOf(thirtyDays), says: /in 30 days/ }],
  },
  "not-yet-expiring": { about: "30 days and a second before its end", make: () => of(ending(serverLeaf, 30 * DAY + 1)) },
  "short-lived": { about: "more than a third of three days to go", make: () => of(ending(serverLeaf, DAY + 1, "2025-12-30T00:00:00Z")) },
  "short-lived-at-the-limit": {
    about: "a third of three days to go",
    make: () => of(lastDay),
    expect: [{ rule: "expiring-certificate", severity: "warning", covers: endOf(lastDay), says: /in 1 day,/ }],
  },

  "leaf-without-san": {
    about: "a server certificate with a common name only",
    make: () => of({ extensions: [basicConstraints(false), purposes(SERVER)] }),
    expect: [{ rule: "missing-subject-alternative-name", severity: "warning", covers: commonName("service.example") }],
  },
  "leaf-without-san-by-its-name": {
    about: "no purposes, and a common name that looks like a host",
    make: () => of({ subject: "localhost", extensions: [basicConstraints(false)] }),
    expect: [
      { rule: "missing-subject-alternative-name", severity: "info", covers: commonName("localhost") },
      { rule: "unrestricted-purpose", severity: "hint", covers: CERTIFICATE_LINE },
    ],
  },
  "leaf-with-empty-san": {
    about: "an alternative name that lists nothing",
    make: () => of({ extensions: [basicConstraints(false), purposes(SERVER), alternativeNames()] }),
    expect: [{ rule: "missing-subject-alternative-name", severity: "warning", covers: commonName("service.example") }],
  },
  "person-without-san": {
    about: "no purposes, and a common name that is no host",
    make: () => of({ subject: "Jane Doe", extensions: [basicConstraints(false)] }),
    expect: [{ rule: "unrestricted-purpose", severity: "hint", covers: CERTIFICATE_LINE }],
  },

  "ca-with-host-names": {
    about: "`openssl req -x509` with host names: a root that serves",
    make: () => of(caWithHosts),
    expect: [{ rule: "ca-as-end-entity", severity: "warning", covers: basicConstraints(true) }],
  },
  "ca-named-server": {
    about: "a root in a file named after a server",
    make: () => of(plainCa),
    path: "certs/server.pem",
    expect: [{ rule: "ca-as-end-entity", severity: "warning", covers: basicConstraints(true) }],
  },
  "ca-that-signs-named-server": {
    about: "the same, whose key usage is an authority's alone: what it says counts more than the name",
    make: () => of({ ...plainCa, extensions: [basicConstraints(true), keyUsage("0000011")] }),
    path: "certs/server.pem",
  },
  "ca-that-signs-and-speaks-named-server": {
    about: "a key usage for both: the name decides",
    make: () => of({ ...plainCa, extensions: [basicConstraints(true), keyUsage("1000011")] }),
    path: "certs/server.pem",
    expect: [{ rule: "ca-as-end-entity", severity: "warning", covers: basicConstraints(true) }],
  },
  "ca-with-host-names-named-ca": {
    about: "a root with host names, in a file that is named as an authority's",
    make: () => of(caWithHosts),
    path: "certs/root-ca.pem",
  },
  "ca-named-client-ca": { about: "a root in a file named after what it issues for", make: () => of(plainCa), path: "certs/client-ca.pem" },
  "ca-served": {
    about: "a root that the code serves as its own",
    make: () => of(plainCa),
    usedAs: [loader("own-chain")],
    expect: [{ rule: "ca-as-end-entity", severity: "error", covers: basicConstraints(true) }],
  },
  "ca-trusted": { about: "the same root, only trusted", make: () => of(caWithHosts), usedAs: [loader("server-ca")] },
  "wrong-order": {
    about: "the issuer before what it issued",
    make: () => file(certificatePem(intermediate), certificatePem(serverLeaf)),
    expect: [{ rule: "wrong-chain-order", severity: "warning", covers: CERTIFICATE_LINE, says: /OpenSSL/ }],
  },
  "ca-bundle": {
    about: "roots and intermediates to trust",
    make: () => file(certificatePem(intermediate), certificatePem(root)),
    path: "ca-bundle.pem",
  },

  "ca-bundle-with-key": {
    about: "a foreign key in a trust bundle",
    make: () => file(certificatePem(root), certificatePem(intermediate), keyPem),
    path: "certs/ca-bundle.pem",
    expect: [{ rule: "exposed-private-key", severity: "error", covers: KEY_LINE }],
  },
  "authority-with-its-key": {
    about: "an authority and its key in one file",
    make: () => file(certificatePem({ ...root, key: KEYS.p256 }), keyPem),
    path: "authority.pem",
    expect: [
      {
        rule: "exposed-private-key",
        severity: "warning",
        covers: KEY_LINE,
        says: /unencrypted CA private key is in the same file as its certificate/,
      },
    ],
  },
  "key-in-chain": {
    about: "a key in a file whose name promises a chain",
    make: () => file(certificatePem(serverLeaf), keyPem),
    path: "fullchain.pem",
    expect: [{ rule: "exposed-private-key", severity: "warning", covers: KEY_LINE }],
  },
  "key-in-trusted-file": {
    about: "a key in the file that the code loads its authorities from",
    make: () => file(certificatePem(root), keyPem),
    usedAs: [loader("client-ca")],
    expect: [{ rule: "exposed-private-key", severity: "error", covers: KEY_LINE }],
  },
  "ca-key": { about: "a CA's key in a file named as one", make: () => file(keyPem), path: "ca-key.pem" },
  "second-ca-key": { about: "the second of a CA's keys", make: () => file(keyPem), path: "certs/ca-key2.pem" },
  "key-named-ca": {
    about: "a key where certificates are expected",
    make: () => file(keyPem),
    path: "ca.crt",
    expect: [{ rule: "exposed-private-key", severity: "warning", covers: KEY_LINE }],
  },
  "unknown-critical-extension": {
    about: "a critical extension that nobody knows",
    make: () => of({ ...serverLeaf, extensions: [...(serverLeaf.extensions ?? []), unknownExtension] }),
    expect: [
      {
        rule: "unsupported-critical-extension",
        severity: "error",
        covers: unknownExtension,
        says: /rustls \(`UnsupportedCriticalExtension`\) and OpenSSL \(`unhandled critical extension`\) reject critical 1\.2\.3\.4/,
      },
    ],
  },
} satisfies Readonly<Record<string, Case>>;

/** The attribute as it stands in the subject. */
function commonName(value: string): Uint8Array {
  return sequence(oid("2.5.4.3"), tlv(0x0c, text(value)));
}
