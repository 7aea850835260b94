/** How Apache verifies services that it speaks TLS with (mod_ssl, `SSLProxyVerify`): not at all, unless it is told to. */
import type { TextEdit } from "../../base/text-edit.ts";
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import type { Reach } from "../../tls/facts.ts";
import { inherited, type Level, within } from "../directives/levels.ts";
import { linesBehind, placeOf, reworded, type Texts, writtenIn } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { EdgeStatement } from "../proxy.ts";
import { lastFor } from "./scopes.ts";
import { cipherStatement, versionStatement } from "./versions.ts";

interface Upstream {
  readonly server: Level;
  readonly path: string;
  readonly reach: Reach;
  readonly texts: Texts;
}

/** Without `SSLProxyEngine on` nothing is connected to. */
export function clientStatements(upstream: Upstream): readonly EdgeStatement[] {
  const { server, path } = upstream;
  const engine = lastFor(server, path, "sslproxyengine");
  if (engine?.words[0]?.value.toLowerCase() !== "on") return [];
  const protocols = lastFor(server, path, "sslproxyprotocol");
  const ciphers = lastFor(server, path, "sslproxyciphersuite");
  return [
    ...verification(engine, upstream),
    ...(protocols === undefined ? [] : versionStatement(protocols, "SSLProxyProtocol", "client")),
    ...(ciphers === undefined ? [] : cipherStatement(ciphers, "SSLProxyCipherSuite", "client", RECOMMENDED_CIPHERS)),
  ];
}

function verification(engine: Directive, { server, path, reach, texts }: Upstream): readonly EdgeStatement[] {
  const verify = lastFor(server, path, "sslproxyverify");
  const mode = verify?.words[0]?.value.toLowerCase() ?? "none";
  const base = { role: "client", call: "apache.SSLProxyVerify" } as const;
  if (mode === "require" || mode === "optional") return names(server, path, reach, texts);
  if (verify === undefined ? !server.isComplete : mode.includes("$")) return [];
  const isAnchored = ["sslproxycacertificatefile", "sslproxycacertificatepath"].some((it) => lastFor(server, path, it) !== undefined);
  const ca = knownAnchors(server) ?? (reach === "public" ? SYSTEM_ANCHORS : OWN_ANCHORS);
  const needed = isAnchored ? [] : [`SSLProxyCACertificateFile ${ca}`];
  const edits = [
    ...(verify === undefined ? [] : reworded(verify, "require")),
    ...linesBehind(verify ?? engine, verify === undefined ? ["SSLProxyVerify require", ...needed] : needed, texts),
    ...unnamed(server, path).flatMap((it) => reworded(it, "on")),
  ];
  const title = `Verify the upstream's certificate against \`${knownAnchors(server) ?? ca}\``;
  const betterments = [{ gives: { kind: "server-verification", enabled: true } as const, title, edits }];
  const fact = { kind: "server-verification", enabled: false, reach } as const;
  const at = verify ?? engine;
  const related = unnamed(server, path).map((it) => ({ ...placeOf(it), message: "no hostname is verified here either" }));
  return [{ ...base, ...placeOf(at), fact, written: writtenIn(at, texts), byDefault: verify === undefined, related, betterments }];
}

/** Debian's and Alpine's bundle of the web's authorities. */
const SYSTEM_ANCHORS = "/etc/ssl/certs/ca-certificates.crt";
/** Where a user may put the CA of the network's own; Apache refuses to start until it is there. */
const OWN_ANCHORS = "/etc/apache2/upstream-ca.pem";

/** The file has told already which CA there is. */
function knownAnchors(server: Level): string | undefined {
  let top = server;
  while (top.parent !== undefined) top = top.parent;
  const found = within(top).flatMap(({ directives }) =>
    directives.filter(({ name }) => name.value === "sslproxycacertificatefile" || name.value === "sslproxycacertificatepath"),
  );
  return (inherited(server, "sslproxycacertificatefile") ?? found[0])?.words[0]?.value;
}

/**
 * The directives that switch the comparison of names off. `SSLProxyCheckPeerName` is on by default, and still gives way to
 * `SSLProxyCheckPeerCN off` unless it is said to be on (ssl_engine_io.c, `ssl_io_filter_handshake`).
 */
function unnamed(server: Level, path: string): readonly Directive[] {
  const name = lastFor(server, path, "sslproxycheckpeername");
  const cn = lastFor(server, path, "sslproxycheckpeercn");
  const isOff = (it: Directive | undefined): it is Directive => it?.words[0]?.value.toLowerCase() === "off";
  if (isOff(name)) return isOff(cn) ? [name, cn] : [name];
  return name === undefined && isOff(cn) ? [cn] : [];
}

function names(server: Level, path: string, reach: Reach, texts: Texts): readonly EdgeStatement[] {
  const off = unnamed(server, path);
  const [first] = off;
  if (first === undefined) return [];
  const edits = off.flatMap((it): readonly TextEdit[] => reworded(it, "on"));
  const betterments = [
    { gives: { kind: "hostname-verification", enabled: true } as const, title: "Verify the upstream's hostname", edits },
  ];
  const fact = { kind: "hostname-verification", enabled: false, reach } as const;
  return [{ ...placeOf(first), fact, role: "client", call: "apache.SSLProxyCheckPeerName", written: writtenIn(first, texts), betterments }];
}
