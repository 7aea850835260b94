/** Whether names are within an authority's constraints, as RFC 5280 §4.2.1.10 has it. */
import type { GeneralName, NameConstraints, Subtree } from "../../pki/index.ts";

export type Breach = { readonly subtree: Subtree | undefined; readonly excluded: boolean };

/** Undefined: the name is within; only names of hosts and addresses are judged. */
export function breachOf(name: GeneralName, { permitted, excluded }: NameConstraints): Breach | undefined {
  if (name.kind !== "DNS" && name.kind !== "IP") return undefined;
  const same = (it: Subtree): boolean => it.kind === name.kind;
  const hit = excluded.filter(same).find((it) => covers(it, name));
  if (hit !== undefined) return { subtree: hit, excluded: true };
  const allowed = permitted.filter(same);
  return allowed.length === 0 || allowed.some((it) => covers(it, name)) ? undefined : { subtree: allowed[0], excluded: false };
}

function covers(subtree: Subtree, { kind, value }: GeneralName): boolean {
  return kind === "DNS" ? coversHost(subtree.text.toLowerCase(), value.toLowerCase()) : coversAddress(subtree.bytes, addressOf(value));
}

/** A domain covers itself and all below it; with a dot in front, which the RFC does not know, only what is below. */
function coversHost(domain: string, host: string): boolean {
  if (domain === "") return true;
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function coversAddress(range: Uint8Array, address: readonly number[] | undefined): boolean {
  if (address === undefined || range.length !== address.length * 2) return false;
  return address.every((byte, index) => ((byte ^ (range[index] ?? 0)) & (range[index + address.length] ?? 0)) === 0);
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
