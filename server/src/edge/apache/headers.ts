/**
 * What Apache tells the service of its client (mod_headers, `RequestHeader`): directives of the servers, then of the sections, each upon
 * what the one before has left of the header.
 */
import { span } from "../../base/span.ts";
import type { Level } from "../directives/levels.ts";
import { lineBefore, type Texts, wordPlace } from "../directives/places.ts";
import type { Directive, Word } from "../directives/tree.ts";
import type { ForwardedHeader, Provenance } from "../proxy.ts";
import { levelsFor } from "./scopes.ts";

export const isHeader = ({ name }: Directive): boolean => name.value === "requestheader";

/** Of requests under a path. */
export function headersFor(server: Level, path: string, texts: Texts): readonly ForwardedHeader[] {
  const found = new Map<string, ForwardedHeader>();
  for (const directive of levelsFor(server, path).flatMap((it) => it.directives.filter(isHeader))) {
    const change = changeOf(directive);
    if (change === undefined) continue;
    const key = change.name.value.toLowerCase();
    const made = after(found.get(key), change, directive, texts);
    if (made !== undefined) found.set(key, made);
  }
  return [...found.values()];
}

/** The last line by which a header is changed here. */
export const lastHeader = (server: Level, path: string): Directive | undefined =>
  levelsFor(server, path)
    .flatMap(({ directives }) => directives.filter(isHeader))
    .at(-1);

interface Change {
  readonly action: Word;
  readonly name: Word;
  readonly value?: Word;
  /** `env=…`, `expr=…` behind the value. */
  readonly condition?: Word;
}

/** `RequestHeader unset name`, `RequestHeader set name value [early|env=…|expr=…]`. */
function changeOf({ words }: Directive): Change | undefined {
  const [action, name, ...rest] = words;
  if (action === undefined || name === undefined) return undefined;
  const [value] = action.value.toLowerCase() === "unset" ? [] : rest;
  const last = rest.at(-1);
  const isCondition = last !== undefined && last !== value && (last.value.startsWith("env=") || last.value.startsWith("expr="));
  return { action, name, ...(value === undefined ? {} : { value }), ...(isCondition ? { condition: last } : {}) };
}

/** `before`: undefined where it is the client's own. */
function after(before: ForwardedHeader | undefined, change: Change, directive: Directive, texts: Texts): ForwardedHeader | undefined {
  const { action, name, value, condition } = change;
  const place = wordPlace(directive, name);
  const isClients = before === undefined || before.from === "client" || before.kept !== undefined;
  const removes = [{ span: span(action.span.start, (directive.words.at(-1) ?? name).span.end), text: `unset ${name.value}` }];
  const own = { name: name.value, from: provenanceOf(value?.value ?? ""), place, removes } as const;
  // Whether it is set for everybody is not known; where it is for those with a certificate, the others keep their own.
  if (condition !== undefined)
    return condition.value.includes("SSL_CLIENT_") && action.value.toLowerCase() === "set" && isClients
      ? { ...own, kept: "without-certificate", removes: lineBefore(directive, `RequestHeader unset ${name.value}`, texts) }
      : { ...own, from: before?.from ?? "other" };
  switch (action.value.toLowerCase()) {
    case "unset":
      return { name: name.value, from: "nothing", place, removes: [] };
    case "set":
      return own;
    case "add":
    case "append":
    case "merge":
    case "setifempty":
      return isClients ? { ...own, kept: "beside", removes: [{ span: action.span, text: "set" }] } : own;
    default:
      return before;
  }
}

/** `%{NAME}s` is mod_ssl's variable, `%{NAME}e` one of the environment, where `SSLOptions +StdEnvVars` puts the same names. */
function provenanceOf(value: string): Provenance {
  if (value === "") return "other";
  const names = namesIn(value);
  if (names.some((it) => it.startsWith("HTTP:") || it.startsWith("HTTP_") || it.startsWith("req:"))) return "client";
  if (value.startsWith("expr=") && (value.includes("req(") || value.includes("http("))) return "client";
  if (names.some((it) => it === "SSL_CLIENT_CERT" || it.startsWith("SSL_CLIENT_CERT_CHAIN"))) return "certificate";
  if (names.includes("SSL_CLIENT_VERIFY")) return "verdict";
  return names.some((it) => it.startsWith("SSL_CLIENT_")) ? "identity" : "other";
}

/** Between `%{` and `}`; `SSL:NAME` is `NAME`. */
function namesIn(value: string): readonly string[] {
  const found: string[] = [];
  for (let at = value.indexOf("%{"); at >= 0; at = value.indexOf("%{", at + 2)) {
    const end = value.indexOf("}", at);
    const name = value.slice(at + 2, end < 0 ? value.length : end);
    found.push(name.startsWith("SSL:") ? name.slice("SSL:".length) : name);
  }
  return found;
}
