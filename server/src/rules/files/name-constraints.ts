/** Whether names are within an authority's constraints, as RFC 5280 §4.2.1.10 has it. */
import type { GeneralName, NameConstraints, Subtree } from "../../pki/index.ts";

export type Breach = "excluded" | "not permitted";

/**
 * Of names of hosts and addresses; undefined: within. Constraints are looked up, not tried one by one: a certificate has room for
 * thousands of names, and its authority for as many constraints.
 */
export function breaches({ permitted, excluded }: NameConstraints): (name: GeneralName) => Breach | undefined {
  const inside = new Coverage(permitted);
  const outside = new Coverage(excluded);
  return (name) => {
    if (name.kind !== "DNS" && name.kind !== "IP") return undefined;
    if (outside.covers(name)) return "excluded";
    return inside.speaksOf(name.kind) && !inside.covers(name) ? "not permitted" : undefined;
  };
}

/** RFC 1035 §2.3.4: longer names nobody has. */
const LONGEST_HOST = 255;

class Coverage {
  readonly #domains = new Set<string>();
  /** From the first address to the last, as hexadecimal digits of equal number, in order and apart from each other. */
  readonly #ranges: { readonly first: string; readonly last: string }[] = [];

  constructor(subtrees: readonly Subtree[]) {
    const ranges: { readonly first: string; readonly last: string }[] = [];
    for (const subtree of subtrees) {
      if (subtree.kind === "DNS") this.#domains.add(subtree.text.toLowerCase());
      else if (subtree.kind === "IP" && !isCrookedMask(subtree)) ranges.push(rangeOf(subtree.bytes));
    }
    ranges.sort((a, b) => (a.first < b.first || (a.first === b.first && a.last > b.last) ? -1 : 1));
    // Of two ranges that meet, one lies within the other.
    for (const range of ranges) if ((this.#ranges.at(-1)?.last ?? "") < range.first) this.#ranges.push(range);
  }

  speaksOf(kind: "DNS" | "IP"): boolean {
    return kind === "DNS" ? this.#domains.size > 0 : this.#ranges.length > 0;
  }

  covers({ kind, value }: GeneralName): boolean {
    return kind === "DNS" ? this.#coversHost(value.toLowerCase()) : this.#coversAddress(addressOf(value));
  }

  /** A domain covers itself and all below it; with a dot in front, which the RFC does not know, only what is below. */
  #coversHost(host: string): boolean {
    if (this.#domains.has("") || this.#domains.has(host)) return true;
    for (let at = host.indexOf(".", Math.max(0, host.length - LONGEST_HOST)); at >= 0; at = host.indexOf(".", at + 1))
      if (this.#domains.has(host.slice(at)) || this.#domains.has(host.slice(at + 1))) return true;
    return false;
  }

  #coversAddress(address: readonly number[] | undefined): boolean {
    if (address === undefined) return false;
    const digits = digitsOf(address);
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.last ?? "") < digits) low = middle + 1;
      else high = middle;
    }
    const range = this.#ranges[low];
    return range !== undefined && range.first <= digits;
  }
}

/** Addresses of both kinds are told apart by what stands in front, so that they sort beside each other. */
const digitsOf = (address: Iterable<number>): string => {
  const digits = Array.from(address, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${digits.length === 8 ? 4 : 6}${digits}`;
};

function rangeOf(bytes: Uint8Array): { readonly first: string; readonly last: string } {
  const half = bytes.length / 2;
  const mask = (at: number): number => bytes[half + at] ?? 0;
  const address = bytes.subarray(0, half);
  return {
    first: digitsOf(address.map((byte, at) => byte & mask(at))),
    last: digitsOf(address.map((byte, at) => byte | (~mask(at) & 0xff))),
  };
}

/** Of the text that `pki/` makes of an address. */
function addressOf(text: string): readonly number[] | undefined {
  if (/^\d+(\.\d+){3}$/.test(text)) return text.split(".").map(Number);
  if (!text.includes(":")) return undefined;
  const [head = "", tail] = text.split("::");
  const groups = (part: string): number[] => (part === "" ? [] : part.split(":").map((it) => Number.parseInt(it, 16)));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after].flatMap((it) => [it >> 8, it & 0xff]);
}

/** Mask bits after the first zero: no range that anybody can mean. */
export function isCrookedMask({ kind, bytes }: Subtree): boolean {
  if (kind !== "IP") return false;
  if (bytes.length !== 8 && bytes.length !== 32) return true;
  const bits = Array.from(bytes.subarray(bytes.length / 2), (it) => it.toString(2).padStart(8, "0")).join("");
  return /01/.test(bits);
}
