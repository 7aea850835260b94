/** The name that a client asks for: a DNS name or an address. */
import { isValidDnsName } from "./webpki/dns-names.ts";

/** Without a port. */
export const isHost = (text: string): boolean => parseAddress(text) !== undefined || isValidDnsName(text, "reference", false);

/** Four or sixteen bytes; undefined when the text is no address. */
export function parseAddress(text: string): Uint8Array | undefined {
  return parseDotted(text) ?? parseColons(text);
}

function parseDotted(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  const fine = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return fine ? Uint8Array.from(parts, Number) : undefined;
}

/** RFC 4291 §2.2. */
function parseColons(text: string): Uint8Array | undefined {
  if (!/^[0-9A-Fa-f:.]+$/.test(text) || !text.includes(":")) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [left = "", right] = halves;
  const head = groups(left);
  const tail = right === undefined ? [] : groups(right);
  if (head === undefined || tail === undefined) return undefined;
  const missing = 16 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 2) return undefined;
  return Uint8Array.from([...head, ...Array.from({ length: missing }, () => 0), ...tail]);
}

function groups(text: string): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const parts = text.split(":");
  for (const [index, part] of parts.entries()) {
    const dotted = index === parts.length - 1 ? parseDotted(part) : undefined;
    if (dotted !== undefined) bytes.push(...dotted);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(part)) bytes.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}
