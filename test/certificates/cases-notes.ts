/** Cases of what is worth knowing of a certificate beside its faults: how long, for what and for whom it is good, and who would believe it. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  bytes,
  type CertificateSpec,
  CLIENT,
  certificate,
  certificateBody,
  certificatePem,
  dns,
  extension,
  ip,
  keyUsage,
  oid,
  pem,
  privateKey,
  purposes,
  rsaKey,
  SERVER,
  sequence,
  signed,
  text,
  time,
  tlv,
  uri,
} from "./build.ts";
import type { Case, Expectation } from "./cases.ts";
import { once } from "./cases-chain.ts";
import { encryptedKey, loader } from "./cases-usage.ts";
import { authority, endEntity, issue, revocationList, sign } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const BEGIN = "-----BEGIN CERTIFICATE-----";

const host = alternativeNames(dns("service.example"));
const usual = [basicConstraints(false), keyUsage("1"), purposes(SERVER), host];
const of = (spec: CertificateSpec): Uint8Array => text(certificatePem(spec));
const leaf = (...extensions: readonly Uint8Array[]): Uint8Array =>
  of({ extensions: [basicConstraints(false), keyUsage("1"), ...extensions] });
const note = (rule: string, severity: Expectation["severity"], covers: Expectation["covers"], says?: RegExp): readonly Expectation[] => [
  { rule, severity, covers, ...(says !== undefined && { says }) },
];

const endsIn = (end: Uint8Array, spec: CertificateSpec = { extensions: usual }): Uint8Array => of({ ...spec, notAfter: end });
const noEnd = time("9999-12-31T23:59:59Z");
const identity = uri("spiffe://example/service");

const hosts = [purposes(SERVER), host];
/** Made once: the cases of a run share their authorities. */
const identities = once(async () => {
  const root = await authority("Note Root", undefined, NOW, -400, 3000);
  const other = await authority("Other Note Root", undefined, NOW, -400, 3000);
  const intermediate = await authority("Note CA", root, NOW, -200, 1000);
  const lived = (name: string, days: number, ...more: readonly Uint8Array[]) =>
    issue(name, root, [NOW - 10 * DAY, NOW + (days - 10) * DAY], [basicConstraints(false), keyUsage("1"), ...hosts, ...more]);
  const responder = extension("1.3.6.1.5.5.7.1.1", sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), uri("http://ocsp.example"))));
  return {
    root,
    other,
    intermediate,
    leaf: await endEntity("service.example", intermediate, NOW, hosts),
    client: await endEntity("reporting client", intermediate, NOW, [purposes(CLIENT)]),
    direct: await endEntity("direct.example", root, NOW, hosts),
    of89: await lived("of89.example", 89),
    of90: await lived("of90.example", 90),
    of91: await lived("of91.example", 91),
    responding: await lived("responding.example", 91, responder),
  };
});
type Identities = Awaited<ReturnType<typeof identities>>;
const made = (make: (all: Identities) => string) => async () => text(make(await identities()));
const besides = (make: (all: Identities) => Readonly<Record<string, string>>) => async () => make(await identities());
const rootBeside = besides(({ root }) => ({ "/w/root.pem": root.pem }));

/** The issuer with one key and two certificates: its own root's, and one that another root vouches with. */
const crossSigned = once(async () => {
  const { other, intermediate } = await identities();
  const body = certificateBody({
    serial: bytes(0x40, new Uint8Array(15).fill(7)),
    issuer: other.name,
    subject: intermediate.name,
    notBefore: time(new Date(NOW - 100 * DAY).toISOString()),
    notAfter: time(new Date(NOW + 500 * DAY).toISOString()),
    key: new Uint8Array(await crypto.subtle.exportKey("spki", intermediate.pair.publicKey)),
    extensions: [
      basicConstraints(true, 0),
      keyUsage("0000011"),
      extension("2.5.29.14", tlv(0x04, intermediate.keyId)),
      extension("2.5.29.35", sequence(tlv(0x80, other.keyId))),
    ],
  });
  return pem("CERTIFICATE", signed(body, ALGORITHMS.ecdsaSha256, await sign(other.pair, body)));
});

/** What `openssl x509 -noout -modulus | sha1sum` says of `rsaKey(2048)`, without its first twenty digits. */
const LISTED = "f36f99ca8f671d9f371c";

export const noteCases = {
  "leaf-of-9998": { about: "ends a second before the end of time", make: () => endsIn(time("9999-12-31T23:59:58Z")) },
  "leaf-of-9999": {
    about: "the date that stands for no end",
    make: () => endsIn(noEnd),
    expect: note("endless-certificate", "info", noEnd, /certificate never expires \(`99991231235959Z`\)/),
  },
  "authority-of-9999": {
    about: "the same of an authority",
    make: () => endsIn(noEnd, { subject: "Example CA", extensions: [basicConstraints(true), keyUsage("0000011")] }),
    expect: note("endless-certificate", "info", noEnd, /certificate never expires \(`99991231235959Z`\)/),
  },

  "leaf-without-purposes": {
    about: "a server's as well as a client's",
    make: () => leaf(host),
    expect: note("unrestricted-purpose", "hint", BEGIN, /certificate has no EKU: it is accepted for servers and for clients/),
  },
  "authority-without-purposes": {
    about: "an authority limits what is below it by purposes, or does not",
    make: () => of({ subject: "Example CA", issuer: "Example Root", extensions: [basicConstraints(true), keyUsage("0000011")] }),
  },

  "identity-of-a-server": {
    about: "SPIFFE, and for servers only",
    make: () => leaf(purposes(SERVER), alternativeNames(identity)),
    expect: note("no-host-name", "hint", identity, /CertNotValidForName/),
  },
  "identity-of-a-client": { about: "clients have no host", make: () => leaf(purposes(CLIENT), alternativeNames(identity)) },
  "identity-in-order": {
    about: "an identity beside a host",
    make: () => leaf(purposes(SERVER), alternativeNames(identity, dns("service.example"))),
  },
  "identity-with-an-address": {
    about: "an identity beside an address",
    make: () => leaf(purposes(SERVER), alternativeNames(identity, ip(10, 0, 0, 1))),
  },

  "leaf-of-89-days": { about: "below the limit", make: made((it) => it.of89.pem), path: "/w/server.pem", beside: rootBeside },
  "leaf-of-90-days": { about: "at the limit", make: made((it) => it.of90.pem), path: "/w/server.pem", beside: rootBeside },
  "leaf-of-91-days": {
    about: "above the limit, and nobody can learn of its revocation",
    make: made((it) => it.of91.pem),
    path: "/w/server.pem",
    beside: rootBeside,
    expect: note("irrevocable-certificate", "hint", BEGIN, /certificate cannot be revoked: it names neither a CRL nor an OCSP responder/),
  },
  "leaf-with-a-responder": {
    about: "an OCSP responder is named",
    make: made((it) => it.responding.pem),
    path: "/w/server.pem",
    beside: rootBeside,
  },
  "leaf-whose-list-lies-here": {
    about: "nothing is named, and the list is in the workspace",
    make: made((it) => it.of91.pem),
    path: "/w/server.pem",
    beside: async () => {
      const { root } = await identities();
      return { "/w/root.pem": root.pem, "/w/root.crl": text(pem("X509 CRL", await revocationList(root, NOW))) };
    },
  },

  "cross-signed-issuer": {
    about: "the issuer's certificate of its own root, and one of another root that ends first",
    make: async () => text((await identities()).leaf.pem + (await identities()).intermediate.pem + (await crossSigned())),
    path: "/w/server.pem",
    expect: note("several-paths", "info", BEGIN, /issuer of `service\.example` has 2 certificates that expire at different times/),
  },
  "cross-signed-issuer-elsewhere": {
    about: "the other one lies in another file",
    make: made((it) => it.leaf.pem + it.intermediate.pem),
    path: "/w/server.pem",
    beside: async () => ({ "/w/root.pem": (await identities()).root.pem, "/w/cross.pem": await crossSigned() }),
    expect: note("several-paths", "info", BEGIN, /2 certificates/),
  },
  "one-path": { about: "an issuer with one certificate", make: made((it) => it.leaf.pem + it.intermediate.pem), path: "/w/server.pem" },

  "served-without-key": {
    about: "the code serves it, and its key is nowhere",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ root, leaf: one }) => ({ "/w/root.pem": root.pem, "/w/other.key": one.key })),
    expect: note("missing-key", "info", BEGIN, /`direct.example`/),
  },
  "served-with-key": {
    about: "its key lies in another folder",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ root, direct }) => ({ "/w/root.pem": root.pem, "/w/keys/other.key": direct.key })),
  },
  "served-with-closed-key": {
    about: "an encrypted key may be the one",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ root }) => ({ "/w/root.pem": root.pem, "/w/server.key": pem("ENCRYPTED PRIVATE KEY", encryptedKey) })),
  },

  "served-below-the-trusted-root": {
    about: "the code trusts the root of what it serves",
    make: made((it) => it.leaf.pem + it.intermediate.pem),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ root, leaf: one }) => ({ "/w/root.pem": root.pem, "/w/server.key": one.key })),
    trusts: { "/w/root.pem": "server-ca" },
  },
  "served-below-another-root": {
    about: "the code trusts another root for servers",
    make: made((it) => it.leaf.pem + it.intermediate.pem),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ other, leaf: one }) => ({ "/w/ca.pem": other.pem, "/w/server.key": one.key })),
    trusts: { "/w/ca.pem": "server-ca" },
    expect: note("unreachable-anchor", "info", BEGIN, /no certification path from `service\.example` to the trust anchors in `ca\.pem`/),
  },
  "served-beside-a-root-for-clients": {
    about: "who is trusted as a client says nothing of a server",
    make: made((it) => it.leaf.pem + it.intermediate.pem),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ other, leaf: one }) => ({ "/w/ca.pem": other.pem, "/w/server.key": one.key })),
    trusts: { "/w/ca.pem": "client-ca" },
  },
  "client-below-another-root": {
    about: "a client whom the server of the same workspace does not know",
    make: made((it) => it.client.pem + it.intermediate.pem),
    path: "/w/client.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ other, client }) => ({ "/w/ca.pem": other.pem, "/w/client.key": client.key })),
    trusts: { "/w/ca.pem": "client-ca" },
    expect: note("unreachable-anchor", "info", BEGIN),
  },
  "client-of-an-intermediate-elsewhere": {
    about: "the way leads through another file",
    make: made((it) => it.client.pem),
    path: "/w/client.pem",
    usedAs: [loader("own-chain")],
    beside: besides(({ root, intermediate, client }) => ({
      "/w/ca.pem": root.pem,
      "/w/issuing.pem": intermediate.pem,
      "/w/client.key": client.key,
    })),
    trusts: { "/w/ca.pem": "client-ca" },
    expect: note("missing-intermediate", "error", BEGIN),
  },

  "list-of-another-point": {
    about: "the authority's list is for other certificates than this one",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    beside: () => listBeside("http://lists.example/other.crl"),
    expect: note(
      "missing-revocation-list",
      "warning",
      BEGIN,
      /no CRL of its CA covers `direct\.example`: the CRL is that of `http:\/\/lists\.example\/other\.crl`, not of `http:\/\/lists\.example\/ca\.crl`/,
    ),
  },
  "list-of-its-point": {
    about: "the list is the one that the certificate names",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    beside: () => listBeside("http://lists.example/ca.crl"),
  },
  "list-for-authorities": {
    about: "the list is for authorities only",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    beside: () => listBeside(undefined, tlv(0x82, 0xff)),
    expect: note("missing-revocation-list", "warning", BEGIN, /no CRL of its CA covers `direct\.example`: the CRL is for CAs only/),
  },
  "list-for-end-entities": {
    about: "the list is for end entities only",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    beside: () => listBeside(undefined, tlv(0x81, 0xff)),
  },
  "two-lists-one-of-which-is-its-point": {
    about: "a list of another part lies beside the right one",
    make: made((it) => it.direct.pem),
    path: "/w/server.pem",
    beside: async () => {
      const [one, two] = [await listBeside("http://lists.example/other.crl"), await listBeside("http://lists.example/ca.crl")];
      return { ...one, "/w/second.crl": two["/w/root.crl"] };
    },
  },

  "key-that-is-listed": {
    about: "a key of a list of weak ones",
    make: () => of({ key: rsaKey(2048), extensions: usual }),
    listedKeys: [LISTED],
    expect: note("recoverable-key", "error", rsaKey(2048), new RegExp(`list of weak keys \\(\`${LISTED}\`\\)`)),
  },
  "key-that-is-not-listed": {
    about: "another key than those of the list",
    make: () => of({ key: rsaKey(3072), extensions: usual }),
    listedKeys: [LISTED],
  },
  "curve-and-a-list": { about: "no RSA key", make: () => of({ extensions: usual }), listedKeys: [LISTED] },

  "text-behind-the-section": {
    about: "the message of a command that failed",
    make: () => text(`${certificatePem({ extensions: usual })}unable to load certificate\nerror: no start line\n`),
    expect: note(
      "text-outside-sections",
      "info",
      "unable to load certificate",
      /2 lines outside of the PEM sections are ignored by every reader/,
    ),
  },
  "text-before-the-section": {
    about: "the mark of a merge",
    make: () => text(`<<<<<<< HEAD\n${certificatePem({ extensions: usual })}`),
    expect: note("text-outside-sections", "info", "<<<<<<< HEAD", /line outside of the PEM sections is ignored by every reader/),
  },
  "text-of-tools": {
    about: "front matter, comments, names of roots, attributes, subjects and dumps, as tools write them",
    make: () => {
      const one = certificatePem({ extensions: usual });
      const parts = [
        "---\nsource: tests/chains.rs\nexpression: chain\n---\n# the server of the shop\n",
        "\nNetLock Arany\n=============\n",
        "Bag Attributes\n    friendlyName: shop\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n",
        "subject=CN = service.example\nissuer=CN = Example CA\n\n",
        "Certificate chain\n 0 s:CN = service.example\n   i:CN = Example CA\n   a:PKEY: rsaEncryption\n   v:NotBefore: today\n",
        "Certificate:\n    Data:\n        Version: 3 (0x2)\n    Signature Algorithm: ecdsa-with-SHA256\n         30:45:02\n",
      ];
      return text(parts[0] + one + parts.slice(1).join(""));
    },
  },

  "key-store-of-two-owners": {
    about: "key and certificate that name others as their own",
    make: () => openStore(1, 2),
    expect: note("key-mismatch", "warning", bytes(0x30), /localKeyID/),
  },
  "key-store-of-one-owner": { about: "key and certificate that name each other", make: () => openStore(1, 1) },
  "key-store-without-identifiers": { about: "nothing names anything", make: () => openStore(undefined, undefined) },
} satisfies Readonly<Record<string, Case>>;

/** The root's list, limited to a distribution point or by a flag (RFC 5280 §5.2.5). */
async function listBeside(address: string | undefined, ...flags: readonly Uint8Array[]) {
  const { root, direct } = await identities();
  const point = address === undefined ? [] : [tlv(0xa0, tlv(0xa0, uri(address)))];
  const list = await revocationList(root, NOW, {
    extensions: [extension("2.5.29.35", sequence(tlv(0x80, root.keyId))), extension("2.5.29.28", sequence(...point, ...flags), true)],
  });
  return { "/w/root.pem": root.pem, "/w/server.key": direct.key, "/w/root.crl": text(pem("X509 CRL", list)) };
}

/** PKCS#12 whose parts all lie open (RFC 7292), checked by HMAC. */
function openStore(keyId: number | undefined, certificateId: number | undefined): Uint8Array {
  const named = (id: number | undefined): readonly Uint8Array[] =>
    id === undefined ? [] : [tlv(0x31, sequence(oid("1.2.840.113549.1.9.21"), tlv(0x31, tlv(0x04, id))))];
  const bag = (kind: number, value: Uint8Array, id: number | undefined): Uint8Array =>
    sequence(oid(`1.2.840.113549.1.12.10.1.${kind}`), tlv(0xa0, value), ...named(id));
  const held = sequence(oid("1.2.840.113549.1.9.22.1"), tlv(0xa0, tlv(0x04, certificate({ extensions: usual }))));
  const bags = sequence(bag(1, privateKey(), keyId), bag(3, held, certificateId));
  const part = (content: Uint8Array): Uint8Array => sequence(oid("1.2.840.113549.1.7.1"), tlv(0xa0, tlv(0x04, content)));
  const mac = sequence(
    sequence(sequence(oid("2.16.840.1.101.3.4.2.1"), tlv(0x05)), tlv(0x04, bytes(1, 2, 3))),
    tlv(0x04, 1, 2, 3, 4, 5, 6, 7, 8),
    tlv(0x02, 0x08, 0x00),
  );
  return sequence(tlv(0x02, 3), part(sequence(part(bags))), mac);
}
