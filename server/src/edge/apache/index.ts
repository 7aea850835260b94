/** Apache: the servers of a configuration, with the parts of them that ask for certificates by themselves. */
import { listensOnLoopback } from "../authority.ts";
import type { Beginning, DirectiveConfiguration } from "../directives/files.ts";
import { inherited, type Level, levelsOf, within } from "../directives/levels.ts";
import { type Texts, wordPlace } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { ProxyListener, ProxyServer, Route } from "../proxy.ts";
import { type Pass, passesOf, reachOf, routeOf } from "./routes.ts";
import { isTls, isUnder, lastFor, levelsFor, scopeOf, sectionsOf, serversIn } from "./scopes.ts";
import { type Asking, authenticationOf, clientAuthentication, ownStatements, revocation, trust } from "./server.ts";
import { clientStatements } from "./upstreams.ts";

export function apacheConfiguration({ text, includes, texts }: Beginning): DirectiveConfiguration {
  const main = levelsOf(text, includes);
  // What several servers inherit is said of the first that connects by it.
  const said = new Set<string>();
  return {
    proxies: serversIn(main).flatMap((it) => proxiesOf(it, texts, said)),
    statements: within(main).flatMap(ownStatements),
  };
}

/** Sections with an `SSLVerifyClient` of their own are asked for a certificate in the middle of a connection. */
function proxiesOf(server: Level, texts: Texts, said: Set<string>): readonly ProxyServer[] {
  const tls = isTls(server);
  const passes = passesOf(server);
  const whole = new Set(levelsFor(server, "/"));
  const parts = tls ? sectionsOf(server).filter((it) => !whole.has(it) && ownVerify(it) !== undefined) : [];
  const left = new Set(passes);
  const made = parts.flatMap((part): readonly ProxyServer[] => {
    const scope = scopeOf(part);
    const own = passes.filter((it) => scope !== undefined && isUnder(it.path, scope));
    for (const it of own) left.delete(it);
    const asking = { verify: ownVerify(part), server, path: scope ?? "/" };
    return proxyOf(part, asking, { passes: own, texts, said });
  });
  const asking = { verify: lastFor(server, "/", "sslverifyclient"), server, path: "/" };
  return [...proxyOf(server, asking, { passes: [...left], texts, said }, parts.length > 0), ...made];
}

const ownVerify = ({ directives }: Level): Directive | undefined => directives.findLast(({ name }) => name.value === "sslverifyclient");

interface Around {
  readonly passes: readonly Pass[];
  readonly texts: Texts;
  readonly said: Set<string>;
}

/** `asksInParts`: some of the server's sections ask, so that its CA is one for them. */
function proxyOf(level: Level, asking: Asking, { passes, texts, said }: Around, asksInParts = false): readonly ProxyServer[] {
  const { server } = asking;
  const at = level.opened ?? inherited(server, "sslengine") ?? passes[0]?.directive;
  if (at === undefined) return [];
  const tls = isTls(server);
  const authentication = tls ? authenticationOf(asking, texts) : undefined;
  const anchors = asksInParts ? [] : trust(server, texts);
  return [
    {
      product: "Apache",
      place: { file: at.file, span: at.name.span },
      tls,
      ...(authentication === undefined ? {} : { authentication }),
      listeners: listenersOf(level, tls),
      statements: tls ? [...clientAuthentication(asking, texts), ...anchors, ...revocation(server, texts)] : [],
      routes: passes.map((it) => withStatements(it, texts, said)),
    },
  ];
}

/** `<VirtualHost *:80>`; names of the machine are its addresses, whichever. */
const listenersOf = ({ kind, opened }: Level, tls: boolean): readonly ProxyListener[] =>
  kind !== "virtualhost" || opened === undefined
    ? []
    : opened.words.map((it) => ({
        place: wordPlace(opened, it),
        written: `VirtualHost ${it.value}`,
        tls,
        isLoopback: listensOnLoopback(it.value),
      }));

function withStatements(pass: Pass, texts: Texts, said: Set<string>): Route {
  const all = pass.isTls ? clientStatements({ ...pass, reach: reachOf(pass), texts }) : [];
  const own = all.filter(({ file, span }) => !said.has(`${file} ${span.start}`));
  for (const { file, span } of own) said.add(`${file} ${span.start}`);
  return routeOf(pass, own, texts);
}
