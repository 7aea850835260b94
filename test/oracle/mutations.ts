/** Chains in which one byte, element or end of a certificate was changed. */
import { bytes, dns, noise } from "../certificates/build.ts";
import { type Bytes, LEVELS, type Level, type Scenario, scenario, withAlso } from "./chain.ts";
import { subtree, subtrees } from "./name-constraints.ts";

/** One byte of one certificate changed, an element shortened or the end cut off, at places and with values that a seed decides. */
export function mutations(count: number): Scenario[] {
  const sources = [
    scenario("plain", {}),
    scenario("constrained", { intermediate: withAlso(subtrees([subtree(dns("example.test"))], undefined))("intermediate") }),
  ];
  const choices = noise("mutations", count * 6);
  return Array.from({ length: count }, (_, index) => {
    const [source = 0, which = 0, high = 0, low = 0, how = 0, value = 0] = choices.subarray(index * 6);
    const original = sources[source % sources.length] ?? scenario("plain", {});
    const changed = (level: Level, der: Bytes): { readonly id: string; readonly der: Bytes } => {
      const place = (high * 256 + low) % der.length;
      return { id: `mutation/${index}, ${level} at byte ${place}`, der: mutate(der, place, how, value) };
    };
    const level = LEVELS[which % LEVELS.length] ?? "leaf";
    const { id, der } = changed(
      level,
      level === "leaf" ? original.leaf : (original[level === "root" ? "roots" : "intermediates"][0] ?? bytes()),
    );
    return { ...original, id, ...(level === "leaf" ? { leaf: der } : level === "root" ? { roots: [der] } : { intermediates: [der] }) };
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
