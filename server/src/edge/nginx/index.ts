/** nginx: which of its files begin a configuration, and the proxies that they make together. */
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import type { Beginning, DirectiveConfiguration } from "../directives/files.ts";
import { inherited, type Level, levelsOf, within } from "../directives/levels.ts";
import type { Texts } from "../directives/places.ts";
import type { EdgeStatement, ProxyServer } from "../proxy.ts";
import { listenersOf } from "./listeners.ts";
import { routesOf } from "./routes.ts";
import { authenticationOf, cipherStatement, isTls, serverStatements, versionStatement } from "./server.ts";

export function nginxConfiguration({ text, includes, texts }: Beginning): DirectiveConfiguration {
  const all = within(levelsOf(text, includes));
  const proxies = all
    .filter((it) => it.kind === "server" && it.opened !== undefined && it.parent?.kind !== "upstream")
    .flatMap((it) => proxyOf(it, texts));
  return { proxies, statements: all.flatMap(ownStatements) };
}

function proxyOf(server: Level, texts: Texts): readonly ProxyServer[] {
  const { opened } = server;
  if (opened === undefined) return [];
  const tls = isTls(server);
  const authentication = tls ? authenticationOf(server) : undefined;
  return [
    {
      product: "nginx",
      place: { file: opened.file, span: opened.name.span },
      tls,
      ...(authentication === undefined ? {} : { authentication }),
      listeners: listenersOf(server),
      statements: tls ? serverStatements(server, texts) : [],
      routes: routesOf(server, texts),
    },
  ];
}

/** Versions and suites hold wherever they stand, for servers of files that are not here, too. */
function ownStatements(level: Level): readonly EdgeStatement[] {
  const listed = (name: string) => level.directives.findLast((it) => it.name.value === name);
  const protocols = listed("ssl_protocols");
  const ciphers = listed("ssl_ciphers");
  return [
    ...(protocols === undefined ? [] : versionStatement(protocols, "server")),
    ...(ciphers === undefined || knowsNoCipherList(level) ? [] : cipherStatement(ciphers, "server", RECOMMENDED_CIPHERS)),
  ];
}

/** Cipher strings choose suites of TLS 1.2 and older only. */
const knowsNoCipherList = (level: Level): boolean => {
  const words = inherited(level, "ssl_protocols")?.words ?? [];
  return words.length > 0 && words.every(({ value }) => value === "TLSv1.3");
};
