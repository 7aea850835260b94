/** Cases of revocation lists: late, of the wrong kind, of the wrong key, and what they revoke. */
import {
  alternativeNames,
  certificatePem,
  dns,
  extension,
  integer,
  name,
  pem,
  revocationList as plainList,
  purposes,
  SERVER,
  sequence,
  text,
  time,
  tlv,
} from "./build.ts";
import type { Case } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { loader, serverLeaf } from "./cases-usage.ts";
import { authority, endEntity, revocationList } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const overdue = time("2025-12-31T23:59:59Z");
const due = time("2026-01-01T00:00:00Z");
const future = time("2026-01-01T00:00:01Z");
const list = (spec: Parameters<typeof plainList>[0] = {}): Uint8Array => text(pem("X509 CRL", plainList(spec)));

const delta = extension("2.5.29.27", integer(1), true);
const scope = (...parts: readonly Uint8Array[]): Uint8Array => extension("2.5.29.28", sequence(...parts), true);
const indirect = scope(tlv(0x84, 0xff));
const someReasons = scope(tlv(0x83, 0x06, 0x40));
const usersOnly = scope(tlv(0x81, 0xff));
const unknown = extension("1.2.3.4", sequence(), true);

const identities = once(async () => {
  const ca = await authority("List CA", undefined, NOW, -400, 3000);
  const mute = await authority("Mute CA", undefined, NOW, -400, 3000, "000001");
  const former = await authority("List CA", undefined, NOW, -900, 3000);
  const leaf = await endEntity("revoked.example", ca, NOW, [purposes(SERVER), alternativeNames(dns("revoked.example"))]);
  return { ca, mute, former, leaf, serial: tlv(0x02, leaf.serial) };
});
const signedList = async (of: "ca" | "mute" | "former"): Promise<Uint8Array> => {
  const all = await identities();
  return text(pem("X509 CRL", await revocationList(all[of], NOW, of === "ca" ? { revoked: [all.leaf.serial] } : {})));
};

export const listCases = {
  "list-overdue": {
    about: "a second after its next update",
    make: () => list({ nextUpdate: overdue }),
    expect: [{ rule: "stale-revocation-list", severity: "warning", covers: overdue, says: /less than a day ago/ }],
  },
  "list-overdue-for-openssl": {
    about: "the same, where OpenSSL reads it",
    make: () => list({ nextUpdate: overdue }),
    usedAs: [loader("unknown", "openssl", "crls")],
    expect: [{ rule: "stale-revocation-list", severity: "error", covers: overdue }],
  },
  "list-due": { about: "in the second of its next update", make: () => list({ nextUpdate: due }) },
  "list-not-due": { about: "a second before its next update", make: () => list({ nextUpdate: future }) },
  "list-of-the-future": {
    about: "made a second from now",
    make: () => list({ thisUpdate: future }),
    expect: [
      {
        rule: "stale-revocation-list",
        severity: "warning",
        covers: future,
        says: /CRL is not valid until 2026-01-01 00:00:01 UTC: OpenSSL rejects it/,
      },
    ],
  },
  "delta-list": {
    about: "completes another list",
    make: () => list({ extensions: [delta] }),
    expect: [{ rule: "unsupported-revocation-list", severity: "warning", covers: delta, says: /UnsupportedDeltaCrl/ }],
  },
  "delta-list-for-rustls": {
    about: "the same, where rustls reads it",
    make: () => list({ extensions: [delta] }),
    usedAs: [loader("unknown", "rustls", "crls")],
    expect: [{ rule: "unsupported-revocation-list", severity: "error", covers: delta }],
  },
  "indirect-list": {
    about: "of other authorities' certificates",
    make: () => list({ extensions: [indirect] }),
    expect: [{ rule: "unsupported-revocation-list", severity: "warning", covers: indirect, says: /UnsupportedIndirectCrl/ }],
  },
  "list-of-some-reasons": {
    about: "of stolen keys only",
    make: () => list({ extensions: [someReasons] }),
    expect: [{ rule: "unsupported-revocation-list", severity: "warning", covers: someReasons }],
  },
  "list-of-end-entities": { about: "of end entities only, which rustls reads", make: () => list({ extensions: [usersOnly] }) },
  "list-with-unknown-extension": {
    about: "a critical extension that nobody knows",
    make: () => list({ extensions: [unknown] }),
    expect: [{ rule: "unsupported-revocation-list", severity: "warning", covers: unknown }],
  },
  "list-of-its-authority": {
    about: "signed by the authority that lies beside it",
    make: () => signedList("ca"),
    path: "/w/ca.crl",
    beside: async () => ({ "/w/ca.pem": (await identities()).ca.pem }),
  },
  "list-of-former-key": {
    about: "signed with the authority's former key",
    make: () => signedList("former"),
    path: "/w/ca.crl",
    beside: async () => ({ "/w/ca.pem": (await identities()).ca.pem }),
    expect: [{ rule: "unmatched-revocation-list", severity: "warning", covers: name("List CA"), says: /key identifiers differ/ }],
  },
  "forged-list": {
    about: "no key identifier, and not signed by the authority of the name",
    make: () => list({ issuer: "List CA" }),
    path: "/w/ca.crl",
    beside: async () => ({ "/w/ca.pem": (await identities()).ca.pem }),
    expect: [{ rule: "unmatched-revocation-list", severity: "error", covers: name("List CA"), says: /InvalidCrlSignature/ }],
  },
  "list-of-a-mute-authority": {
    about: "signed by an authority whose key usage has no cRLSign",
    make: () => signedList("mute"),
    path: "/w/ca.crl",
    beside: async () => ({ "/w/ca.pem": (await identities()).mute.pem }),
    expect: [{ rule: "unmatched-revocation-list", severity: "error", covers: name("Mute CA"), says: /IssuerNotCrlSigner/ }],
  },
  "revoked-leaf": {
    about: "its serial number is on the list beside it",
    make: async () => text((await identities()).leaf.pem),
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.crl": await signedList("ca"), "/w/ca.pem": (await identities()).ca.pem }),
    expect: [{ rule: "revoked-certificate", severity: "error", covers: "serial", says: /was revoked on 2025-11-01/ }],
  },
  "revoked-by-a-forged-list": {
    about: "a list that its authority did not sign revokes nothing",
    make: async () => text((await identities()).leaf.pem),
    path: "/w/server.pem",
    beside: async () => ({
      "/w/ca.crl": pem("X509 CRL", plainList({ issuer: "List CA", revoked: [(await identities()).leaf.serial] })),
      "/w/ca.pem": (await identities()).ca.pem,
    }),
  },
  "not-on-the-list": {
    about: "the same serial number of another issuer",
    make: () => text(certificatePem({ ...serverLeaf, issuer: "Another CA", serial: Uint8Array.of(7) })),
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.crl": list() }),
    expect: [{ rule: "irrevocable-certificate", severity: "hint", covers: "-----BEGIN CERTIFICATE-----" }],
  },
  "on-the-list-in-the-file": {
    about: "list and certificate in one file",
    make: () => text(certificatePem({ ...serverLeaf, serial: Uint8Array.of(7) }) + pem("X509 CRL", plainList())),
    expect: [{ rule: "revoked-certificate", severity: "error", covers: tlv(0x02, 7), says: /in this file/ }],
  },
} satisfies Readonly<Record<string, Case>>;
