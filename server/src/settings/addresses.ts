/** Connection strings taken apart, with the place of every part: addresses, `keyword=value` strings, and pieces of either. */
import { type Span, span } from "../base/span.ts";
import type { Reach } from "../tls/facts.ts";
import { reachOfHost, widest } from "../tls/hosts.ts";

export interface Parameter {
  /** Lower case. */
  readonly key: string;
  /** The key as written. */
  readonly name: string;
  /** As written, without quotes. */
  readonly value: string;
  readonly valueSpan: Span;
  /** Key and value. */
  readonly span: Span;
}

export interface Address {
  /** Lower case; absent for strings of pairs, and for pieces. */
  readonly scheme?: { readonly name: string; readonly span: Span };
  /** Undefined where a piece does not show it. */
  readonly reach: Reach;
  readonly host?: string;
  readonly password: boolean;
  readonly parameters: readonly Parameter[];
  /** With its `#`. */
  readonly fragment?: { readonly text: string; readonly span: Span };
  /** The whole, without blanks around it. */
  readonly span: Span;
  /** Where a parameter could be added, and what has to stand before it. */
  readonly end?: { readonly at: number; readonly joint: "?" | "&" };
}

const URL = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/([^\s/?#;]*)((?:\/[^\s?#;]*)?)(?:([?;])([^\s#]*))?(#\S*)?$/i;
const MAXIMUM_LENGTH = 4096;

/** `offset`: where the text stands in its file. */
export function readUrl(text: string, offset: number): Address | undefined {
  if (text.length > MAXIMUM_LENGTH) return undefined;
  const start = offset + text.length - text.trimStart().length;
  const whole = text.trim();
  const match = URL.exec(whole);
  if (!match) return undefined;
  const [, scheme = "", authority = "", path = "", mark, query, fragment] = match;
  const schemeAt = start + whole.indexOf(`${scheme}://`);
  const at = authority.lastIndexOf("@");
  const hosts = hostsOf(at < 0 ? authority : authority.slice(at + 1));
  const queryAt = schemeAt + scheme.length + 3 + authority.length + path.length + 1;
  const parameters = query === undefined ? [] : pairs(query, queryAt, mark === ";" ? ";" : "&");
  const named = parameters.find((it) => it.key === "host");
  const reach = named ? reachOfHost(named.value) : widest(hosts.map(reachOfHost));
  return {
    scheme: { name: scheme.toLowerCase(), span: span(schemeAt, schemeAt + scheme.length) },
    reach: authority === "" && !named && path === "" ? "unknown" : reach,
    ...(reach === "unknown" || hosts[0] === undefined ? {} : { host: hosts[0] }),
    password: /^[^:]*:./.test(authority.slice(0, Math.max(0, at))) || parameters.some((it) => it.key === "password" && it.value !== ""),
    parameters,
    ...(fragment === undefined
      ? {}
      : { fragment: { text: fragment, span: span(start + whole.length - fragment.length, start + whole.length) } }),
    span: span(start, start + whole.length),
    ...(mark === ";" ? {} : { end: { at: start + whole.length - (fragment?.length ?? 0), joint: query === undefined ? "?" : "&" } }),
  };
}

/** Without user and port; an IPv6 address without its brackets. */
const hostsOf = (authority: string): readonly string[] =>
  authority.split(",").map((it) => /^\[([^\]]*)\]/.exec(it)?.[1] ?? it.replace(/:(?:\d*|\$\w+|\$?\{[^{}]*\})$/, ""));

/**
 * `host=db sslmode=disable`, `Server=db;Encrypt=false`, or a piece such as `?sslmode=disable`. Undefined for prose: everything
 * between the separators has to be a pair.
 */
export function readPairs(
  text: string,
  offset: number,
  form: { readonly separator: " " | ";"; readonly hosts: readonly string[]; readonly passwords: readonly string[] } | undefined,
): Address | undefined {
  if (text.length > MAXIMUM_LENGTH) return undefined;
  // `?sslmode=disable`, `{base}/db?sslmode=disable`: the query of an address whose start is elsewhere.
  const query = /^\s*[^\s=?&;]*[?&]/.exec(text)?.[0];
  const lead = query?.length ?? 0;
  const piece = query !== undefined;
  const separator = piece ? "&" : (form?.separator ?? "&");
  const body = text.slice(lead);
  const parts = body.trim() === "" ? [] : splitAt(body, separator).filter(({ text: it }) => it.trim() !== "");
  if (parts.length === 0 || !parts.every(({ text: it }) => /^[\w .-]{1,40}$/.test(keyOf(it) ?? ""))) return undefined;
  const parameters = pairs(body, offset + lead, separator);
  // One pair alone is what a program looks for in an address as likely as what it adds to one.
  if (!piece && parameters.length < 2) return undefined;
  const hosts = parameters.filter((it) => form?.hosts.includes(it.key));
  const host = hosts[0] && bareHost(hosts[0].value);
  return {
    reach: hosts.length === 0 ? "unknown" : widest(hosts.flatMap((it) => it.value.split(",").map((one) => reachOfHost(bareHost(one))))),
    ...(host === undefined ? {} : { host }),
    password: parameters.some((it) => form?.passwords.includes(it.key) && it.value !== ""),
    parameters,
    span: span(offset, offset + text.length),
  };
}

/** SQL Server writes `tcp:host\instance,1433`. */
const bareHost = (value: string): string =>
  value
    .replace(/^(?:tcp|np|lpc):/i, "")
    .replace(/[\\,][\s\S]*/, "")
    .replace(/^\(local\)$|^\.$/i, "localhost");

/** What stands before the first `=`. */
const keyOf = (pair: string): string | undefined => (pair.includes("=") ? pair.slice(0, pair.indexOf("=")).trim() : undefined);

function pairs(text: string, offset: number, separator: string): readonly Parameter[] {
  return splitAt(text, separator).flatMap(({ text: part, at }): readonly Parameter[] => {
    const key = keyOf(part);
    if (key === undefined || !/^[\w .-]+$/.test(key)) return [];
    const start = offset + at + part.indexOf(key);
    const tail = part.slice(part.indexOf("=") + 1);
    const written = tail.trim();
    const valueAt = offset + at + part.length - tail.trimStart().length;
    const quoted = /^(['"])(.*)\1$/s.exec(written);
    const value = quoted?.[2] ?? written;
    const shift = quoted ? 1 : 0;
    return [
      {
        key: key.toLowerCase(),
        name: key,
        value,
        valueSpan: span(valueAt + shift, valueAt + shift + value.length),
        span: span(start, valueAt + written.length),
      },
    ];
  });
}

/** Blanks around `=` and within quotes separate nothing. */
function splitAt(text: string, separator: string): readonly { readonly text: string; readonly at: number }[] {
  const found: { text: string; at: number }[] = [];
  const pattern =
    separator === " "
      ? /[\w.-]+\s*=\s*(?:'(?:[^'\\]|\\.)*'|"[^"]*"|[^\s'"]*)|\S+/g
      : new RegExp(`(?:'[^']*'|"[^"]*"|[^${separator}'"]|['"])+`, "g");
  for (const match of text.matchAll(pattern)) found.push({ text: match[0], at: match.index });
  return found;
}
