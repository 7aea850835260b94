/** Cases of what two certificates must not have in common, and of authorities without a revocation list. */
import {
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  certificatePem,
  dns,
  extension,
  KEYS,
  keyUsage,
  pem,
  purposes,
  rsaKey,
  SERVER,
  sequence,
  text,
  time,
  tlv,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { authority, endEntity, issue, revocationList } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const named = (host: string, spec: CertificateSpec = {}): CertificateSpec => ({
  subject: host,
  key: rsaKey(2048 + 8 * host.charCodeAt(0)),
  ...spec,
  extensions: [basicConstraints(false), keyUsage("1"), purposes(SERVER), alternativeNames(dns(host)), ...(spec.extensions ?? [])],
});
const of = (...specs: readonly CertificateSpec[]): Uint8Array => text(specs.map(certificatePem).join(""));
const serial = (last: number): Uint8Array => bytes(0x11, 0x22, last);
const number = (last: number): Uint8Array => tlv(0x02, serial(last));
const issuedBy = (id: number): Uint8Array => extension("2.5.29.35", sequence(tlv(0x80, id)));
const ca = (spec: CertificateSpec = {}): CertificateSpec => ({
  subject: "Example CA",
  serial: serial(9),
  extensions: [basicConstraints(true), keyUsage("0000011")],
  ...spec,
});

const identities = once(async () => {
  const root = await authority("List Root", undefined, NOW, -400, 3000);
  const upper = await issue("List Upper CA", root, [NOW - 300 * DAY, NOW + 2000 * DAY], [basicConstraints(true), keyUsage("0000011")]);
  const leaf = await endEntity("listed.example", upper, NOW, [purposes(SERVER), alternativeNames(dns("listed.example"))]);
  const list = async (of: typeof root): Promise<string> => pem("X509 CRL", await revocationList(of, NOW));
  return { root, upper, leaf, rootList: await list(root), upperList: await list(upper) };
});
const chain = async (): Promise<Uint8Array> => {
  const { leaf, upper } = await identities();
  return text(leaf.pem + upper.pem);
};

/** No list of their authority lies in the workspace. */
const irrevocable: Expectation = { rule: "irrevocable-certificate", severity: "hint", covers: "-----BEGIN CERTIFICATE-----" };

export const sharedCases = {
  "serial-number-twice": {
    about: "two certificates of one authority with one number",
    make: () => of(named("a.example", { serial: serial(1) }), named("b.example", { serial: serial(1) })),
    expect: [{ rule: "shared-serial-number", severity: "warning", covers: number(1), says: /`b.example` has the same .* as `a.example`/ }],
  },
  "serial-numbers-in-order": {
    about: "two certificates with numbers of their own",
    make: () => of(named("a.example", { serial: serial(1) }), named("b.example", { serial: serial(2) })),
  },
  "serial-number-of-two-authorities": {
    about: "the same number of two authorities",
    make: () => of(named("a.example", { serial: serial(1) }), named("b.example", { serial: serial(1), issuer: "Another CA" })),
  },
  "serial-number-of-two-keys": {
    about: "two authorities of one name, told apart by their keys",
    make: () =>
      of(
        named("a.example", { serial: serial(1), extensions: [issuedBy(1)] }),
        named("b.example", { serial: serial(1), extensions: [issuedBy(2)] }),
      ),
  },
  "serial-number-in-another-file": {
    about: "the other one lies beside it",
    make: () => of(named("a.example", { serial: serial(1) })),
    path: "/w/a.pem",
    beside: async () => ({ "/w/b.pem": of(named("b.example", { serial: serial(1) })) }),
    expect: [irrevocable, { rule: "shared-serial-number", severity: "warning", covers: number(1), says: /in `b.pem`/ }],
  },
  "serial-number-in-a-copy": {
    about: "the same certificate in another file",
    make: () => of(named("a.example", { serial: serial(1) })),
    path: "/w/a.pem",
    beside: async () => ({ "/w/b.pem": of(named("a.example", { serial: serial(1) })) }),
    expect: [irrevocable],
  },

  "key-of-its-authority": {
    about: "a server with the key of its authority",
    make: () => of(named("a.example", { key: KEYS.p256 }), ca({ key: KEYS.p256 })),
    expect: [
      { rule: "root-in-chain", severity: "info", covers: "-----BEGIN CERTIFICATE-----" },
      { rule: "shared-key", severity: "error", covers: KEYS.p256, says: /`Example CA` has the same key as `a.example`/ },
    ],
  },
  "key-of-another-service": {
    about: "two services with one key",
    make: () => of(named("a.example", { key: KEYS.p256, serial: serial(1) }), named("b.example", { key: KEYS.p256, serial: serial(2) })),
    expect: [
      { rule: "shared-key", severity: "warning", covers: KEYS.p256, says: /`b\.example` has the same key as `a\.example` in this file/ },
    ],
  },
  "key-of-another-file": {
    about: "the other service lies beside it",
    make: () => of(named("a.example", { key: KEYS.p256, serial: serial(1) })),
    path: "/w/a.pem",
    beside: async () => ({ "/w/b.pem": of(named("b.example", { key: KEYS.p256, serial: serial(2) })) }),
    expect: [irrevocable, { rule: "shared-key", severity: "warning", covers: KEYS.p256, says: /in `b.pem`/ }],
  },
  "renewed-with-its-key": {
    about: "a renewal with the same key",
    make: () =>
      of(
        named("a.example", { key: KEYS.p256, serial: serial(1) }),
        named("a.example", { key: KEYS.p256, serial: serial(2), notAfter: time("2027-01-01T00:00:00Z") }),
      ),
  },
  "renewed-with-another-subject": {
    about: "a renewal under another subject, with a name in common",
    make: () =>
      of(named("a.example", { key: KEYS.p256, serial: serial(1) }), {
        ...named("a.example", { key: KEYS.p256, serial: serial(2) }),
        subject: "service a",
      }),
  },
  "cross-signed-with-its-key": {
    about: "an authority that another one has certified, too",
    make: () => of(ca({ key: KEYS.p256 }), ca({ key: KEYS.p256, issuer: "Another Root", serial: serial(8) })),
    path: "/w/ca.pem",
  },

  "chain-with-one-list": {
    about: "a list of the issuing authority, none of the root",
    make: chain,
    path: "/w/server.pem",
    beside: async () => {
      const { root, upperList } = await identities();
      return { "/w/ca.pem": root.pem, "/w/upper.crl": upperList };
    },
    expect: [
      {
        rule: "missing-revocation-list",
        severity: "warning",
        covers: "-----BEGIN CERTIFICATE-----",
        says: /no CRL of `List Root` covers `List Upper CA`, while other CRLs of this chain exist/,
      },
    ],
  },
  "chain-with-all-lists": {
    about: "a list of every authority",
    make: chain,
    path: "/w/server.pem",
    beside: async () => {
      const { root, upperList, rootList } = await identities();
      return { "/w/ca.pem": root.pem, "/w/upper.crl": upperList, "/w/root.crl": rootList };
    },
  },
  "chain-without-lists": {
    about: "nobody has lists",
    make: chain,
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.pem": (await identities()).root.pem }),
  },
} satisfies Readonly<Record<string, Case>>;
