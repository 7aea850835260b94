/** Cases of certificates that hang together, or fail to: really signed, in one file or in several. */
import {
  ALGORITHMS,
  alternativeNames,
  basicConstraints,
  certificateBody,
  certificatePem,
  dns,
  extension,
  KEYS,
  keyUsage,
  name,
  noise,
  pem,
  purposes,
  rsaKey,
  SERVER,
  sequence,
  signed,
  text,
  time,
  tlv,
} from "./build.ts";
import type { Case } from "./cases.ts";
import { loader } from "./cases-usage.ts";
import { authority, endEntity, issue } from "./examples.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
const BEGIN = "-----BEGIN CERTIFICATE-----";

/** Made once: the cases of a run share their authorities. */
const identities = once(async () => {
  const root = await authority("Chain Root", undefined, NOW, -400, 3000);
  const upper = await issue("Chain Upper CA", root, [NOW - 300 * DAY, NOW + 2000 * DAY], [basicConstraints(true), keyUsage("0000011")]);
  const intermediate = await authority("Chain CA", root, NOW, -200, 1000);
  const lower = await authority("Chain Lower CA", upper, NOW, -200, 900);
  const renewed = await authority("Chain CA", root, NOW, -10, 1500);
  const stranger = await authority("Strange CA", undefined, NOW, -100, 1500);
  const strangeIssuer = await authority("Strange Issuer", stranger, NOW, -100, 1500);
  const ending = await authority("Ending CA", root, NOW, -300, 100);
  const hosts = [purposes(SERVER), alternativeNames(dns("service.example"))];
  return {
    root,
    upper,
    intermediate,
    lower,
    renewed,
    stranger,
    strangeIssuer,
    ending,
    leaf: await endEntity("service.example", intermediate, NOW, hosts),
    deep: await endEntity("deep.example", lower, NOW, hosts),
    outliving: await endEntity("outliving.example", ending, NOW, hosts),
    direct: await endEntity("direct.example", root, NOW, hosts),
  };
});
type Identities = Awaited<ReturnType<typeof identities>>;

const of = (make: (all: Identities) => readonly string[]) => async () => text(make(await identities()).join(""));

const printable = [["2.5.4.3", tlv(0x13, text("Chain CA"))]] as const;

export const chainCases = {
  "signed-chain": { about: "a chain as it should be", make: of((it) => [it.leaf.pem, it.intermediate.pem]), path: "/w/server.pem" },
  "signed-chain-deep": {
    about: "two intermediates in order",
    make: of((it) => [it.deep.pem, it.lower.pem, it.upper.pem]),
    path: "/w/server.pem",
    beside: async () => ({ "/w/root.pem": (await identities()).root.pem }),
  },
  "intermediates-swapped": {
    about: "the leaf first, its issuers in the wrong order",
    make: of((it) => [it.deep.pem, it.upper.pem, it.lower.pem]),
    expect: [{ rule: "wrong-chain-order", severity: "warning", covers: BEGIN, says: /TLS 1\.2/ }],
  },
  "leaf-last": {
    about: "root, issuer, leaf: everything upside down, and served",
    make: of((it) => [it.intermediate.pem, it.leaf.pem]),
    usedAs: [loader("own-chain")],
    expect: [{ rule: "wrong-chain-order", severity: "error", covers: BEGIN, says: /CaUsedAsEndEntity/ }],
  },
  "duplicate-in-chain": {
    about: "the intermediate twice",
    make: of((it) => [it.leaf.pem, it.intermediate.pem, it.intermediate.pem]),
    expect: [{ rule: "duplicate-certificate", severity: "warning", covers: BEGIN, says: /`Chain CA` repeats certificate 2 of this file/ }],
  },
  "duplicate-in-bundle": {
    about: "a root twice among those that are trusted",
    make: of((it) => [it.root.pem, it.stranger.pem, it.root.pem]),
    usedAs: [loader("client-ca")],
    expect: [
      { rule: "duplicate-certificate", severity: "warning", covers: BEGIN, says: /`Chain Root` repeats certificate 1 of this file/ },
    ],
  },
  "duplicate-among-alike": {
    about: "three roots that end in the same bytes, the last of which is the first",
    make: () => {
      const of = (name: string, key: Uint8Array): string =>
        certificatePem({ issuer: name, subject: name, key, extensions: [basicConstraints(true), keyUsage("0000011")] });
      const one = of("One CA", KEYS.p256);
      const other = of("Other CA", rsaKey(3072));
      return text(one + other + one);
    },
    usedAs: [loader("client-ca")],
    expect: [{ rule: "duplicate-certificate", severity: "warning", covers: BEGIN, says: /`One CA` repeats certificate 1 of this file/ }],
  },
  "unrelated-in-chain": {
    about: "another authority's intermediate",
    make: of((it) => [it.leaf.pem, it.intermediate.pem, it.strangeIssuer.pem]),
    expect: [
      {
        rule: "unrelated-certificate",
        severity: "warning",
        covers: BEGIN,
        says: /`Strange Issuer` is not part of the chain of `service\.example`/,
      },
    ],
  },
  "former-intermediate-in-chain": {
    about: "the authority's former certificate of the same name: key identifiers tell",
    make: of((it) => [it.leaf.pem, it.renewed.pem]),
    expect: [{ rule: "unrelated-certificate", severity: "warning", covers: BEGIN }],
  },
  "unrelated-among-trusted": {
    about: "a leaf and authorities in a file that is trusted, by its name",
    make: of((it) => [it.leaf.pem, it.stranger.pem]),
    path: "/w/trusted-cas.pem",
  },
  "root-in-chain": {
    about: "leaf, intermediate, root",
    make: of((it) => [it.leaf.pem, it.intermediate.pem, it.root.pem]),
    expect: [{ rule: "root-in-chain", severity: "info", covers: BEGIN }],
  },
  "root-in-chain-and-trusted": {
    about: "the same, where the code trusts the file as well",
    make: of((it) => [it.leaf.pem, it.intermediate.pem, it.root.pem]),
    usedAs: [loader("own-chain"), loader("client-ca")],
    expect: [{ rule: "leaf-as-anchor", severity: "warning", covers: BEGIN }],
  },
  "lone-leaf": {
    about: "the intermediate lies in another file, the root in a third",
    make: of((it) => [it.leaf.pem]),
    path: "/w/server.pem",
    beside: async () => {
      const { intermediate, root } = await identities();
      return { "/w/ca/issuing.pem": intermediate.pem, "/w/ca/root.pem": root.pem };
    },
    expect: [
      {
        rule: "missing-intermediate",
        severity: "warning",
        covers: BEGIN,
        says: /intermediate `Chain CA` is missing: peers that trust only the root reject `service\.example`/,
      },
    ],
  },
  "lone-leaf-served": {
    about: "the same, and the code serves it",
    make: of((it) => [it.leaf.pem]),
    path: "/w/server.pem",
    usedAs: [loader("own-chain")],
    beside: async () => {
      const { intermediate, root } = await identities();
      return { "/w/ca/issuing.pem": intermediate.pem, "/w/ca/root.pem": root.pem };
    },
    expect: [
      { rule: "missing-intermediate", severity: "error", covers: BEGIN },
      { rule: "missing-key", severity: "info", covers: BEGIN },
    ],
  },
  "lone-leaf-below-two": {
    about: "two are missing",
    make: of((it) => [it.deep.pem]),
    path: "/w/server.pem",
    beside: async () => {
      const { lower, upper, root } = await identities();
      return { "/w/ca.pem": lower.pem + upper.pem + root.pem };
    },
    expect: [{ rule: "missing-intermediate", severity: "warning", covers: BEGIN, says: /and 1 above it/ }],
  },
  "lone-leaf-of-an-anchor": {
    about: "nothing is known above the intermediate: it may be what others trust",
    make: of((it) => [it.leaf.pem]),
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.pem": (await identities()).intermediate.pem }),
    expect: [{ rule: "missing-intermediate", severity: "info", covers: BEGIN }],
  },
  "lone-leaf-of-a-root": {
    about: "issued by a root, which is not to be sent",
    make: of((it) => [it.direct.pem]),
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.pem": (await identities()).root.pem }),
  },
  "lone-leaf-of-nobody-known": { about: "its issuer is in no file", make: of((it) => [it.leaf.pem]), path: "/w/server.pem" },
  "lone-leaf-beside-a-namesake": {
    about: "an authority of the issuer's name with another key is not what is missing",
    make: of((it) => [it.leaf.pem]),
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.pem": (await identities()).renewed.pem + (await identities()).root.pem }),
  },
  "intermediate-ends-first": {
    about: "the authority ends 200 days before the leaf",
    make: of((it) => [it.outliving.pem, it.ending.pem]),
    expect: [
      {
        rule: "issuer-expires-first",
        severity: "warning",
        covers: time(new Date(NOW + 100 * DAY).toISOString()),
        says: /issuer `Ending CA` expires on 2026-04-11 00:00:00 UTC, before `outliving\.example`/,
      },
    ],
  },
  "forged-in-chain": {
    about: "the issuer's key identifier, and a signature that it did not make",
    make: async () => {
      const { intermediate } = await identities();
      return text((await forged()) + intermediate.pem);
    },
    path: "/w/server.pem",
    beside: async () => ({}),
    expect: [
      { rule: "invalid-signature", severity: "error", covers: name("Chain CA"), says: /InvalidSignatureForPublicKey/ },
      { rule: "irrevocable-certificate", severity: "hint", covers: BEGIN },
      { rule: "unrelated-certificate", severity: "warning", covers: BEGIN },
    ],
  },
  "issuer-in-other-encoding": {
    about: "the issuer's name as PrintableString, the issuer's own as UTF8String",
    make: async () => {
      const { intermediate } = await identities();
      const extensions = [
        purposes(SERVER),
        alternativeNames(dns("service.example")),
        extension("2.5.29.35", sequence(tlv(0x80, intermediate.keyId))),
      ];
      return text(certificatePem({ issuer: printable, extensions }));
    },
    path: "/w/server.pem",
    beside: async () => ({ "/w/ca.pem": (await identities()).intermediate.pem }),
    expect: [
      { rule: "differently-encoded-name", severity: "warning", covers: name(printable), says: /UnknownIssuer/ },
      { rule: "irrevocable-certificate", severity: "hint", covers: BEGIN },
    ],
  },
  "leaf-trusted": {
    about: "the code trusts a server's certificate as an authority",
    make: of((it) => [it.leaf.pem]),
    usedAs: [loader("server-ca")],
    expect: [{ rule: "leaf-as-anchor", severity: "warning", covers: BEGIN }],
  },
  "root-trusted": { about: "the code trusts a root", make: of((it) => [it.root.pem]), usedAs: [loader("server-ca")] },
} satisfies Readonly<Record<string, Case>>;

/** By the issuer's name alone, without a key identifier that could tell. */
async function forged(): Promise<string> {
  const body = certificateBody({
    issuer: "Chain CA",
    notAfter: time("2026-09-01T00:00:00Z"),
    extensions: [purposes(SERVER), alternativeNames(dns("service.example"))],
  });
  const number = (seed: string): Uint8Array => Uint8Array.of(0x02, 0x20, 0x41, ...noise(seed, 31));
  const numbers = [...number("r"), ...number("s")];
  return pem("CERTIFICATE", signed(body, ALGORITHMS.ecdsaSha256, Uint8Array.of(0x30, numbers.length, ...numbers)));
}

export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
