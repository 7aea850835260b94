/** Published ports of Compose: `ports` of a service, in short and in long form (the Compose specification, "ports"). */
import { type Span, span } from "../../base/span.ts";
import type { PublishedPort } from "../deployment.ts";
import { get, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { withDefaults } from "./interpolation.ts";

/** None for what is spoken over another protocol than TCP: a proxy's way to the service is no such port. */
export function portOf(value: YamlValue): readonly PublishedPort[] {
  const at = placeOf(value);
  if (at === undefined) return [];
  const written = textOf(value);
  return written === undefined ? inLongForm(value, at) : inShortForm(written, at);
}

/** `target`, `published`, `host_ip`, `protocol`. */
function inLongForm(value: YamlValue, at: Span): readonly PublishedPort[] {
  const said = (key: string): string | undefined => {
    const text = textOf(get(value, key));
    return text === undefined ? undefined : withDefaults(text);
  };
  if (isOtherProtocol(said("protocol"))) return [];
  const published = said("published");
  const shown = get(value, "published") ?? get(value, "target");
  const place = (shown === undefined ? undefined : placeOf(shown)) ?? at;
  const written = published ?? said("target") ?? "";
  return [{ ...targetsOf(said("target")), ...outerOf(published), written, reach: reachOf(said("host_ip")), span: place, confines: [] }];
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `[::1]:8080:80`, `80`. */
function inShortForm(text: string, at: Span): readonly PublishedPort[] {
  const written = withDefaults(text);
  const [bare = written, protocol] = written.split("/");
  if (isOtherProtocol(protocol)) return [];
  const parts = partsOf(bare);
  const start = at.start + (text.length < at.end - at.start ? 1 : 0);
  // Without a port of the machine's own there is none to bind: Docker picks one.
  const confines = parts.length === 2 ? [{ span: span(start, start), text: "127.0.0.1:" }] : [];
  const targets = targetsOf(parts.at(-1));
  // A variable alone may hold all of it.
  const host = parts.length > 2 ? parts[0] : parts.length === 1 && isPutIn(bare) ? bare : undefined;
  return [{ ...targets, ...outerOf(parts.at(-2)), written, reach: reachOf(host), span: at, confines }];
}

/** A colon in brackets or braces is an address's, or a variable's own. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    else if (character === ":" && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** `3000-3005` is each of them. */
function targetsOf(written: string | undefined): Pick<PublishedPort, "targets"> {
  const [first, last = first] = (written ?? "").split("-").map(portIn);
  return first === undefined || last === undefined ? {} : { targets: { first, last } };
}

function outerOf(written: string | undefined): Pick<PublishedPort, "outer"> {
  const outer = portIn(written ?? "");
  return outer === undefined ? {} : { outer };
}

const portIn = (text: string): number | undefined => (text !== "" && Number.isInteger(Number(text)) ? Number(text) : undefined);

const isOtherProtocol = (protocol: string | undefined): boolean => protocol === "udp" || protocol === "sctp";

/** A variable without a default, or an expression of a template. */
const isPutIn = (text: string): boolean => text.includes("$") || text.includes("{{");

function reachOf(host: string | undefined): PublishedPort["reach"] {
  if (host === undefined) return "network";
  if (isPutIn(host)) return "unknown";
  return host.startsWith("127.") || host === "localhost" || host === "[::1]" || host === "::1" ? "machine" : "network";
}
