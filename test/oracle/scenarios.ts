/** Chains of mutual TLS, right or wrong in exactly one way: every row where the stacks differ, and its neighbours. */
import {
  alternativeNames,
  basicConstraints,
  bytes,
  CLIENT,
  dns,
  extension,
  integer,
  ip,
  keyUsage,
  type NameSpec,
  noise,
  oid,
  purposes,
  SERVER,
  sequence,
  text,
  time,
  tlv,
  uri,
} from "../certificates/build.ts";
import {
  at,
  type Bytes,
  chain,
  defaults,
  everywhere,
  general,
  HOST,
  LEVELS,
  type Level,
  leafNames,
  NOW,
  type Scenario,
  scenario,
  second,
  utc,
  type Variation,
  withAlso,
  withExtension,
  without,
} from "./chain.ts";
import { AUTHORITY, END_ENTITY, issue, KEYS, type Key, SIGNING, WRITTEN_ODDLY } from "./issue.ts";
import { directory, nameConstraints } from "./name-constraints.ts";

const validity = (): Scenario[] =>
  everywhere("validity", {
    "begins in a second": () => ({ spec: { notBefore: second(1) } }),
    "begins now": () => ({ spec: { notBefore: second(0) } }),
    "ended a second ago": () => ({ spec: { notAfter: second(-1) } }),
    "ends now": () => ({ spec: { notAfter: second(0) } }),
    "ends in a second": () => ({ spec: { notAfter: second(1) } }),
    "ends before it begins": () => ({ spec: { notBefore: second(-100), notAfter: second(-200) } }),
    "both in the future": () => ({ spec: { notBefore: second(300), notAfter: second(200) } }),
    "general times": () => ({ spec: { notBefore: general("20250101000000Z"), notAfter: general("20270101000000Z") } }),
    "year 9999": () => ({ spec: { notAfter: general("99991231235959Z") } }),
    "year 1960": () => ({ spec: { notBefore: utc("600101000000Z") } }),
    "thirteenth month": () => ({ spec: { notAfter: utc("271301000000Z") } }),
    "29 February": () => ({ spec: { notAfter: utc("270229000000Z") } }),
    "no Z": () => ({ spec: { notAfter: utc("270101000000") } }),
    "no seconds": () => ({ spec: { notAfter: utc("2701010000Z") } }),
    offset: () => ({ spec: { notAfter: utc("270101000000+0100") } }),
    "more after Z": () => ({ spec: { notAfter: utc("270101000000Zx") } }),
    "of another type": () => ({ spec: { notAfter: tlv(0x13, text("270101000000Z")) } }),
  });

const constraintsBytes = (...content: readonly Bytes[]): Bytes => extension("2.5.29.19", sequence(...content), true);
const basic = (): Scenario[] =>
  everywhere("basicConstraints", {
    absent: (level) => ({ spec: { extensions: without(level, basicConstraints(true)) } }),
    empty: withExtension(constraintsBytes()),
    "explicit false": withExtension(constraintsBytes(tlv(0x01, 0))),
    CA: withExtension(basicConstraints(true)),
    "CA, not critical": withExtension(extension("2.5.29.19", sequence(tlv(0x01, 0xff)))),
    "true as 01": withExtension(constraintsBytes(tlv(0x01, 1))),
    "two bytes of truth": withExtension(constraintsBytes(tlv(0x01, 0xff, 0xff))),
    "path length 0": withExtension(basicConstraints(true, 0)),
    "path length 1": withExtension(basicConstraints(true, 1)),
    "path length 200": withExtension(basicConstraints(true, 200)),
    "path length 300": withExtension(constraintsBytes(tlv(0x01, 0xff), tlv(0x02, [1, 44]))),
    "negative path length": withExtension(constraintsBytes(tlv(0x01, 0xff), tlv(0x02, 0xff))),
    "path length of no CA": withExtension(constraintsBytes(integer(0))),
    trailing: withExtension(constraintsBytes(tlv(0x01, 0xff), integer(3), integer(1))),
    twice: withAlso(basicConstraints(true)),
    "no sequence": withExtension(extension("2.5.29.19", tlv(0x01, 0xff), true)),
  });

const usage = (): Scenario[] =>
  everywhere("keyUsage", {
    absent: (level) => ({ spec: { extensions: without(level, keyUsage("1")) } }),
    ...Object.fromEntries(
      ["1", "01", "001", "0001", "00001", "000001", "0000001", "1111111", "1010000", "0"].map((bits) => [
        bits,
        withExtension(keyUsage(bits)),
      ]),
    ),
    "wrong unused bits": withExtension(extension("2.5.29.15", tlv(0x03, 9, 0x80), true)),
    twice: withAlso(keyUsage("1"), keyUsage("1")),
  });

const ANY = "2.5.29.37.0";
const CODE = "1.3.6.1.5.5.7.3.3";
const purpose = (): Scenario[] =>
  everywhere("extKeyUsage", {
    absent: (level) => ({ spec: { extensions: without(level, purposes()) } }),
    server: withExtension(purposes(SERVER)),
    client: withExtension(purposes(CLIENT)),
    both: withExtension(purposes(CLIENT, SERVER)),
    any: withExtension(purposes(ANY)),
    "any and server": withExtension(purposes(ANY, SERVER)),
    code: withExtension(purposes(CODE)),
    gated: withExtension(purposes("2.16.840.1.113730.4.1")),
    empty: withExtension(purposes()),
    critical: withExtension(extension("2.5.29.37", sequence(oid(SERVER), oid(CLIENT)), true)),
    "garbage behind": withExtension(extension("2.5.29.37", sequence(oid(SERVER), oid(CLIENT), tlv(0x04, 1)))),
    "garbage before": withExtension(extension("2.5.29.37", sequence(tlv(0x04, 1), oid(SERVER), oid(CLIENT)))),
    twice: withAlso(purposes(SERVER), purposes(CLIENT)),
  });

const named = (id: string, host: string, ...names: readonly Bytes[]): Scenario =>
  scenario(`names/${id}`, { leaf: leafNames(...names), host });
const commonName = (id: string, subject: NameSpec, extensions: readonly Bytes[], host = HOST): Scenario =>
  scenario(`names/${id}`, { leaf: { spec: { subject, extensions } }, host });

const hosts = (): Scenario[] => [
  named("exact", HOST, dns(HOST)),
  named("other", HOST, dns("other.example.test")),
  named("case", "WWW.Example.Test", dns("www.EXAMPLE.test")),
  named("absolute host", `${HOST}.`, dns(HOST)),
  named("absolute name", HOST, dns(`${HOST}.`)),
  ...[
    "*.example.test",
    "*.test",
    "*",
    "*.",
    "w*.example.test",
    "*w.example.test",
    "w*w.example.test",
    "www.*.test",
    "*.*.test",
    "**.example.test",
  ].map((pattern) => named(`wildcard ${pattern}`, HOST, dns(pattern))),
  named("wildcard one up", "example.test", dns("*.example.test")),
  named("wildcard two down", "a.b.example.test", dns("*.example.test")),
  named("wildcard for IDNA", "xn--bcher-kva.example.test", dns("*.example.test")),
  named("wildcard in IDNA", "xn--bcher-kva.example.test", dns("xn--*.example.test")),
  named("underscore", "my_host.example.test", dns("my_host.example.test")),
  named("wildcard for underscore", "my_host.example.test", dns("*.example.test")),
  named("leading hyphen", "-a.example.test", dns("-a.example.test")),
  named("number", "127.1", dns("127.1")),
  named("blank", HOST, dns(" "), dns(HOST)),
  named("NUL", HOST, dns(`${HOST}\0.evil.test`)),
  named("empty name", HOST, dns("")),
  named("second", HOST, dns("a.test"), uri("spiffe://a/b"), dns(HOST)),
  named("IPv4", "192.0.2.1", ip(192, 0, 2, 1)),
  named("other IPv4", "192.0.2.1", ip(192, 0, 2, 2)),
  named("IPv4 as text", "192.0.2.1", dns("192.0.2.1")),
  named("IPv4 of five bytes", "192.0.2.1", ip(192, 0, 2, 1, 1)),
  named("IPv6", "2001:db8::1", ip(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
  named("address for a name", "192.0.2.1", dns(HOST)),
  named("name for an address", HOST, ip(192, 0, 2, 1)),
  named("SPIFFE only", HOST, uri("spiffe://example.test/api")),
  named("none in the list", HOST),
  named("unknown form", HOST, tlv(0x8a, 1)),
  named("unknown form behind", HOST, dns(HOST), tlv(0x8a, 1)),
  named("e-mail", HOST, tlv(0x81, text("a@example.test"))),
  commonName("common name only", HOST, [keyUsage("1")]),
  commonName("wildcard common name", "*.example.test", [keyUsage("1")]),
  commonName("common name beside a SPIFFE id", HOST, [alternativeNames(uri("spiffe://example.test/api"))]),
  commonName("common name beside another name", HOST, [alternativeNames(dns("other.test"))]),
  commonName("empty subject", [], END_ENTITY),
  scenario("names/twice", { leaf: withAlso(alternativeNames(dns(HOST)))("leaf") }),
  scenario("names/invalid host", { host: "a..b" }),
];

const keys = (): Scenario[] =>
  LEVELS.flatMap((level) => [
    ...Object.entries(WRITTEN_ODDLY).map(([name, key]) => scenario(`key/${level}/${name}`, at(level, { key }))),
    ...(
      [
        "p384",
        "p521",
        "secp256k1",
        "ed25519",
        "ed448",
        "rsa1024",
        "rsa2048",
        "rsa2056",
        "rsaPss",
        "mlDsa44",
        "mlDsa65",
        "mlDsa87",
        "slhDsa",
        "mlKem",
      ] as const
    ).map((key) => scenario(`key/${level}/${key}`, at(level, { key: KEYS[key] }))),
  ]);

const algorithms = (): Scenario[] => {
  const signedBy = (key: Key, names: readonly (keyof typeof SIGNING)[], what: string): Scenario[] =>
    names.map((name) => scenario(`algorithm/${what}/${name}`, { intermediate: { key }, leaf: { algorithm: SIGNING[name] } }));
  const ecdsa = ["ecdsaSha1", "ecdsaSha224", "ecdsaSha256", "ecdsaSha384", "ecdsaSha512"] as const;
  const rsa = [
    "rsaSha1",
    "rsaSha256",
    "rsaSha384",
    "rsaSha512",
    "rsaSha256WithoutNull",
    "pssSha256",
    "pssSha384",
    "pssSha512",
    "pssSalt20",
  ] as const;
  return [
    ...signedBy(KEYS.intermediate, ecdsa, "P-256"),
    ...signedBy(KEYS.p384, ecdsa, "P-384"),
    ...signedBy(KEYS.p521, ecdsa, "P-521"),
    ...signedBy(KEYS.secp256k1, ecdsa, "secp256k1"),
    ...signedBy(KEYS.rsa2048, rsa, "RSA"),
    ...LEVELS.map((level) =>
      scenario(`algorithm/Ed448 signed by another/${level}`, {
        ...at("intermediate", { key: KEYS.ed448 }),
        ...at(level, { ...(level === "intermediate" ? { key: KEYS.ed448 } : {}), issuer: KEYS.other }),
      }),
    ),
    scenario("algorithm/root SHA-1", { root: { algorithm: SIGNING.ecdsaSha1 } }),
    scenario("algorithm/intermediate SHA-1", { intermediate: { algorithm: SIGNING.ecdsaSha1 } }),
    ...LEVELS.map((level) => scenario(`algorithm/two/${level}`, at(level, { spec: { outerAlgorithm: SIGNING.ecdsaSha384.identifier } }))),
    ...LEVELS.map((level) => scenario(`algorithm/signed by another/${level}`, at(level, { issuer: KEYS.other }))),
  ];
};

const octets = tlv(0x04, 1, 2, 3);
const extensions = (): Scenario[] =>
  everywhere("extension", {
    ...Object.fromEntries(
      [
        ["unknown", "1.2.3.4", octets],
        ["policies", "2.5.29.32", sequence(sequence(oid("2.5.29.32.0")))],
        ["policy constraints", "2.5.29.36", sequence(tlv(0x80, 0))],
        ["inhibit any policy", "2.5.29.54", integer(0)],
        ["policy mappings", "2.5.29.33", sequence(sequence(oid("1.2.3"), oid("1.2.4")))],
        ["subject key identifier", "2.5.29.14", octets],
        ["distribution points", "2.5.29.31", sequence(sequence(tlv(0xa0, tlv(0xa0, uri("http://crl.example.test/")))))],
        ["authority information", "1.3.6.1.5.5.7.1.1", sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), uri("http://ocsp.example.test/")))],
        ["must staple", "1.3.6.1.5.5.7.1.24", sequence(integer(5))],
        ["timestamps", "1.3.6.1.4.1.11129.2.4.2", tlv(0x04, 0, 0)],
        ["malformed timestamps", "1.3.6.1.4.1.11129.2.4.2", sequence()],
        ["poison", "1.3.6.1.4.1.11129.2.4.3", tlv(0x05)],
        ["Netscape type", "2.16.840.1.113730.1.1", tlv(0x03, 0, 0xff)],
      ].flatMap(([name, id, value]): [string, (level: Level) => Variation][] =>
        typeof id === "string" && value instanceof Uint8Array
          ? [
              [`${name}`, withAlso(extension(id, value))],
              [`critical ${name}`, withAlso(extension(id, value, true))],
            ]
          : [],
      ),
    ),
    "malformed distribution points": withAlso(extension("2.5.29.31", tlv(0x04))),
    "key identifier twice": withAlso(extension("2.5.29.14", octets), extension("2.5.29.14", octets)),
    "distribution points twice": withAlso(extension("2.5.29.31", sequence()), extension("2.5.29.31", sequence())),
    "criticality as 01": withAlso(sequence(oid("1.2.3.4"), tlv(0x01, 1), tlv(0x04, octets))),
    "written false": withAlso(sequence(oid("1.2.3.4"), tlv(0x01, 0), tlv(0x04, octets))),
    "no value": withAlso(sequence(oid("1.2.3.4"))),
    trailing: withAlso(sequence(oid("1.2.3.4"), tlv(0x04, octets), tlv(0x05))),
    none: () => ({ spec: { extensions: [] } }),
  });

const printable = (value: string): NameSpec => [["2.5.4.3", tlv(0x13, text(value))]];
const structure = (): Scenario[] => [
  ...everywhere("structure", {
    "version 1": () => ({ spec: { version: 1, extensions: [] } }),
    "version 1 with extensions": (level) => ({ spec: { version: 1, extensions: defaults(level) } }),
    "version 2": () => ({ spec: { version: 2 } }),
    "version 4": () => ({ spec: { version: 4 } }),
    "negative serial": () => ({ spec: { serial: bytes(0xff, 1) } }),
    "serial zero": () => ({ spec: { serial: bytes(0) } }),
    "long serial": () => ({ spec: { serial: bytes(0x11, noise("serial", 40)) } }),
    "empty serial": () => ({ spec: { serial: new Uint8Array() } }),
    "unique id": () => ({ spec: { uniqueId: noise("id", 4) } }),
  }),
  ...LEVELS.map((level) => {
    const whole = scenario(`structure/${level}/trailing byte`, {});
    const more = bytes(level === "root" ? (whole.roots[0] ?? []) : level === "leaf" ? whole.leaf : (whole.intermediates[0] ?? []), 0);
    return level === "root"
      ? { ...whole, roots: [more] }
      : level === "leaf"
        ? { ...whole, leaf: more }
        : { ...whole, intermediates: [more] };
  }),
  scenario("issuer/string type", { leaf: { spec: { issuer: printable("Intermediate") } } }),
  scenario("issuer/case", { leaf: { spec: { issuer: "INTERMEDIATE" } } }),
  scenario("issuer/two blanks", { intermediate: { spec: { subject: "Inter  mediate" } }, leaf: { spec: { issuer: "Inter mediate" } } }),
  scenario("issuer/blank behind", { leaf: { spec: { issuer: "Intermediate " } } }),
  scenario("issuer/of the intermediate", { intermediate: { spec: { issuer: printable("ROOT") } } }),
  scenario("issuer/other attribute", { leaf: { spec: { issuer: [["2.5.4.10", tlv(0x0c, text("Intermediate"))]] } } }),
  scenario("issuer/empty", { leaf: { spec: { issuer: [] } } }),
];

const authorityKey = (...parts: readonly Bytes[]): Bytes => extension("2.5.29.35", sequence(...parts));
const subjectKey = (value: number): Bytes => extension("2.5.29.14", tlv(0x04, value));

function long(count: number): Scenario {
  const { root } = chain();
  const certificates = Array.from({ length: count }, (_, index) =>
    issue({
      spec: { issuer: index === 0 ? "Root" : `CA ${index}`, subject: `CA ${index + 1}`, serial: bytes(index + 1), extensions: AUTHORITY },
      key: index % 2 === 0 ? KEYS.intermediate : KEYS.other,
      issuer: index === 0 ? KEYS.root : index % 2 === 0 ? KEYS.other : KEYS.intermediate,
    }),
  );
  const issuer = count === 0 ? KEYS.root : count % 2 === 1 ? KEYS.intermediate : KEYS.other;
  const leaf = issue({
    spec: { issuer: count === 0 ? "Root" : `CA ${count}`, subject: "leaf", extensions: END_ENTITY },
    key: KEYS.leaf,
    issuer,
  });
  return { id: `shape/${count} intermediates`, leaf, intermediates: certificates, roots: [root], host: HOST, now: NOW };
}

const shapes = (): Scenario[] => {
  const usual = scenario("shape/usual", {});
  const { root, intermediate, leaf } = chain();
  const shape = (id: string, changes: Partial<Scenario>): Scenario => ({
    ...usual,
    leaf,
    intermediates: [intermediate],
    roots: [root],
    ...changes,
    id: `shape/${id}`,
  });
  const expired = chain({ intermediate: { spec: { notAfter: time("2026-01-01T00:00:00Z") } } }).intermediate;
  const otherRoot = chain({ root: { key: KEYS.other } });
  const pinned = (extensionsOf: readonly Bytes[]): Bytes =>
    issue({ spec: { issuer: "own", subject: "own", extensions: extensionsOf }, key: KEYS.leaf, issuer: KEYS.leaf });
  const own = pinned(END_ENTITY);
  const ownAuthority = pinned([...END_ENTITY, basicConstraints(true)]);
  return [
    usual,
    shape("no intermediate", { intermediates: [] }),
    shape("no root", { roots: [] }),
    shape("root sent along", { intermediates: [root, intermediate] }),
    shape("twice", { intermediates: [intermediate, intermediate] }),
    shape("leaf sent twice", { intermediates: [leaf, intermediate] }),
    shape("unrelated", { intermediates: [own, intermediate] }),
    shape("garbage sent along", { intermediates: [bytes(0x30, 0x03, 1, 1, 1), intermediate] }),
    shape("expired before valid", { intermediates: [expired, intermediate] }),
    shape("valid before expired", { intermediates: [intermediate, expired] }),
    shape("expired only", { intermediates: [expired] }),
    shape("intermediate trusted, no root", { intermediates: [], roots: [intermediate] }),
    shape("intermediate trusted beside the root", { intermediates: [], roots: [root, intermediate] }),
    shape("leaf trusted", { roots: [leaf] }),
    shape("other root of that name", { roots: [otherRoot.root] }),
    shape("other root of that name first", { roots: [otherRoot.root, root] }),
    shape("other root of that name last", { roots: [root, otherRoot.root] }),
    shape("other root sent along", { intermediates: [otherRoot.root, intermediate] }),
    shape("other intermediate of that name first", { intermediates: [otherRoot.intermediate, intermediate] }),
    shape("self-signed, trusted", { leaf: own, intermediates: [], roots: [own] }),
    shape("self-signed, not trusted", { leaf: own, intermediates: [] }),
    shape("self-signed CA, trusted", { leaf: ownAuthority, intermediates: [], roots: [ownAuthority] }),
    shape("self-signed CA, not trusted", { leaf: ownAuthority, intermediates: [] }),
    shape("root as the leaf", { leaf: root, intermediates: [] }),
    shape("expired root", { roots: [chain({ root: { spec: { notAfter: time("2026-01-01T00:00:00Z") } } }).root] }),
    ...[0, 1, 2, 5, 6, 7, 9].map(long),
    scenario("identifiers/fit", {
      intermediate: withAlso(subjectKey(7))("intermediate"),
      leaf: withAlso(authorityKey(tlv(0x80, 7)))("leaf"),
    }),
    scenario("identifiers/differ", {
      intermediate: withAlso(subjectKey(7))("intermediate"),
      leaf: withAlso(authorityKey(tlv(0x80, 8)))("leaf"),
    }),
    scenario("identifiers/serial fits", { leaf: withAlso(authorityKey(tlv(0xa1, directory("Root")), tlv(0x82, 2)))("leaf") }),
    scenario("identifiers/serial differs", { leaf: withAlso(authorityKey(tlv(0xa1, directory("Root")), tlv(0x82, 9)))("leaf") }),
    scenario("identifiers/issuer differs", { leaf: withAlso(authorityKey(tlv(0xa1, directory("Nobody")), tlv(0x82, 2)))("leaf") }),
    scenario("identifiers/malformed", { leaf: withAlso(extension("2.5.29.35", tlv(0x04, 1)))("leaf") }),
    scenario("identifiers/of the root differ", { root: withAlso(subjectKey(7), authorityKey(tlv(0x80, 8)))("root") }),
  ];
};

export const allScenarios = (): Scenario[] =>
  [validity, basic, usage, purpose, hosts, keys, algorithms, nameConstraints, extensions, structure, shapes].flatMap((of) => of());
