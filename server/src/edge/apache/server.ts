/** What a server of Apache demands of those who connect to it (mod_ssl), for all that it has or for a part. */
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import { inherited, type Level } from "../directives/levels.ts";
import { linesBehind, placeOf, reworded, type Texts, writtenIn } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { EdgeStatement, ProxyAuthentication } from "../proxy.ts";
import { isLookedAt, refusesUnverified } from "./refusals.ts";
import { allOf } from "./scopes.ts";
import { cipherStatement, versionStatement } from "./versions.ts";

const MODES: Readonly<Record<string, ProxyAuthentication["mode"]>> = {
  require: "required",
  optional: "optional",
  optional_no_ca: "optional",
  none: "none",
};

/** A directive that asks, and the server for whose requests under a path it does. */
export interface Asking {
  readonly verify: Directive | undefined;
  readonly server: Level;
  readonly path: string;
}

const modeOf = (verify: Directive | undefined): string => verify?.words[0]?.value.toLowerCase() ?? "none";

export function authenticationOf({ verify, server, path }: Asking, texts: Texts): ProxyAuthentication | undefined {
  const written = modeOf(verify);
  const mode = MODES[written];
  if (verify === undefined || mode === undefined || mode === "none") return undefined;
  const isEnforced = refusesUnverified(server, path);
  return {
    mode: isEnforced ? "required" : mode,
    verified: isEnforced || written !== "optional_no_ca",
    written: writtenIn(verify, texts),
    place: placeOf(verify),
    requires: reworded(verify, "require"),
  };
}

export function clientAuthentication(asking: Asking, texts: Texts): readonly EdgeStatement[] {
  const { verify, server } = asking;
  const mode = MODES[modeOf(verify)];
  const base = { role: "server", call: "apache.SSLVerifyClient" } as const;
  if (mode === undefined) return [];
  if (verify === undefined) {
    const { opened } = server;
    if (opened === undefined || !server.isComplete) return [];
    const place = { file: opened.file, span: opened.name.span };
    return [{ ...base, ...place, fact: { kind: "client-authentication", mode: "none" }, written: "VirtualHost", byDefault: true }];
  }
  if (mode === "none" && anchorsOf(server) === undefined) return [];
  const isEnforced = authenticationOf(asking, texts)?.mode === "required" || (mode === "optional" && isLookedAt(server));
  const fact = { kind: "client-authentication", mode: isEnforced ? "required" : mode } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = [{ gives, title: "Require client certificates", edits: reworded(verify, "require") }];
  return [{ ...base, ...placeOf(verify), fact, written: writtenIn(verify, texts), betterments }];
}

const anchorsOf = (server: Level): Directive | undefined =>
  inherited(server, "sslcacertificatefile") ?? inherited(server, "sslcacertificatepath");

/** What is there for client certificates alone. */
const FOR_CLIENTS: ReadonlySet<string> = new Set(
  "sslverifyclient sslverifydepth sslcadnrequestfile sslcadnrequestpath sslcarevocationfile sslcarevocationpath sslcarevocationcheck sslocspenable".split(
    " ",
  ),
);

/**
 * Apache completes its own chain from the same files, and many a guide has them hold nothing else: a CA is one for clients where something
 * else is about clients.
 */
export function trust(server: Level, texts: Texts): readonly EdgeStatement[] {
  const ca = anchorsOf(server);
  const isForClients = isLookedAt(server) || allOf(server).some(({ name }) => FOR_CLIENTS.has(name.value));
  if (ca === undefined || !isForClients) return [];
  const from = ca.words[0]?.value;
  const fact = { kind: "trust", anchors: "loaded", ...(from === undefined ? {} : { from }) } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const edits = linesBehind(ca, ["SSLVerifyClient require"], texts);
  const isSaid = inherited(server, "sslverifyclient") !== undefined;
  const betterments = isSaid ? [] : [{ gives, title: "Require client certificates", edits }];
  const written = ca.name.value.endsWith("path") ? "SSLCACertificatePath" : "SSLCACertificateFile";
  return [{ ...placeOf(ca), fact, role: "server", call: "apache.SSLCACertificateFile", written, betterments }];
}

/** Lists are looked at only where `SSLCARevocationCheck` says so, since 2.3.15. */
export function revocation(server: Level, texts: Texts): readonly EdgeStatement[] {
  const list = inherited(server, "sslcarevocationfile") ?? inherited(server, "sslcarevocationpath");
  if (list === undefined) return [];
  const check = inherited(server, "sslcarevocationcheck");
  const isOn = check !== undefined && check.words[0]?.value.toLowerCase() !== "none";
  const gives = { kind: "revocation-check", enabled: true } as const;
  const edits = check === undefined ? linesBehind(list, ["SSLCARevocationCheck chain"], texts) : reworded(check, "chain");
  const betterments = isOn ? [] : [{ gives, title: "Check certificates against the list", edits }];
  const base = { ...placeOf(list), role: "server", call: "apache.SSLCARevocationFile" } as const;
  const written = list.name.value.endsWith("path") ? "SSLCARevocationPath" : "SSLCARevocationFile";
  return [
    { ...base, fact: { kind: "revocation", lists: "loaded" }, written, betterments },
    {
      ...base,
      ...placeOf(check ?? list),
      fact: { kind: "revocation-check", enabled: isOn },
      written: "SSLCARevocationCheck",
      byDefault: check === undefined,
    },
  ];
}

/** Versions and suites hold wherever they stand. */
export function ownStatements({ directives }: Level): readonly EdgeStatement[] {
  const last = (name: string) => directives.findLast((it) => it.name.value === name);
  const protocols = last("sslprotocol");
  const ciphers = directives.findLast(({ name, words: [first] }) => name.value === "sslciphersuite" && first?.value !== "TLSv1.3");
  return [
    ...(protocols === undefined ? [] : versionStatement(protocols, "SSLProtocol", "server")),
    ...(ciphers === undefined ? [] : cipherStatement(ciphers, "SSLCipherSuite", "server", RECOMMENDED_CIPHERS)),
  ];
}
