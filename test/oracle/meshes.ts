/**
 * Authorities that sign each other, decided by a seed: several certificates of one name, names with several keys, crossed signatures and
 * loops, of which some are trusted and some are sent, in any order. What is asked is which path a stack finds.
 */
import { alternativeNames, basicConstraints, bytes, dns, extension, keyUsage, sequence, time, tlv } from "../certificates/build.ts";
import { type Bytes, HOST, NOW, type Scenario } from "./chain.ts";
import { Dice } from "./dice.ts";
import { elliptic, issue, KEYS, type Key } from "./issue.ts";
import { directory } from "./name-constraints.ts";

const KEY_POOL: readonly [Key, ...Key[]] = [
  elliptic("P-256"),
  elliptic("P-256"),
  elliptic("P-256"),
  elliptic("P-256"),
  elliptic("P-384"),
  KEYS.ed25519,
];
const NAMES = ["CA A", "CA B", "CA C", "CA D"] as const;

/** A name with one of its keys. */
interface Authority {
  readonly name: string;
  readonly key: Key;
}
interface Issued extends Authority {
  readonly der: Bytes;
}

function validity(dice: Dice) {
  if (!dice.chance(12)) return {};
  return dice.chance(50) ? { notAfter: time("2026-02-01T00:00:00Z") } : { notBefore: time("2026-04-01T00:00:00Z") };
}

/** The number of the key in the pool stands for its hash. */
const identifierOf = (key: Key): Bytes => bytes(0x10 + KEY_POOL.indexOf(key));

/** Identifiers of both keys: mostly right, at times of another, or by name and serial number. */
function identifiers(dice: Dice, issuer: Authority, own: Key | undefined): readonly Bytes[] {
  const chosen = (key: Key): Bytes => identifierOf(dice.chance(90) ? key : dice.one(KEY_POOL));
  const bySerial = [tlv(0xa1, directory(dice.chance(85) ? issuer.name : dice.one(NAMES))), tlv(0x82, 1 + dice.below(6))];
  const authority = dice.chance(80) ? [tlv(0x80, chosen(issuer.key))] : bySerial;
  return [
    ...(own !== undefined && dice.chance(55) ? [extension("2.5.29.14", tlv(0x04, chosen(own)))] : []),
    ...(dice.chance(45) ? [extension("2.5.29.35", sequence(...authority))] : []),
  ];
}

function authorityExtensions(dice: Dice, issuer: Authority, own: Key): readonly Bytes[] {
  return [
    ...(dice.chance(96) ? [basicConstraints(!dice.chance(4), dice.chance(15) ? dice.below(3) : undefined)] : []),
    ...(dice.chance(75) ? [dice.chance(95) ? keyUsage("0000011") : keyUsage("1")] : []),
    ...identifiers(dice, issuer, own),
  ];
}

function issuedBy(dice: Dice, issuer: Authority, subject: Authority, serial: number): Issued {
  const spec = { issuer: issuer.name, subject: subject.name, serial: bytes(serial), ...validity(dice) };
  const signer = dice.chance(97) ? issuer.key : dice.one(KEY_POOL);
  const extensions = authorityExtensions(dice, issuer, subject.key);
  return { ...subject, der: issue({ spec: { ...spec, extensions }, key: subject.key, issuer: signer }) };
}

function shuffled<T>(dice: Dice, items: readonly T[]): T[] {
  const left = [...items];
  const found: T[] = [];
  while (left.length > 0) found.push(...left.splice(dice.below(left.length), 1));
  return found;
}

/** One mesh, by its number under a seed. */
export function meshScenario(seed: string, number: number): Scenario {
  const dice = new Dice(`mesh/${seed}/${number}`);
  const count = 2 + dice.below(4);
  const authorities = Array.from({ length: count }, (): Authority => ({ name: dice.one(NAMES), key: dice.one(KEY_POOL) }));
  const any = (): Authority => authorities[dice.below(count)] ?? { name: "CA A", key: KEY_POOL[0] };
  const certificates: Issued[] = [];
  for (let left = 2 + dice.below(6); left > 0; left--) {
    const subject = any();
    const issuer = dice.chance(30) ? subject : any();
    certificates.push(issuedBy(dice, issuer, subject, 1 + dice.below(6)));
  }
  const issuer = dice.chance(95) ? (certificates.at(-1 - dice.below(2)) ?? any()) : any();
  const leaf = issue({
    spec: {
      issuer: issuer.name,
      subject: "leaf",
      serial: bytes(99),
      extensions: [keyUsage("1"), alternativeNames(dns(HOST)), ...identifiers(dice, issuer, undefined)],
      ...(dice.chance(30) ? validity(dice) : {}),
    },
    key: KEYS.leaf,
    issuer: dice.chance(98) ? issuer.key : KEY_POOL[0],
  });
  const ders = shuffled(
    dice,
    certificates.map(({ der }) => der),
  );
  const trusted = 1 + dice.below(3);
  const sent = ders.slice(trusted).filter(() => dice.chance(92));
  return {
    id: `mesh/${seed}/${number}`,
    leaf,
    intermediates: dice.chance(20) ? shuffled(dice, [...sent, ...ders.slice(0, 2)]) : sent,
    roots: ders.slice(0, trusted),
    host: HOST,
    now: NOW,
  };
}
