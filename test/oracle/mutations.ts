/** Chains in which one byte, element or end of a certificate was changed. */
import {
  alternativeNames,
  bytes,
  CLIENT,
  dns,
  extension,
  ip,
  noise,
  purposes,
  SERVER,
  sequence,
  text,
  tlv,
  uri,
} from "../certificates/build.ts";
import { type Bytes, HOST, type Scenario, scenario } from "./chain.ts";
import { AUTHORITY, END_ENTITY, KEYS } from "./issue.ts";
import { listScenarios } from "./lists.ts";
import { subtree, subtrees } from "./name-constraints.ts";

/** Chains of other forms, each with all that its certificates and lists can say. */
function sources(): readonly Scenario[] {
  const constrained = subtrees([subtree(dns("example.test")), subtree(ip(10, 0, 0, 0, 255, 0, 0, 0))], [subtree(uri(".evil.test"))]);
  const identified = extension("2.5.29.35", sequence(tlv(0x80, 7)));
  const identity = alternativeNames(dns(HOST), ip(10, 0, 0, 1), uri("spiffe://example.test/api"), tlv(0x81, text("a@example.test")));
  const rich = scenario("rich", {
    root: { key: KEYS.p384, spec: { extensions: [...AUTHORITY, extension("2.5.29.14", tlv(0x04, 7))] } },
    intermediate: {
      key: KEYS.rsa2048,
      spec: { extensions: [...AUTHORITY, identified, extension("2.5.29.14", tlv(0x04, 7)), purposes(SERVER, CLIENT), constrained] },
    },
    leaf: { key: KEYS.ed25519, spec: { extensions: [identity, identified, ...END_ENTITY.slice(0, 2)] } },
  });
  const listed = listScenarios().filter(({ id }) =>
    /^lists\/(both\/strict|scope\/users only|points\/address, list for address|entry\/reason 4)$/.test(id),
  );
  return [scenario("plain", {}), rich, ...listed];
}

/** One byte of a certificate or a list changed, an element shortened or the end cut off, at places and with values that a seed decides. */
export function mutations(count: number): Scenario[] {
  const originals = sources();
  return mutationsOf("", count, (source) => originals[source % originals.length] ?? scenario("plain", {}));
}

/** Each of these so many times, whoever made them. */
export const mutationsOfEach = (originals: readonly Scenario[], times: number): Scenario[] =>
  originals.flatMap((original) => mutationsOf(original.id, times, () => original));

function mutationsOf(seed: string, count: number, sourceOf: (choice: number) => Scenario): Scenario[] {
  // Another seed by ORACLE_SEED: cases that nobody has seen.
  const choices = noise(`mutations${process.env["ORACLE_SEED"] ?? ""}${seed}`, count * 6);
  return Array.from({ length: count }, (_, index) => {
    const [source = 0, which = 0, high = 0, low = 0, how = 0, value = 0] = choices.subarray(index * 6);
    const original = sourceOf(source);
    const { leaf, intermediates, roots, lists = [] } = original;
    // All that can be changed, each by its place among them.
    const whole = [leaf, ...intermediates, ...roots, ...lists];
    const at = which % whole.length;
    const place = (high * 256 + low) % (whole[at]?.length ?? 1);
    const changed = whole.map((der, other) => (other === at ? mutate(der, place, how, value) : der));
    const level =
      at === 0 ? "leaf" : at <= intermediates.length ? "intermediate" : at <= intermediates.length + roots.length ? "root" : "list";
    return {
      ...original,
      id: `mutation/${index} of ${original.id}, ${level} at byte ${place}`,
      leaf: changed[0] ?? leaf,
      intermediates: changed.slice(1, 1 + intermediates.length),
      roots: changed.slice(1 + intermediates.length, 1 + intermediates.length + roots.length),
      ...(original.lists === undefined ? {} : { lists: changed.slice(1 + intermediates.length + roots.length) }),
    };
  });
}

function mutate(der: Bytes, place: number, how: number, value: number): Bytes {
  const changed = Uint8Array.from(der);
  const byte = changed[place] ?? 0;
  switch (how % 8) {
    case 0:
      return changed.subarray(0, place);
    case 1:
      return bytes(changed.subarray(0, place), value, changed.subarray(place));
    case 2:
      return bytes(changed.subarray(0, place), changed.subarray(place + 1));
    case 3:
      changed[place] = value;
      return changed;
    case 4:
      changed[place] = byte + 1;
      return changed;
    default:
      changed[place] = byte ^ (1 << (value % 8));
      return changed;
  }
}
