/**
 * Chains of parts that others made, decided by a seed: extensions of certificates of x509-limbo, put together anew and signed
 * with keys that are at hand.
 */
import { type Certificate, readCertificateFile } from "../../server/src/pki/index.ts";
import { bytes, pem } from "../certificates/build.ts";
import { type Bytes, HOST, NOW, type Scenario } from "./chain.ts";
import { Dice } from "./dice.ts";
import { issue, KEYS, type Key } from "./issue.ts";

/** What a certificate says beside names, keys and times. */
interface Parts {
  readonly extensions: readonly Bytes[];
  readonly host: string;
}
type Level = "roots" | "intermediates" | "leaves";
type Stock = Readonly<Record<Level, readonly Parts[]>>;

function partsOf(der: Bytes, { host }: Scenario): readonly Parts[] {
  const [section] = readCertificateFile(new TextEncoder().encode(pem("CERTIFICATE", der))).sections;
  const parsed: Certificate | undefined = section?.parsed?.kind === "certificate" ? section.parsed : undefined;
  if (parsed === undefined) return [];
  return [{ extensions: parsed.extensions.map(({ start, end }) => der.subarray(start, end)), host }];
}

/** Of the cases that are not variations of one theme a hundred times. */
export function stockOf(cases: readonly Scenario[]): Stock {
  const chosen = cases.filter(({ id }, at) => !/bettertls/.test(id) || at % 10 === 0);
  return {
    roots: chosen.flatMap((it) => it.roots.flatMap((der) => partsOf(der, it))),
    intermediates: chosen.flatMap((it) => it.intermediates.flatMap((der) => partsOf(der, it))),
    leaves: chosen.flatMap((it) => partsOf(it.leaf, it)),
  };
}

const AUTHORITY_KEYS = [KEYS.root, KEYS.intermediate, KEYS.p384, KEYS.rsa2048, KEYS.ed25519] as const;

/** As they were in one certificate, but for one that comes from another, is left out, or is there twice. */
function extensionsFrom(dice: Dice, stock: readonly Parts[]): readonly Bytes[] {
  const { extensions = [] } = stock[numberBelow(dice, stock.length)] ?? {};
  if (!dice.chance(45)) return extensions;
  const { extensions: others = [] } = stock[numberBelow(dice, stock.length)] ?? {};
  const at = dice.below(Math.max(1, extensions.length));
  const foreign = others[dice.below(Math.max(1, others.length))];
  switch (dice.below(4)) {
    case 0:
      return extensions.filter((_, index) => index !== at);
    case 1:
      return extensions.map((it, index) => (index === at ? (foreign ?? it) : it));
    case 2:
      return foreign === undefined ? extensions : [...extensions, foreign];
    default:
      return [...extensions].reverse();
  }
}
/** Dice have a byte, and there are more certificates. */
const numberBelow = (dice: Dice, count: number): number => (count === 0 ? 0 : (dice.below(256) * 256 + dice.below(256)) % count);

/** One chain, by its number under a seed. */
export function recombinedScenario(stock: Stock, seed: string, number: number): Scenario {
  const dice = new Dice(`recombined/${seed}/${number}`);
  const depth = dice.one([0, 1, 1, 1, 2]);
  const authorities: { readonly key: Key; readonly der: Bytes }[] = [];
  const order = (subject: string, issuer: string, key: Key, signer: Key, serial: number, extensions: readonly Bytes[]): Bytes =>
    issue({ spec: { issuer, subject, serial: bytes(serial), extensions }, key, issuer: signer });
  for (let level = 0; level <= depth; level++) {
    const key = dice.mostly<Key>(AUTHORITY_KEYS);
    const signer = authorities.at(-1)?.key ?? key;
    const extensions = extensionsFrom(dice, level === 0 ? stock.roots : stock.intermediates);
    authorities.push({ key, der: order(`CA ${level}`, `CA ${Math.max(0, level - 1)}`, key, signer, level + 1, extensions) });
  }
  const from = stock.leaves[numberBelow(dice, stock.leaves.length)];
  const mixed = dice.chance(50);
  const leaf = order(
    "leaf",
    `CA ${depth}`,
    KEYS.leaf,
    authorities.at(-1)?.key ?? KEYS.root,
    99,
    mixed ? extensionsFrom(dice, stock.leaves) : (from?.extensions ?? []),
  );
  const ders = authorities.map(({ der }) => der);
  return {
    id: `recombined/${seed}/${number}`,
    leaf,
    intermediates: ders.slice(1),
    roots: ders.slice(0, 1),
    host: from?.host ?? HOST,
    now: NOW,
  };
}
