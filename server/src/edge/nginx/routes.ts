/** Where nginx forwards requests to, how it connects there, and what it says there of its client (ngx_http_proxy_module, grpc, stream). */
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import type { Reach } from "../../tls/facts.ts";
import { widest } from "../../tls/hosts.ts";
import { inherited, inheritedAll, type Level, within } from "../directives/levels.ts";
import { linesBehind, placeOf, reworded, type Texts, writtenOf } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { EdgeStatement, Route } from "../proxy.ts";
import { headerOf } from "./headers.ts";
import { cipherStatement, versionStatement } from "./server.ts";
import { type Destination, destinationOf } from "./targets.ts";

const PASSES: ReadonlySet<string> = new Set(["proxy_pass", "grpc_pass"]);

export function routesOf(server: Level, texts: Texts): readonly Route[] {
  return within(server).flatMap((level) =>
    level.directives.filter(({ name }) => PASSES.has(name.value)).flatMap((pass) => routeOf(pass, level, texts)),
  );
}

function routeOf(pass: Directive, level: Level, texts: Texts): readonly Route[] {
  const [url] = pass.words;
  if (url === undefined) return [];
  const isStream = isWithinStream(level);
  const destination = destinationOf(url.value, level, isStream);
  const prefix = pass.name.value === "grpc_pass" ? "grpc" : "proxy";
  const isTls = isStream
    ? inherited(level, "proxy_ssl")?.words[0]?.value === "on"
    : isEncrypted(destination) || (destination.scheme === "" && inherited(level, `${prefix}_ssl_verify`) !== undefined);
  const reach = widest(destination.targets.map((it) => it.reach));
  const setHeader = `${prefix}_set_header`;
  const headers = isStream ? [] : inheritedAll(level, setHeader);
  return [
    {
      place: placeOf(pass),
      written: writtenOf(pass),
      ...scopeOf(level),
      transport: isTls ? "tls" : "plaintext",
      targets: destination.targets,
      statements: isTls ? clientStatements(pass, level, prefix, { destination, reach, texts }) : [],
      headers: headers.flatMap((it) => headerOf(it, level)),
      hasOtherHeaders: isStream || !level.isComplete,
      clears: (header) => linesBehind(headers.at(-1) ?? pass, [`${setHeader} ${header} "";`], texts),
    },
  ];
}

/** The nearest `location` around; what stands in none is for all requests. */
const scopeOf = (level: Level): Pick<Route, "scope"> => {
  if (level.kind === "location" && level.opened !== undefined) return { scope: level.opened.words.map(({ value }) => value).join(" ") };
  return level.parent === undefined ? {} : scopeOf(level.parent);
};

const isEncrypted = ({ scheme }: Destination): boolean => scheme === "https" || scheme === "grpcs";

const isWithinStream = (level: Level): boolean => level.kind === "stream" || (level.parent !== undefined && isWithinStream(level.parent));

interface Client {
  readonly destination: Destination;
  readonly reach: Reach;
  readonly texts: Texts;
}

function clientStatements(pass: Directive, level: Level, prefix: string, client: Client): readonly EdgeStatement[] {
  const protocols = inherited(level, `${prefix}_ssl_protocols`);
  const ciphers = inherited(level, `${prefix}_ssl_ciphers`);
  return [
    ...verification(pass, level, prefix, client),
    ...(protocols === undefined ? [] : versionStatement(protocols, "client")),
    ...(ciphers === undefined ? [] : cipherStatement(ciphers, "client", RECOMMENDED_CIPHERS)),
  ];
}

/** Off unless it is on; nginx then compares the name, too, with what `proxy_ssl_name` or the URL says. */
function verification(pass: Directive, level: Level, prefix: string, client: Client): readonly EdgeStatement[] {
  const verify = inherited(level, `${prefix}_ssl_verify`);
  const base = { role: "client", call: `${prefix}_ssl_verify` } as const;
  const fact = { kind: "server-verification", enabled: verify?.words[0]?.value === "on", reach: client.reach } as const;
  if (fact.enabled && verify !== undefined) return [{ ...base, ...placeOf(verify), fact, written: writtenOf(verify) }];
  if (verify === undefined ? !level.isComplete : verify.words[0]?.value.includes("$")) return [];
  const anchors = inherited(level, `${prefix}_ssl_trusted_certificate`);
  const ca = anchors?.words[0]?.value ?? knownAnchors(level, prefix) ?? (client.reach === "public" ? SYSTEM_ANCHORS : OWN_ANCHORS);
  const needed = [
    ...(anchors === undefined ? [`${prefix}_ssl_trusted_certificate ${ca};`] : []),
    ...nameLines(level, prefix, client.destination),
  ];
  const after = verify ?? pass;
  const lines = verify === undefined ? [`${prefix}_ssl_verify on;`, ...needed] : needed;
  const edits = [...(verify === undefined ? [] : reworded(verify, "on")), ...linesBehind(after, lines, client.texts)];
  const betterments = [
    { gives: { kind: "server-verification", enabled: true } as const, title: `Verify the upstream's certificate against \`${ca}\``, edits },
  ];
  const place = verify === undefined ? placeOf(pass) : placeOf(verify);
  return [{ ...base, ...place, fact, written: writtenOf(verify ?? pass), byDefault: verify === undefined, betterments }];
}

/** Debian's and Alpine's bundle of the web's authorities. */
const SYSTEM_ANCHORS = "/etc/ssl/certs/ca-certificates.crt";
/** Where a user may put the CA of the network's own; nginx refuses to start until it is there. */
const OWN_ANCHORS = "/etc/nginx/upstream-ca.pem";

/** Another location of the file has told already which CA there is. */
function knownAnchors(level: Level, prefix: string): string | undefined {
  let top = level;
  while (top.parent !== undefined) top = top.parent;
  const found = within(top).flatMap(({ directives }) =>
    directives.filter(({ name }) => name.value === `${prefix}_ssl_trusted_certificate`),
  );
  return found[0]?.words[0]?.value;
}

/** The name of a group is in nobody's certificate: its first server's host is compared instead. An upstream with several hosts of TLS needs the name in a hello, too. */
function nameLines(level: Level, prefix: string, { name, targets }: Destination): readonly string[] {
  const [first] = targets;
  const isNamed = inherited(level, `${prefix}_ssl_name`) !== undefined || name !== undefined;
  const sends = inherited(level, `${prefix}_ssl_server_name`)?.words[0]?.value === "on";
  return [
    ...(isNamed || first === undefined || first.host === "" ? [] : [`${prefix}_ssl_name ${first.host};`]),
    ...(sends ? [] : [`${prefix}_ssl_server_name on;`]),
  ];
}
