/**
 * JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037) in a text, wherever in it: a file of one, a set, settings, a string of code. Each is
 * written as DER and read as any key is, so that kind, size, pin and faults mean the same.
 */
import { type Span, span } from "../../base/span.ts";
import { DerReader } from "../der/der.ts";
import type { Section } from "../section.ts";
import { readCertificate } from "../x509/certificate.ts";
import { readLonePublicKey } from "../x509/public-key.ts";
import { type KeyWork, type PrivateKey, readPrivateKey } from "./keys.ts";
import { mentionsWebKey } from "./mentions.ts";
import { ecInfo, ecPrivateKey, plainInfo, plainPrivateKey, rsaInfo, rsaPrivateKey } from "./public-key-der.ts";

/** RSA of 16,384 bits with a chain of certificates has less. */
const LONGEST_KEY = 262_144;

/** `members`: with the texts of the key alone. */
interface WebKey {
  readonly span: Span;
  readonly members: ReadonlyMap<string, string>;
  readonly chain: readonly string[];
}

/** One pass: the objects that have a `kty` of their own, in the order of their ends. Quotes may be escaped, as in a literal. */
function webKeys(text: string): readonly WebKey[] {
  if (!mentionsWebKey(text)) return [];
  const found: WebKey[] = [];
  const open: { readonly at: number; keyed: boolean }[] = [];
  for (const { 0: sign, index } of text.matchAll(/[{}]|["']kty\\{0,4}["']/g)) {
    const inner = open.at(-1);
    if (sign === "{") open.push({ at: index, keyed: false });
    else if (sign !== "}") {
      if (inner !== undefined) inner.keyed = true;
    } else if (open.pop() !== undefined && inner?.keyed === true && index - inner.at < LONGEST_KEY) {
      const key = parsed(text.slice(inner.at, index + 1), span(inner.at, index + 1));
      if (key !== undefined) found.push(key);
    }
  }
  return found;
}

function parsed(text: string, whole: Span): WebKey | undefined {
  let value: unknown;
  try {
    // In a literal of another language every quote has a backslash.
    value = JSON.parse(
      /^\{\s{0,80}\\/.test(text) ? text.replace(/\\{1,4}(["nrt/])/g, (_, sign: string) => (sign === '"' ? '"' : " ")) : text,
    );
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  const members = new Map(entries.flatMap(([name, it]): [string, string][] => (typeof it === "string" ? [[name, it]] : [])));
  if (!members.has("kty")) return undefined;
  const chain: unknown = entries.find(([name]) => name === "x5c")?.[1];
  const texts = Array.isArray(chain) ? chain.flatMap((it): string[] => (typeof it === "string" ? [it] : [])) : [];
  return { span: whole, members, chain: texts };
}

/** Keys, each with the certificates that it names as its own. */
export function webKeySections(text: string, work: KeyWork): readonly Section[] {
  return webKeys(text).flatMap((key) => [sectionOf(key, work), ...key.chain.flatMap((it) => certificateOf(key, it))]);
}

function sectionOf(key: WebKey, work: KeyWork): Section {
  const kid = key.members.get("kid");
  const boundary = span(key.span.start, key.span.start + 1);
  const base = { label: "JWK", span: key.span, boundary, problems: [], textSpan: () => boundary, ...(kid !== undefined && { alias: kid }) };
  const publicDer = publicInfo(key);
  if (isSecret(key)) {
    const whole = privateDer(key);
    const read = whole && readPrivateKey(whole.der, whole.label, [], work);
    const known: PrivateKey | undefined = read !== undefined && "encoding" in read ? read : undefined;
    return { ...base, kind: "private-key", parsed: { ...(known ?? halfKnown(key, publicDer)), encoding: "JWK" } };
  }
  const read = publicDer && readLonePublicKey(publicDer, "PUBLIC KEY");
  return publicDer === undefined || read === undefined || "offset" in read
    ? { ...base, kind: "other" }
    : { ...base, kind: "public-key", der: publicDer, parsed: read };
}

/** RFC 7518 §6.2.2 and §6.3.2: `d`; of symmetric keys `k`, of ML-DSA `priv`. */
const isSecret = ({ members }: WebKey): boolean => ["d", "k", "priv"].some((it) => members.has(it));

/** Of a kind whose private half is not looked at: symmetric, of ML-DSA, RSA without its primes. */
function halfKnown({ members }: WebKey, publicDer: Uint8Array | undefined): PrivateKey {
  const secret = bytesOf(members.get("k"));
  const read = publicDer && readLonePublicKey(publicDer, "PUBLIC KEY");
  const half = read !== undefined && "key" in read ? read : undefined;
  const symmetric = { type: "symmetric", bits: secret && 8 * secret.length, curve: undefined, exponent: undefined };
  const key = members.get("kty") === "oct" ? symmetric : half?.key;
  return { kind: "private-key", encoding: "JWK", encrypted: false, encryption: undefined, key, pin: half?.pin };
}

function publicInfo({ members }: WebKey): Uint8Array | undefined {
  const member = (name: string): Uint8Array | undefined => bytesOf(members.get(name));
  const curve = members.get("crv") ?? "";
  switch (members.get("kty")) {
    case "RSA": {
      const [n, e] = [member("n"), member("e")];
      return n && e && rsaInfo(n, e);
    }
    case "EC": {
      const point = pointOf(member("x"), member("y"));
      return point && ecInfo(curve, point);
    }
    case "OKP": {
      const x = member("x");
      return x && plainInfo(curve, x);
    }
    case "AKP": {
      const half = member("pub");
      return half && plainInfo(members.get("alg") ?? "", half);
    }
    default:
      return undefined;
  }
}

function privateDer({ members }: WebKey): { readonly der: Uint8Array; readonly label: string } | undefined {
  const member = (name: string): Uint8Array | undefined => bytesOf(members.get(name));
  const curve = members.get("crv") ?? "";
  const [secret, x] = [member("d"), member("x")];
  switch (members.get("kty")) {
    case "RSA": {
      const numbers = ["n", "e", "d", "p", "q", "dp", "dq", "qi"].flatMap((it) => member(it) ?? []);
      return numbers.length === 8 ? { der: rsaPrivateKey(numbers), label: "RSA PRIVATE KEY" } : undefined;
    }
    case "EC": {
      const point = pointOf(x, member("y"));
      const der = secret && point && ecPrivateKey(curve, secret, point);
      return der && { der, label: "EC PRIVATE KEY" };
    }
    case "OKP": {
      const der = secret && x && plainPrivateKey(curve, secret, x);
      return der && { der, label: "PRIVATE KEY" };
    }
    default:
      return undefined;
  }
}

const pointOf = (x: Uint8Array | undefined, y: Uint8Array | undefined): Uint8Array | undefined => x && y && Uint8Array.of(4, ...x, ...y);

/** Base64 of either alphabet; undefined where it is none. */
function bytesOf(text: string | undefined): Uint8Array | undefined {
  if (text === undefined || !/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function certificateOf({ span: whole }: WebKey, text: string): readonly Section[] {
  const der = bytesOf(text);
  if (der === undefined || !new DerReader(der).more) return [];
  const read = readCertificate(der);
  const boundary = span(whole.start, whole.start + 1);
  const outcome = read.kind === "certificate" ? { parsed: read } : { error: read };
  return [
    {
      kind: "certificate",
      container: "JWK",
      label: "CERTIFICATE",
      span: whole,
      boundary,
      der,
      ...outcome,
      problems: [],
      textSpan: () => boundary,
    },
  ];
}
