/**
 * What of a server's requests a section of Apache is for, and the sections whose directives a request meets (httpd.apache.org,
 * "Configuration Sections"): those of the servers around it, then `<Proxy>`, then `<Location>`, in the order of the file.
 */
import { inherited, type Level, within } from "../directives/levels.ts";
import type { Directive } from "../directives/tree.ts";

/** Requests under a path; `/` is all of them. Undefined: some that no path alone tells. */
export type Scope = string | undefined;

export function scopeOf({ kind, opened }: Level): Scope {
  const [first, second] = opened?.words ?? [];
  if (first === undefined || second !== undefined) return undefined;
  if (kind === "proxy") return first.value === "*" ? "/" : undefined;
  return kind === "location" && first.value.startsWith("/") && !hasPattern(first.value) ? first.value : undefined;
}

const hasPattern = (path: string): boolean => ["*", "?", "["].some((it) => path.includes(it));

/** Whether all requests under a path are under another one as well. */
export const isUnder = (path: string, whole: string): boolean =>
  whole === "/" || path === whole || path.startsWith(whole.endsWith("/") ? whole : `${whole}/`);

const isServer = ({ kind }: Level): boolean => kind === "virtualhost" || kind === "main";

/** The sections of a server, those of its virtual hosts aside. */
export const sectionsOf = (server: Level): readonly Level[] =>
  server.blocks.filter((it) => !isServer(it)).flatMap((it) => [it, ...sectionsOf(it)]);

/** The server and the one around it, outermost first. */
const servers = (server: Level): readonly Level[] => (server.parent === undefined ? [server] : [...servers(server.parent), server]);

/** All whose directives hold for every request under a path, in the order in which Apache merges them. */
export function levelsFor(server: Level, path: string): readonly Level[] {
  const around = servers(server);
  const sections = around.flatMap(sectionsOf).filter((it) => {
    const scope = scopeOf(it);
    return scope !== undefined && isUnder(path, scope);
  });
  const proxies = sections.filter(({ kind }) => kind === "proxy");
  return [...around, ...proxies, ...sections.filter(({ kind }) => kind !== "proxy")];
}

/** What holds for every request under a path: the last that says it. */
export const lastFor = (server: Level, path: string, name: string): Directive | undefined =>
  levelsFor(server, path)
    .flatMap((it) => it.directives.findLast((one) => one.name.value === name) ?? [])
    .at(-1);

/** Sections of some requests under a path, or of those that no path tells. */
export const partsOf = (server: Level, path: string): readonly Level[] => {
  const whole = new Set(levelsFor(server, path));
  return sectionsOf(server).filter((it) => !whole.has(it));
};

/** Anything in a server and in what holds for it. */
export const allOf = (server: Level): readonly Directive[] =>
  [...servers(server).flatMap((it) => [it, ...sectionsOf(it)])].flatMap(({ opened, directives }) => [
    ...(opened === undefined ? [] : [opened]),
    ...directives,
  ]);

export const isTls = (server: Level): boolean => inherited(server, "sslengine")?.words[0]?.value.toLowerCase() === "on";

/** Servers of a configuration: virtual hosts wherever they stand, and the one around them. */
export const serversIn = (main: Level): readonly Level[] => within(main).filter(isServer);
