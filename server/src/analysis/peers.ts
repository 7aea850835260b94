/** Whom a client connects to, by the value of the host or address that it is given. */
import type { Value } from "../flow/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { FactOf, Reach } from "../tls/facts.ts";
import { reachOfHost, widest } from "../tls/hosts.ts";
import { reachOf } from "./addresses.ts";
import { armsOf, isNone } from "./meanings.ts";

export type Peer = FactOf<"peer">;
type Text = Extract<Value, { readonly kind: "text" }>;

/** `unset`: what a value is while nobody sets anything, of each producer that is known. `isFile`: an address that leads to no host. */
export function peerOf(value: Value, unset: (value: Value) => readonly Value[], isFile: (value: Value) => boolean = () => false): Peer {
  const arms = armsOf(value).filter((it) => !isNone(it.value));
  // Of an address that is put together of what is configured, something is there or there is no address.
  const there = arms.filter((it) => it.value.kind !== "text" || hostIn(templateOf(it.value).text).host !== "");
  return together((there.length > 0 ? there : arms).map((it) => ofArm(it.value, unset, isFile)));
}

/** What is known of a text, with a mark where something is put in at run time. */
export function knownOf(value: Value): string {
  const text = writtenAs(value);
  if (text.kind === "text") return templateOf(text).text;
  return text.kind === "constant" && typeof text.value === "string" ? text.value : "";
}

/** It begins with what is put in, whatever is put behind that: no scheme and no host of its own. */
export function isBegunElsewhere(text: Text): boolean {
  const { text: known } = templateOf(text);
  return known.startsWith(MARK) && !known.includes("://") && !known.includes("=");
}

/** What a value was converted from, parsed or taken out of, or itself; of a list, its addresses. */
export function writtenAs(value: Value): Value {
  if (value.kind === "collection" && value.element !== undefined) return writtenAs(value.element);
  if (value.kind === "labelled" || (value.kind === "part" && STEPS.has(value.name))) return writtenAs(value.of);
  const [from] = value.kind === "apply" && CONVERTING.has(lastOf(value.callee)) ? value.arguments : [];
  return from === undefined ? value : writtenAs(from);
}

const UNKNOWN: Peer = { kind: "peer", reach: "unknown" };

const isHere = (it: Peer): boolean => it.reach === "loopback" || it.assumed === true;

/** A name of documents stands for whatever somebody gives in its place, where somebody may: it is theirs alone where nobody does. */
function reachOfAny(peers: readonly Peer[]): Reach {
  const found = widest(peers.map((it) => it.reach));
  return found === "example" && peers.some((it) => it.reach === "unknown") ? "unknown" : found;
}

/** One of several: where one is this machine, the others are what somebody says. */
function together(peers: readonly Peer[]): Peer {
  const [only = UNKNOWN, ...more] = peers;
  if (more.length === 0) return only;
  const reach = reachOfAny(peers);
  const assumed = reach === "unknown" && peers.some(isHere);
  const hostAlone = reach === "unknown" && peers.every((it) => it.reach !== "unknown" || it.hostAlone);
  const credentials = peers.some((it) => it.credentials);
  return {
    kind: "peer",
    reach,
    ...(assumed && { assumed }),
    ...(hostAlone && { hostAlone }),
    ...(credentials && { credentials }),
  };
}

function ofArm(value: Value, unset: (value: Value) => readonly Value[], isFile: (value: Value) => boolean): Peer {
  if (value.kind === "constant" && typeof value.value === "string") return ofText(value.value);
  if (value.kind === "text") return ofTemplate(value, unset);
  // A text that was parsed says what it is of.
  const text = writtenAs(value);
  if (text !== value) return peerOf(text, unset, isFile);
  const { reach } = reachOf(value);
  if (reach !== "unknown") return { kind: "peer", reach };
  // What is put in at run time may have a value while nobody puts it in.
  const defaults = value.open ? unset(value).filter((it) => it !== value && !isNothing(it)) : [];
  return defaults.some((it) => isFile(it) || isHere(peerOf(it, () => []))) ? { ...UNKNOWN, assumed: true } : UNKNOWN;
}

/** What a derived `Default` has for a text is no address. */
const isNothing = (value: Value): boolean => value.kind === "constant" && value.value === "";

/** An address that is put together: its host is known, or a value of its own. */
function ofTemplate(value: Text, unset: (value: Value) => readonly Value[]): Peer {
  const { text, put } = templateOf(value);
  const whole = ofText(text);
  const { host, start } = hostIn(text);
  const own = host === MARK ? put[text.slice(0, start).split(MARK).length - 1] : undefined;
  if (own === undefined) return whole;
  const { reach, assumed } = peerOf(own, unset);
  // What stands in front is written here, the scheme and all but names and passwords.
  const hostAlone = reach === "unknown" && start > 0 && !schemeIn(text).includes(MARK);
  return { ...whole, reach, ...(assumed && { assumed }), ...(hostAlone && { hostAlone }) };
}

const STEPS: ReadonlySet<string> = new Set(["success", "each"]);
/** Of the standard library's traits, and constructors, which take an address or name first. */
const CONVERTING: ReadonlySet<string> = new Set([
  "parse",
  "from_str",
  "from",
  "into",
  "try_from",
  "try_into",
  "new",
  "to_owned",
  "unwrap",
  "expect",
  "as_str",
  // Of a URL: with another path.
  "join",
]);

/** Stands for what is put in. */
const MARK = "\u{FFFC}";

function templateOf({ prefix, of, suffix }: Text): { readonly text: string; readonly put: readonly Value[] } {
  const put = of.filter((it) => it.kind !== "constant");
  return { text: [prefix, ...of.map((it) => (it.kind === "constant" ? String(it.value) : MARK)), suffix].join(""), put };
}

function ofText(text: string): Peer {
  const { host, credentials } = hostIn(text);
  const reach = host.includes(MARK) ? "unknown" : reachOfHost(host);
  return { kind: "peer", reach, ...(credentials && { credentials }) };
}

/** What stands before the `://`. */
const schemeIn = (text: string): string => text.slice(0, Math.max(0, text.indexOf("://")));

interface Host {
  readonly host: string;
  readonly start: number;
  readonly credentials: boolean;
}

/** Of `scheme://user:password@host:port/…`, of `host=… password=…`, and of a bare host. */
export function hostIn(text: string): Host {
  const named = /(?:^|[\s?&;])(?:host|hostaddr|server)\s*=\s*'?(?<host>[^\s'&;]*)/i.exec(text);
  const hasPassword = /(?:^|[\s?&;])(?:password|pwd)\s*=\s*[^\s&;]/i.test(text);
  const { host: one = "" } = named?.groups ?? {};
  if (named !== null) return { host: one, start: named.index + named[0].length - one.length, credentials: hasPassword };
  const scheme = text.indexOf("://");
  if (scheme < 0 && text.startsWith("/")) return { host: text, start: 0, credentials: hasPassword };
  const begin = scheme < 0 ? 0 : scheme + 3;
  const authority = /^[^/?#]*/.exec(text.slice(begin))?.[0] ?? "";
  const at = authority.lastIndexOf("@");
  const found = /^\[([^\]]*)\]|^[^:]*/.exec(authority.slice(at + 1));
  const inBrackets = found?.[1];
  return {
    host: inBrackets ?? found?.[0] ?? "",
    start: begin + at + 1 + (inBrackets === undefined ? 0 : 1),
    credentials: hasPassword || /^[^:]*:./.test(authority.slice(0, Math.max(0, at))),
  };
}
