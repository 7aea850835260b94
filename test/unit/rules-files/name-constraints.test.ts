/** Names within constraints: looked up as they would be compared one by one, in steps that grow with both and not with their product. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { nameConstraintsOf, readCertificateFile } from "../../../server/src/pki/index.ts";
import { fileRules } from "../../../server/src/rules/files/index.ts";
import { breaches } from "../../../server/src/rules/files/name-constraints.ts";
import { EXPIRING_DAYS, MINIMUM_VERSION } from "../../../server/src/tls/policy.ts";
import {
  alternativeNames,
  basicConstraints,
  certificate,
  certificatePem,
  dns,
  extension,
  ip,
  pem,
  sequence,
  text,
  tlv,
} from "../../certificates/build.ts";
import { NOW } from "../../certificates/cases.ts";
import { stepsOf } from "../../harness/steps.ts";

const constraintsOf = (permitted: readonly Uint8Array[], excluded: readonly Uint8Array[]) => {
  const trees = (number: number, bases: readonly Uint8Array[]): Uint8Array[] =>
    bases.length === 0 ? [] : [tlv(0xa0 | number, ...bases.map((it) => sequence(it)))];
  return extension("2.5.29.30", sequence(...trees(0, permitted), ...trees(1, excluded)), true);
};
function certified(permitted: readonly Uint8Array[], excluded: readonly Uint8Array[], names: readonly Uint8Array[]) {
  const der = certificate({ extensions: [basicConstraints(true), constraintsOf(permitted, excluded), alternativeNames(...names)] });
  const parsed = readCertificateFile(der).sections[0]?.parsed;
  assert.ok(parsed?.kind === "certificate");
  const constraints = nameConstraintsOf(der, parsed);
  assert.ok(constraints !== undefined);
  return (parsed.values.alternativeNames ?? []).map(breaches(constraints));
}

const prefix = (address: readonly number[], bits: number): readonly number[] => {
  const mask = address.map((_, at) => (0xff00 >> Math.max(0, Math.min(8, bits - 8 * at))) & 0xff);
  return [...address.map((byte, at) => byte & (mask[at] ?? 0)), ...mask];
};

test("as RFC 5280, 4.2.1.10, compares them", () => {
  const label = fc.constantFrom("a", "b", "example", "test");
  const host = fc.array(label, { minLength: 1, maxLength: 4 }).map((it) => it.join("."));
  const domain = fc.oneof(
    { weight: 8, arbitrary: host },
    host.map((it) => `.${it}`),
    fc.constant(""),
  );
  const byte = fc.constantFrom(0, 10, 11, 255);
  const address = fc.oneof(
    fc.array(byte, { minLength: 4, maxLength: 4 }),
    fc.array(fc.constantFrom(0, 1), { minLength: 16, maxLength: 16 }),
  );
  const range = fc.tuple(address, fc.nat(128)).map(([it, bits]) => ({ address: it, bits: Math.min(bits, it.length * 8) }));
  const covers = (name: string, base: string): boolean =>
    base === "" || (base.startsWith(".") ? name.endsWith(base) : name === base || name.endsWith(`.${base}`));
  const inRange = (it: readonly number[], { address: base, bits }: { address: readonly number[]; bits: number }): boolean => {
    const digits = (bytes: readonly number[]): string =>
      bytes
        .map((one) => one.toString(2).padStart(8, "0"))
        .join("")
        .slice(0, bits);
    return it.length === base.length && digits(it) === digits(base);
  };
  const verdict = <N, B>(name: N, permitted: readonly B[], excluded: readonly B[], within: (name: N, base: B) => boolean) =>
    excluded.some((it) => within(name, it))
      ? "excluded"
      : permitted.length > 0 && !permitted.some((it) => within(name, it))
        ? "not permitted"
        : undefined;
  const few = { maxLength: 4 };
  fc.assert(
    fc.property(
      fc.tuple(fc.array(domain, few), fc.array(domain, few), fc.array(host, { minLength: 1, maxLength: 4 })),
      fc.tuple(fc.array(range, few), fc.array(range, few), fc.array(address, { minLength: 1, maxLength: 4 })),
      ([domains, others, hosts], [ranges, apart, addresses]) => {
        const base = ({ address: it, bits }: { address: readonly number[]; bits: number }): Uint8Array => ip(...prefix(it, bits));
        fc.pre(domains.length + others.length + ranges.length + apart.length > 0);
        assert.deepEqual(
          certified(
            [...domains.map(dns), ...ranges.map(base)],
            [...others.map(dns), ...apart.map(base)],
            [...hosts.map(dns), ...addresses.map((it) => ip(...it))],
          ),
          [...hosts.map((it) => verdict(it, domains, others, covers)), ...addresses.map((it) => verdict(it, ranges, apart, inRange))],
        );
      },
    ),
    { numRuns: 400 },
  );
});

test("letters of either case, and a range within another", () => {
  assert.deepEqual(certified([dns("Example")], [], [dns("A.EXAMPLE"), dns("aexample")]), [undefined, "not permitted"]);
  const [all, part] = [ip(...prefix([10, 0, 0, 0], 8)), ip(...prefix([10, 0, 0, 0], 24))];
  for (const both of [
    [all, part],
    [part, all],
  ])
    assert.deepEqual(certified(both, [], [ip(10, 255, 0, 1), ip(11, 0, 0, 0)]), [undefined, "not permitted"]);
});

const policy = { minimumVersion: MINIMUM_VERSION, mtls: "auto", profile: "private-mtls", now: NOW, expiringDays: EXPIRING_DAYS } as const;
/** All names are within, so that each is looked at. */
function bomb(count: number, ...more: readonly Uint8Array[]): Uint8Array {
  const each = <T>(make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
  const bytes = (index: number): number[] => [10, index >> 16, (index >> 8) & 0xff, index & 0xff];
  const extensions = [
    basicConstraints(true),
    constraintsOf(
      [...each((it) => dns(`d${it}.example`)), ...each((it) => ip(...bytes(it), 255, 255, 255, 255))],
      each((it) => dns(`x${it}`)),
    ),
  ];
  const leaf = certificatePem({
    extensions: [alternativeNames(...each((it) => dns(`a.d${it}.example`)), ...each((it) => ip(...bytes(it))), ...more)],
  });
  return text(leaf + pem("CERTIFICATE", certificate({ subject: "Example CA", extensions })));
}

function judged(input: Uint8Array): readonly string[] {
  const file = readCertificateFile(input);
  return fileRules.flatMap((rule) => rule.judge(file, { policy, usedAs: [] }).map(() => rule.id));
}

test("the work grows with names and constraints, not with their product", async () => {
  assert.ok(judged(bomb(500, dns("outside.example"))).includes("wrong-name-constraint"), "the last name is looked at");
  assert.ok(!judged(bomb(500)).includes("wrong-name-constraint"));
  // A text that was just read is not read again.
  const [few, many] = [await stepsOf(() => judged(bomb(501))), await stepsOf(() => judged(bomb(2000)))];
  assert.ok(many < 5 * few, `${many} steps instead of ${few}`);
});
