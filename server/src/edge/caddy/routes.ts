/** Caddy's `reverse_proxy`: its upstreams, how it verifies them, and the headers that it sets of its client. */
import type { TextEdit } from "../../base/text-edit.ts";
import { widest } from "../../tls/hosts.ts";
import { targetAt } from "../authority.ts";
import type { EdgeStatement, ForwardedHeader, Provenance, Route, Target } from "../proxy.ts";
import { bodyOf, type CaddyText } from "./levels.ts";
import type { Directive, Word } from "./syntax.ts";

interface Reached {
  readonly directive: Directive;
  readonly beside: readonly Directive[];
  readonly isComplete: boolean;
}

/** Directives that bring headers of another program's. */
const ASKING: ReadonlySet<string> = new Set(["forward_auth", "vars", "intercept"]);

export function routeOf({ directive, beside, isComplete }: Reached, { file, text, snippets }: CaddyText): readonly Route[] {
  const body = bodyOf(directive.block, snippets);
  const upstreams = [
    ...directive.words.filter(isUpstream),
    ...body.directives.filter(({ name }) => name.value === "to").flatMap(({ words }) => words),
  ];
  const found = upstreams.map(destinationOf);
  if (found.length === 0) return [];
  const transports = body.directives
    .filter(({ name }) => name.value === "transport")
    .flatMap(({ block }) => bodyOf(block, snippets).directives);
  const isTls = found.every((it) => it.isTls) || transports.some(({ name }) => name.value.startsWith("tls"));
  const targets = found.map(({ target }) => target);
  const own = body.directives.flatMap((it) => (it.name.value === "header_up" ? headerOf(it.words, file) : []));
  const outer = beside.flatMap((it) => (it.name.value === "request_header" ? headerOf(it.words, file) : []));
  return [
    {
      place: { file, span: { start: directive.name.span.start, end: (directive.words.at(-1) ?? directive.name).span.end } },
      written: [directive.name, ...directive.words].map(({ value }) => value).join(" "),
      transport: isTls ? "tls" : "plaintext",
      targets,
      statements: isTls ? verification(transports, targets, file, text) : [],
      headers: [...own, ...outer],
      hasOtherHeaders: !isComplete || !body.isComplete || beside.some(({ name }) => ASKING.has(name.value)),
      clears: (header) => before(directive, `request_header -${header}`, text),
    },
  ];
}

/** No matcher, and no placeholder alone. */
const isUpstream = ({ value }: Word): boolean => !value.startsWith("@") && !value.startsWith("/") && value !== "*";

/** The scheme alone says whether it is TLS: to port 443 without one Caddy speaks plaintext (2.6.2). */
function destinationOf({ value }: Word): { readonly isTls: boolean; readonly target: Target } {
  if (value.startsWith("unix/")) return { isTls: false, target: { host: "", reach: "loopback" } };
  const at = value.indexOf("://");
  const isTls = value.startsWith("https://");
  const rest = at < 0 ? value : value.slice(at + "://".length);
  if (rest.includes("{")) return { isTls, target: { host: "", reach: "unknown" } };
  return { isTls, target: targetAt(rest, isTls ? 443 : 80) };
}

/** Where a user may put the CA of the network's own. */
const OWN_ANCHORS = "/etc/caddy/upstream-ca.pem";

function verification(transports: readonly Directive[], targets: readonly Target[], file: string, text: string): readonly EdgeStatement[] {
  const skips = transports.find(({ name }) => name.value === "tls_insecure_skip_verify");
  if (skips === undefined) return [];
  const reach = widest(targets.map((it) => it.reach));
  const isKnown = transports.some(({ name }) => name.value === "tls_trusted_ca_certs" || name.value === "tls_trust_pool");
  const isSystem = isKnown || reach === "public";
  const edits: readonly TextEdit[] = isSystem
    ? [{ span: wholeLine(skips, text), text: "" }]
    : [{ span: skips.span, text: `tls_trusted_ca_certs ${OWN_ANCHORS}` }];
  const title = isSystem ? "Verify the upstream's certificate" : `Verify the upstream's certificate against \`${OWN_ANCHORS}\``;
  const gives = { kind: "server-verification", enabled: true } as const;
  const fact = { kind: "server-verification", enabled: false, reach } as const;
  const said = { file, span: skips.name.span, fact, role: "client", call: "caddy.transport", written: skips.name.value } as const;
  return [{ ...said, betterments: [{ gives, title, edits }] }];
}

/** With the line end before it. */
function wholeLine({ span }: Directive, text: string) {
  const start = text.lastIndexOf("\n", span.start);
  return text.slice(start, span.start).trim() === "" ? { start: Math.max(0, start), end: span.end } : span;
}

/** `Name value` sets, `+Name value` adds, `-Name` removes; with a third word a part is replaced. */
function headerOf(words: readonly Word[], file: string): readonly ForwardedHeader[] {
  const [name, value, more] = words.filter(({ value: it }) => !it.startsWith("@"));
  if (name === undefined || more !== undefined) return [];
  const place = { file, span: name.span };
  const bare = name.value.startsWith("+") || name.value.startsWith("-") || name.value.startsWith("?") ? name.value.slice(1) : name.value;
  if (name.value.startsWith("-")) return [{ name: bare, from: "nothing", place, removes: [] }];
  if (value === undefined) return [];
  const end = { span: { start: name.span.start, end: value.span.end }, text: `-${bare}` };
  if (name.value.startsWith("+"))
    return [{ name: bare, from: provenanceOf(value.value), kept: "beside", place, removes: [{ span: name.span, text: bare }] }];
  return [{ name: bare, from: provenanceOf(value.value), place, removes: [end] }];
}

/** By Caddy's placeholders, in both forms ("Conventions", "Placeholders"). */
function provenanceOf(value: string): Provenance {
  if (value.includes("{header.") || value.includes("{http.request.header.")) return "client";
  const isOfPeer = value.includes("{tls_client_") || value.includes("{http.request.tls.client.");
  if (isOfPeer && value.includes("certificate_")) return "certificate";
  return isOfPeer ? "identity" : "other";
}

/** A line before a directive, indented as it is. */
function before({ span }: Directive, line: string, text: string): readonly TextEdit[] {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const lead = text.slice(start, span.start);
  if (lead.trim() !== "") return [];
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return [{ span: { start: span.start, end: span.start }, text: `${line}${newline}${lead}` }];
}
