/** Chains with revocation lists: what a list says, who signed it, whom it speaks for, and how strict the check is. */
import { sign } from "node:crypto";
import type { RevocationPolicy } from "../../server/src/pki/stacks/index.ts";
import {
  bytes,
  extension,
  integer,
  keyUsage,
  type NameSpec,
  name,
  oid,
  sequence,
  signed,
  text,
  time,
  tlv,
  uri,
} from "../certificates/build.ts";
import {
  type Bytes,
  chain,
  general,
  keyOf,
  NOW,
  replaced,
  type Scenario,
  second,
  utc,
  type Variations,
  withAlso,
  without,
} from "./chain.ts";
import { type Algorithm, KEYS, type Key, SIGNING } from "./issue.ts";
import { directory } from "./name-constraints.ts";

interface ListSpec {
  /** The content of the version; null: absent, which is version 1. */
  readonly version?: Bytes | null;
  readonly issuer?: NameSpec;
  readonly thisUpdate?: Bytes;
  readonly nextUpdate?: Bytes | null;
  /** Complete entries; null: no list of them. */
  readonly entries?: readonly Bytes[] | null;
  /** Null: no field. */
  readonly extensions?: readonly Bytes[] | null;
  readonly key?: Key;
  readonly algorithm?: Algorithm;
  readonly outerAlgorithm?: Bytes;
  readonly behind?: Bytes;
}

const LONG_AGO = time("2026-02-01T00:00:00Z");
const number = (value: Bytes | number): Bytes => extension("2.5.29.20", integer(value));
const entry = (serial: number | Bytes, ...extensions: readonly Bytes[]): Bytes =>
  sequence(typeof serial === "number" ? integer(serial) : serial, LONG_AGO, ...(extensions.length === 0 ? [] : [sequence(...extensions)]));

function list(by: "Root" | "Intermediate", spec: ListSpec = {}): Bytes {
  const { version = bytes(1), nextUpdate = second(86_400), entries = [entry(99)], extensions = [number(7)] } = spec;
  const { algorithm = SIGNING.ecdsaSha256, key = by === "Root" ? KEYS.root : KEYS.intermediate } = spec;
  const body = sequence(
    ...(version === null ? [] : [tlv(0x02, version)]),
    algorithm.identifier,
    name(spec.issuer ?? by),
    spec.thisUpdate ?? second(-86_400),
    ...(nextUpdate === null ? [] : [nextUpdate]),
    ...(entries === null ? [] : [sequence(...entries)]),
    ...(extensions === null ? [] : [tlv(0xa0, sequence(...extensions))]),
    spec.behind ?? bytes(),
  );
  return signed(body, spec.outerAlgorithm ?? algorithm.identifier, signature(algorithm, body, key));
}

function signature(algorithm: Algorithm, body: Bytes, { secret }: Key): Bytes {
  return typeof secret === "function" ? secret(body) : Uint8Array.from(sign(algorithm.hash ?? null, body, secret));
}

const USUAL: RevocationPolicy = { depth: "chain", unknown: "deny", expired: "ignore" };

interface Case {
  readonly lists: readonly Bytes[];
  readonly chain?: Variations;
  readonly policy?: Partial<RevocationPolicy>;
}
function withLists(id: string, { lists, chain: varied = {}, policy = {} }: Case): Scenario {
  const { root, intermediate, leaf } = chain(varied);
  const scenario = { id: `lists/${id}`, leaf, intermediates: [intermediate], roots: [root], host: "www.example.test", now: NOW };
  return { ...scenario, ...keyOf(varied.leaf?.key ?? KEYS.leaf), lists, policy: { ...USUAL, ...policy } };
}

const fine = list("Root");
const POLICIES: Readonly<Record<string, Partial<RevocationPolicy>>> = {
  usual: {},
  leaf: { depth: "leaf" },
  allow: { unknown: "allow" },
  "leaf, allow": { depth: "leaf", unknown: "allow" },
  strict: { expired: "refuse" },
};
const underAll = (id: string, one: Omit<Case, "policy">): Scenario[] =>
  Object.entries(POLICIES).map(([how, policy]) => withLists(`${id}/${how}`, { ...one, policy }));

const coverage = (): Scenario[] => [
  ...underAll("both", { lists: [fine, list("Intermediate")] }),
  ...underAll("leaf only", { lists: [list("Intermediate")] }),
  ...underAll("intermediate only", { lists: [fine] }),
  ...underAll("of strangers", { lists: [list("Root", { issuer: "Nobody", key: KEYS.other })] }),
  ...underAll("leaf revoked", { lists: [fine, list("Intermediate", { entries: [entry(3)] })] }),
  ...underAll("intermediate revoked", { lists: [list("Root", { entries: [entry(2)] }), list("Intermediate")] }),
  ...underAll("both revoked", { lists: [list("Root", { entries: [entry(2)] }), list("Intermediate", { entries: [entry(3)] })] }),
  ...underAll("root revoked", { lists: [list("Root", { entries: [entry(1)] }), list("Intermediate")] }),
  ...underAll("leaf's number in the root's list", { lists: [list("Root", { entries: [entry(3)] }), list("Intermediate")] }),
  withLists("other order", { lists: [list("Intermediate"), fine] }),
  withLists("self-signed leaf", { lists: [fine], chain: { leaf: { spec: { issuer: "leaf" }, issuer: KEYS.leaf } } }),
];

/** Of the leaf's issuer, beside a good one of the root. */
const ofLeaf = (id: string, spec: ListSpec, more: Omit<Case, "lists"> = {}): Scenario =>
  withLists(id, { lists: [fine, list("Intermediate", spec)], ...more });
const revoking = (spec: ListSpec = {}): ListSpec => ({ entries: [entry(3)], ...spec });

const times = (): Scenario[] =>
  Object.entries({
    "stale by a second": { nextUpdate: second(-1) },
    "stale now": { nextUpdate: second(0) },
    "stale in a second": { nextUpdate: second(1) },
    "stale for a month": { nextUpdate: second(-2_600_000), thisUpdate: second(-5_000_000) },
    "in the future": { thisUpdate: second(1) },
    "from now on": { thisUpdate: second(0) },
    "no next update": { nextUpdate: null },
    "general times": { thisUpdate: general("20260101000000Z"), nextUpdate: general("20270101000000Z") },
    "without seconds": { nextUpdate: utc("2701010000Z") },
    "offset from UTC": { nextUpdate: utc("270101000000+0100") },
    "malformed this update": { thisUpdate: utc("269901000000Z") },
    "this update of another type": { thisUpdate: tlv(0x13, text("260101000000Z")) },
    "next before this": { thisUpdate: second(-10), nextUpdate: second(-20) },
    "year 9999": { nextUpdate: general("99991231235959Z") },
  } satisfies Record<string, ListSpec>).flatMap(([id, spec]) => [
    ofLeaf(`time/${id}`, spec),
    ofLeaf(`time/${id}, strict`, spec, { policy: { expired: "refuse" } }),
    ofLeaf(`time/${id}, revoked`, revoking(spec), { policy: { depth: "leaf" } }),
  ]);

const printable = (value: string): NameSpec => [["2.5.4.3", tlv(0x13, text(value))]];
const signers = (): Scenario[] => [
  ofLeaf("issuer/other string type", { issuer: printable("Intermediate") }),
  ofLeaf("issuer/other case", { issuer: "INTERMEDIATE" }),
  ofLeaf("issuer/other string type, unknown allowed", revoking({ issuer: printable("Intermediate") }), { policy: { unknown: "allow" } }),
  ofLeaf("issuer/another", { issuer: "Else" }),
  ofLeaf("issuer/the leaf", { issuer: "leaf", key: KEYS.leaf }),
  ofLeaf("signature/another key", { key: KEYS.other }),
  ofLeaf("signature/another key, unknown allowed", { key: KEYS.other }, { policy: { unknown: "allow" } }),
  ofLeaf("signature/two algorithms", { outerAlgorithm: SIGNING.ecdsaSha384.identifier }),
  ofLeaf("signature/SHA-1", { algorithm: SIGNING.ecdsaSha1 }),
  ofLeaf("signature/SHA-384", { algorithm: SIGNING.ecdsaSha384 }),
  ofLeaf("signature/SHA-512", { algorithm: SIGNING.ecdsaSha512 }),
  ofLeaf("signature/RSA with an elliptic key", { algorithm: SIGNING.rsaSha256, key: KEYS.rsa2048 }),
  ofLeaf("signature/RSA", { algorithm: SIGNING.rsaSha256, key: KEYS.rsa2048 }, { chain: { intermediate: { key: KEYS.rsa2048 } } }),
  ofLeaf("signature/RSA SHA-1", { algorithm: SIGNING.rsaSha1, key: KEYS.rsa2048 }, { chain: { intermediate: { key: KEYS.rsa2048 } } }),
  ofLeaf("signature/Ed25519", { algorithm: SIGNING.ed25519, key: KEYS.ed25519 }, { chain: { intermediate: { key: KEYS.ed25519 } } }),
  ofLeaf("signature/Ed448", { algorithm: SIGNING.ed448, key: KEYS.ed448 }, { chain: { intermediate: { key: KEYS.ed448 } } }),
  ofLeaf("signature/P-521", { algorithm: SIGNING.ecdsaSha512, key: KEYS.p521 }, { chain: { intermediate: { key: KEYS.p521 } } }),
  ...Object.entries({
    "without cRLSign": replaced("intermediate", keyUsage("0000010")),
    "only cRLSign": replaced("intermediate", keyUsage("0000001")),
    "no bits": replaced("intermediate", extension("2.5.29.15", tlv(0x03, 0), true)),
    absent: without("intermediate", keyUsage("1")),
    malformed: replaced("intermediate", extension("2.5.29.15", tlv(0x04, 1), true)),
  }).map(([id, extensions]) => ofLeaf(`usage/intermediate ${id}`, {}, { chain: { intermediate: { spec: { extensions } } } })),
  withLists("usage/root without cRLSign", {
    lists: [fine, list("Intermediate")],
    chain: { root: { spec: { extensions: replaced("root", keyUsage("0000010")) } } },
  }),
];

const keyId = (...parts: readonly Bytes[]): Bytes => extension("2.5.29.35", sequence(...parts));
const extensions = (): Scenario[] =>
  Object.entries({
    "no field": { extensions: null },
    "empty list": { extensions: [] },
    "no number": { extensions: [keyId()] },
    "number 0": { extensions: [number(0)] },
    "number of 20 bytes": { extensions: [number(bytes(0x41, new Uint8Array(19)))] },
    "number of 21 bytes": { extensions: [number(bytes(0x41, new Uint8Array(20)))] },
    "negative number": { extensions: [extension("2.5.29.20", tlv(0x02, 0xff))] },
    "number not minimal": { extensions: [extension("2.5.29.20", tlv(0x02, 0, 7))] },
    "number of another type": { extensions: [extension("2.5.29.20", tlv(0x04, 7))] },
    "critical number": { extensions: [extension("2.5.29.20", integer(7), true)] },
    "two numbers": { extensions: [number(7), number(8)] },
    "key identifier that fits nothing": { extensions: [number(7), keyId(tlv(0x80, 9))] },
    "serial that fits": { extensions: [number(7), keyId(tlv(0xa1, directory("Root")), tlv(0x82, 2))] },
    "serial that differs": { extensions: [number(7), keyId(tlv(0xa1, directory("Root")), tlv(0x82, 5))] },
    "critical key identifier": { extensions: [number(7), extension("2.5.29.35", sequence(), true)] },
    "malformed key identifier": { extensions: [number(7), extension("2.5.29.35", tlv(0x04, 1))] },
    delta: { extensions: [number(7), extension("2.5.29.27", integer(3), true)] },
    "delta, not critical": { extensions: [number(7), extension("2.5.29.27", integer(3))] },
    "delta without a number": { extensions: [extension("2.5.29.27", integer(3), true)] },
    "unknown, critical": { extensions: [number(7), extension("1.2.3.4", tlv(0x05), true)] },
    "unknown below id-ce, critical": { extensions: [number(7), extension("2.5.29.99", tlv(0x05), true)] },
    "unknown, not critical": { extensions: [number(7), extension("1.2.3.4", tlv(0x05))] },
    "freshest list": { extensions: [number(7), extension("2.5.29.46", sequence())] },
    "garbage in an extension": { extensions: [number(7), sequence(oid("1.2.3.4"), tlv(0x04), tlv(0x04))] },
  } satisfies Record<string, ListSpec>).flatMap(([id, spec]) => [
    ofLeaf(`extension/${id}`, spec),
    ofLeaf(`extension/${id}, revoked`, revoking(spec), { policy: { unknown: "allow" } }),
  ]);

const fullName = (...names: readonly Bytes[]): Bytes => tlv(0xa0, tlv(0xa0, ...names));
const relative = (value: string): Bytes => tlv(0xa0, tlv(0xa1, sequence(oid("2.5.4.3"), tlv(0x0c, text(value)))));
const scopeOf = (critical: boolean, ...fields: readonly Bytes[]): ListSpec => ({
  extensions: [number(7), extension("2.5.29.28", sequence(...fields), critical)],
});
const HERE = uri("http://a.test/1.crl");
const THERE = uri("http://a.test/2.crl");
const TRUE = bytes(0xff);

const SCOPES: Readonly<Record<string, readonly Bytes[]>> = {
  empty: [],
  address: [fullName(HERE)],
  "another address": [fullName(THERE)],
  "two addresses": [fullName(THERE, HERE)],
  "directory name": [fullName(directory("Intermediate"))],
  "relative name": [relative("x")],
  "relative name that is none": [tlv(0xa0, tlv(0xa1, tlv(0x86, text("x"))))],
  "malformed name": [tlv(0xa0, tlv(0xa5))],
  "two names": [fullName(HERE), fullName(HERE)],
  "users only": [fullName(HERE), tlv(0x81, TRUE)],
  "users only, no name": [tlv(0x81, TRUE)],
  "users only, explicitly not": [fullName(HERE), tlv(0x81, 0)],
  "users only as 01": [fullName(HERE), tlv(0x81, 1)],
  "authorities only": [fullName(HERE), tlv(0x82, TRUE)],
  "users and authorities only": [fullName(HERE), tlv(0x81, TRUE), tlv(0x82, TRUE)],
  "attributes only": [fullName(HERE), tlv(0x85, TRUE)],
  "some reasons": [fullName(HERE), tlv(0x83, 1, 0x7e)],
  "no reasons": [fullName(HERE), tlv(0x83, 0)],
  indirect: [fullName(HERE), tlv(0x84, TRUE)],
  "unknown field": [fullName(HERE), tlv(0x86, TRUE)],
};
const points = (...all: readonly Bytes[]): Bytes => extension("2.5.29.31", sequence(...all));
const POINTS: Readonly<Record<string, Bytes>> = {
  address: points(sequence(fullName(HERE))),
  "another address": points(sequence(fullName(THERE))),
  "address in the second point": points(sequence(fullName(THERE)), sequence(fullName(HERE))),
  "address as the second name": points(sequence(fullName(THERE, HERE))),
  "for some reasons": points(sequence(fullName(HERE), tlv(0x81, 1, 0x7e))),
  "for some reasons, then for all": points(sequence(fullName(HERE), tlv(0x81, 1, 0x7e)), sequence(fullName(HERE))),
  "of another issuer": points(sequence(fullName(HERE), tlv(0xa2, directory("Nobody")))),
  "of this issuer": points(sequence(fullName(HERE), tlv(0xa2, directory("Intermediate")))),
  "issuer only": points(sequence(tlv(0xa2, directory("Intermediate")))),
  "reasons only": points(sequence(tlv(0x81, 1, 0x7e))),
  "no reasons": points(sequence(fullName(HERE), tlv(0x81, 0))),
  relative: points(sequence(relative("x"))),
  "directory name": points(sequence(fullName(directory("Intermediate")))),
  malformed: points(tlv(0x04, 1)),
  none: points(),
};

const scopes = (): Scenario[] => [
  ...Object.entries(SCOPES).flatMap(([id, fields]) => [
    ofLeaf(`scope/${id}`, scopeOf(true, ...fields)),
    ofLeaf(`scope/${id}, revoked`, revoking(scopeOf(true, ...fields)), { policy: { unknown: "allow" } }),
    withLists(`scope/of the root, ${id}`, { lists: [list("Root", scopeOf(true, ...fields)), list("Intermediate")] }),
  ]),
  ofLeaf("scope/not critical", scopeOf(false, fullName(HERE))),
  ofLeaf("scope/not a sequence", { extensions: [number(7), extension("2.5.29.28", tlv(0x04), true)] }),
  ofLeaf("scope/twice", { extensions: [...(scopeOf(true, fullName(HERE)).extensions ?? []), extension("2.5.29.28", sequence(), true)] }),
  ...Object.entries(POINTS).flatMap(([id, extra]) => [
    ofLeaf(`points/${id}`, {}, { chain: { leaf: withAlso(extra)("leaf") } }),
    ...["address", "two addresses", "relative name", "directory name", "users only"].map((scope) =>
      ofLeaf(`points/${id}, list for ${scope}`, scopeOf(true, ...(SCOPES[scope] ?? [])), { chain: { leaf: withAlso(extra)("leaf") } }),
    ),
  ]),
];

const reason = (value: number): Bytes => extension("2.5.29.21", tlv(0x0a, value));
const entries = (): Scenario[] =>
  Object.entries({
    ...Object.fromEntries([0, 1, 4, 6, 7, 8, 10, 11].map((value) => [`reason ${value}`, [entry(3, reason(value))]])),
    "reason of two bytes": [entry(3, extension("2.5.29.21", tlv(0x0a, 0, 1)))],
    "reason of another type": [entry(3, extension("2.5.29.21", integer(1)))],
    "two reasons": [entry(3, reason(1), reason(1))],
    "bad reason elsewhere": [entry(5, reason(7)), entry(3)],
    "bad reason elsewhere, removed": [entry(5, extension("2.5.29.21", integer(1))), entry(3, reason(8))],
    "invalidity date": [entry(3, extension("2.5.29.24", general("20260101000000Z")))],
    "malformed invalidity date": [entry(3, extension("2.5.29.24", tlv(0x04)))],
    "issuer of the certificate": [entry(3, extension("2.5.29.29", sequence(directory("Intermediate")), true))],
    "another issuer of the certificate": [entry(3, extension("2.5.29.29", sequence(directory("Nobody")), true))],
    "another issuer before": [entry(5, extension("2.5.29.29", sequence(directory("Nobody")), true)), entry(3)],
    "malformed issuer": [entry(3, extension("2.5.29.29", tlv(0x04), true))],
    "critical reason": [entry(3, extension("2.5.29.21", tlv(0x0a, 1), true))],
    "critical reason elsewhere": [entry(5, extension("2.5.29.21", tlv(0x0a, 1), true))],
    "unknown, critical": [entry(5, extension("1.2.3.4", tlv(0x05), true))],
    "unknown, not critical": [entry(3, extension("1.2.3.4", tlv(0x05)))],
    "empty extensions": [sequence(integer(3), LONG_AGO, sequence())],
    "trailing data": [sequence(integer(3), LONG_AGO, sequence(), tlv(0x05))],
    "no date": [sequence(integer(3))],
    "malformed date": [sequence(integer(3), utc("269901000000Z"))],
    "serial of another type": [sequence(tlv(0x04, 3), LONG_AGO)],
    "serial not minimal": [entry(tlv(0x02, 0, 3))],
    "negative serial": [entry(tlv(0x02, 0xfd))],
    "empty serial": [entry(tlv(0x02)), entry(3)],
    "long serial": [entry(tlv(0x02, 1, new Uint8Array(30)))],
    "not a sequence": [tlv(0x04, 3)],
    twice: [entry(3, reason(8)), entry(3, reason(1))],
    "twice, removed last": [entry(3, reason(1)), entry(3, reason(8))],
    "two thousand": [...Array.from({ length: 2000 }, (_, index) => entry(bytes(0x02, 2, 0x40 + (index >> 8), index & 0xff))), entry(3)],
    none: [],
  }).map(([id, all]) => ofLeaf(`entry/${id}`, { entries: all }));

const shapes = (): Scenario[] => [
  ofLeaf("shape/no list of entries", { entries: null }),
  ofLeaf("shape/version 1", { version: null, extensions: null }),
  ofLeaf("shape/version 1 with extensions", { version: null }),
  ofLeaf("shape/version 1 written out", { version: bytes(0) }),
  ofLeaf("shape/version 3", { version: bytes(2) }),
  ofLeaf("shape/version of two bytes", { version: bytes(1, 1) }),
  ofLeaf("shape/more in the signed part", { behind: tlv(0x05) }),
  withLists("shape/trailing data", { lists: [fine, bytes(list("Intermediate"), 0)] }),
  withLists("shape/cut off", { lists: [fine, list("Intermediate").subarray(0, 60)] }),
  withLists("shape/more inside", { lists: [fine, sequence(list("Intermediate").subarray(4), tlv(0x05))] }),
  withLists("shape/a certificate", { lists: [fine, chain().leaf] }),
  withLists("shape/empty", { lists: [fine, bytes(0x30, 0)] }),
];

/** Several lists of one issuer, told apart by what they revoke. */
const several = (): Scenario[] => {
  const old = (spec: ListSpec = {}): Bytes => list("Intermediate", { thisUpdate: second(-90_000), extensions: [number(5)], ...spec });
  const young = (spec: ListSpec = {}): Bytes => list("Intermediate", { thisUpdate: second(-80_000), extensions: [number(9)], ...spec });
  const pairs: Readonly<Record<string, readonly [Bytes, Bytes]>> = {
    "old revokes": [old(revoking()), young()],
    "young revokes": [old(), young(revoking())],
    "old is of another key": [old({ key: KEYS.other }), young()],
    "young is of another key": [old(), young({ key: KEYS.other })],
    "old is stale": [old({ nextUpdate: second(-5) }), young(revoking())],
    "young is stale": [old(revoking()), young({ nextUpdate: second(-5) })],
    "young is from the future": [old(), young({ thisUpdate: second(50), entries: [entry(3)] })],
    "same number": [old(revoking({ extensions: [number(9)] })), young()],
    "young has the lower number": [old(revoking({ extensions: [number(12)] })), young()],
    "same time": [old(revoking({ thisUpdate: second(-80_000) })), young()],
    "for users and for authorities": [
      old({ ...scopeOf(true, fullName(HERE), tlv(0x81, TRUE)) }),
      young(revoking(scopeOf(true, fullName(HERE), tlv(0x82, TRUE)))),
    ],
    "one is critical": [old({ extensions: [number(5), extension("1.2.3.4", tlv(0x05), true)] }), young(revoking())],
    "one is a delta": [old(), young(revoking({ extensions: [number(9), extension("2.5.29.27", integer(5), true)] }))],
    "for disjoint reasons": [
      old(scopeOf(true, tlv(0x83, 1, 0x7e))),
      young(revoking(scopeOf(true, fullName(HERE), tlv(0x83, [7, 0x80, 0x80])))),
    ],
    "for all reasons together": [old(scopeOf(true, tlv(0x83, [1, 0x7e]))), young(scopeOf(true, tlv(0x83, [7, 0x81, 0x80])))],
  };
  const delta = (number_: number, base: number, spec: ListSpec = {}): Bytes =>
    list("Intermediate", { extensions: [number(number_), extension("2.5.29.27", integer(base), true)], ...spec });
  const fresh: Variations = { leaf: withAlso(extension("2.5.29.46", sequence(sequence(fullName(HERE)))))("leaf") };
  const deltas: Readonly<Record<string, readonly [Bytes, Bytes]>> = {
    "that revokes": [old(), delta(9, 5, revoking())],
    "that takes off": [old(revoking()), delta(9, 5, { entries: [entry(3, reason(8))] })],
    "that says nothing": [old(revoking()), delta(9, 5)],
    "of a later base": [old(), delta(9, 6, revoking())],
    "that is older": [old(), delta(4, 3, revoking())],
    "that is stale": [old(), delta(9, 5, revoking({ nextUpdate: second(-5) }))],
    "of a stale list": [old({ nextUpdate: second(-5) }), delta(9, 5)],
    "of another key": [old(), delta(9, 5, { key: KEYS.other })],
  };
  return [
    ...Object.entries(pairs).flatMap(([id, [a, b]]) => [
      withLists(`several/${id}`, { lists: [fine, a, b] }),
      withLists(`several/${id}, other way round`, { lists: [fine, b, a] }),
      withLists(`several/${id}, extended`, { lists: [fine, a, b], policy: { extended: true } }),
    ]),
    ...Object.entries(deltas).flatMap(([id, lists]) => [
      withLists(`delta/${id}`, { lists, chain: fresh, policy: { depth: "leaf", deltas: true } }),
      withLists(`delta/${id}, extended`, { lists, chain: fresh, policy: { depth: "leaf", deltas: true, extended: true } }),
      withLists(`delta/${id}, not announced`, { lists, policy: { depth: "leaf", deltas: true, extended: true } }),
    ]),
    ...Object.entries(SCOPES).map(([id, fields]) =>
      ofLeaf(`extended/${id}`, revoking(scopeOf(true, ...fields)), { policy: { extended: true } }),
    ),
  ];
};

export const listScenarios = (): Scenario[] =>
  [coverage, times, signers, extensions, scopes, entries, shapes, several].flatMap((of) => of());
