/** Where `proxy_pass` leads: an address, a Unix socket, or the servers of an `upstream` group. */
import { targetAt } from "../authority.ts";
import { type Level, within } from "../directives/levels.ts";
import type { Target } from "../proxy.ts";

export interface Destination {
  /** Empty where a variable holds it or a part of it, and where there is none. */
  readonly scheme: string;
  readonly targets: readonly Target[];
  /** The name that a certificate would be compared with; a group has none of its own. */
  readonly name?: string;
}

/** `url`: as written. `isBare`: without a scheme, as in `stream`. */
export function destinationOf(url: string, level: Level, isBare: boolean): Destination {
  const whole = substituted(url, level);
  const at = whole.indexOf("://");
  const written = at < 0 ? "http" : whole.slice(0, at).toLowerCase();
  const scheme = isBare || (at < 0 && whole.startsWith("$")) || written.includes("$") ? "" : written;
  const rest = substituted(isBare || at < 0 ? whole : whole.slice(at + "://".length), level);
  if (rest.startsWith("unix:")) return { scheme, targets: [{ host: "", reach: "loopback" }] };
  const slash = rest.indexOf("/");
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const group = groupOf(authority, level);
  if (group !== undefined) return { scheme, targets: serversOf(group) };
  const target = targetOf(authority, scheme === "https" || scheme === "grpcs" ? 443 : isBare ? undefined : 80);
  return { scheme, targets: [target], ...(target.host === "" ? {} : { name: target.host }) };
}

function groupOf(name: string, level: Level): Level | undefined {
  for (let it: Level | undefined = level; it !== undefined; it = it.parent) {
    const found = it.blocks.find(({ kind, opened }) => kind === "upstream" && opened?.words[0]?.value === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const serversOf = (group: Level): readonly Target[] =>
  within(group).flatMap(({ directives }) =>
    directives.flatMap(({ name, words: [first] }) => (name.value === "server" && first !== undefined ? [targetOf(first.value, 80)] : [])),
  );

function targetOf(authority: string, usual: number | undefined): Target {
  if (authority.startsWith("unix:")) return { host: "", reach: "loopback" };
  if (authority.includes("$")) return { host: "", reach: "unknown" };
  return targetAt(authority, usual);
}

/** `set $upstream http://app:8080;`, where that is the only value it has. */
function substituted(text: string, level: Level): string {
  if (!text.startsWith("$")) return text;
  const end = Math.min(...["/", ":", "$"].map((it) => text.indexOf(it, 1)).map((it) => (it < 0 ? text.length : it)));
  const variable = text.slice(0, end);
  const values: string[] = [];
  for (let it: Level | undefined = level; it !== undefined; it = it.parent)
    for (const { name, words } of it.directives)
      if (name.value === "set" && words[0]?.value === variable) values.push(words[1]?.value ?? "");
  const [only] = values;
  return values.length === 1 && only !== undefined && !only.includes("$") ? only + text.slice(end) : text;
}
