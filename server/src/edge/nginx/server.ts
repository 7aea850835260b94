/** What an nginx `server` demands of those who connect to it (ngx_http_ssl_module, ngx_stream_ssl_module). */
import { isOlder, type Version } from "../../tls/facts.ts";
import { inherited, type Level, within } from "../directives/levels.ts";
import { linesBehind, placeOf, reworded, type Texts, writtenOf } from "../directives/places.ts";
import type { Directive } from "../directives/tree.ts";
import type { EdgeStatement, ProxyAuthentication } from "../proxy.ts";

const MODES: Readonly<Record<string, ProxyAuthentication["mode"]>> = {
  on: "required",
  optional: "optional",
  optional_no_ca: "optional",
  off: "none",
};

export const isTls = (server: Level): boolean =>
  server.directives.some(({ name, words }) => name.value === "listen" && words.some(({ value }) => value === "ssl" || value === "quic")) ||
  inherited(server, "ssl")?.words[0]?.value === "on";

export function authenticationOf(server: Level): ProxyAuthentication | undefined {
  const verify = inherited(server, "ssl_verify_client");
  const mode = MODES[verify?.words[0]?.value ?? ""];
  if (verify === undefined || mode === undefined || mode === "none") return undefined;
  const verified = verify.words[0]?.value !== "optional_no_ca";
  const isEnforced = refusesUnverified(server, verified);
  return {
    mode: isEnforced ? "required" : mode,
    verified: isEnforced || verified,
    written: writtenOf(verify),
    place: placeOf(verify),
    requires: reworded(verify, "on"),
  };
}

/** `if ($ssl_client_verify != SUCCESS) { return 403; }`, for all that the server has. */
const refusesUnverified = (server: Level, verified: boolean): boolean =>
  server.blocks.some(
    ({ kind, opened, directives }) =>
      kind === "if" && opened !== undefined && isWithoutSuccess(opened, verified) && directives.some(({ name }) => name.value === "return"),
  );

/** `verified`: nginx itself refuses what fails, so that no certificate at all is what is left to refuse. */
function isWithoutSuccess({ words }: Directive, verified: boolean): boolean {
  const [variable, operator, value] = words.map((it) => it.value.replace("(", "").replace(")", "")).filter((it) => it !== "");
  if (variable !== "$ssl_client_verify") return false;
  return (operator === "!=" && value === "SUCCESS") || (verified && operator === "=" && value === "NONE");
}

/** Some condition, map or forwarded header asks what became of the verification: somebody decides later. */
const isLookedAt = (server: Level): boolean => {
  let top = server;
  while (top.parent !== undefined) top = top.parent;
  const maps = top.blocks.flatMap((it) => it.blocks).filter(({ kind }) => kind === "map" || kind === "geo");
  return (
    maps.some(({ opened }) => opened?.words.some(mentionsPeer)) ||
    within(server).some(
      ({ opened, directives }) =>
        opened?.words.some(mentionsPeer) || directives.some(({ name, words }) => name.value !== "access_log" && words.some(mentionsPeer)),
    ) ||
    ["proxy_set_header", "grpc_set_header"].some((it) => inherited(server, it)?.words.some(mentionsPeer))
  );
};

const mentionsPeer = ({ value }: { readonly value: string }): boolean => value.includes("$ssl_client_");

export function serverStatements(server: Level, texts: Texts): readonly EdgeStatement[] {
  return [...clientAuthentication(server), ...trust(server, texts), ...revocation(server), ...earlyData(server)];
}

function clientAuthentication(server: Level): readonly EdgeStatement[] {
  const verify = inherited(server, "ssl_verify_client");
  const mode = MODES[verify?.words[0]?.value ?? "off"];
  const opened = server.opened;
  const base = { role: "server", call: "ssl_verify_client" } as const;
  if (mode === undefined || opened === undefined) return [];
  if (verify === undefined) {
    if (!server.isComplete) return [];
    const place = { file: opened.file, span: opened.name.span };
    return [{ ...base, ...place, fact: { kind: "client-authentication", mode: "none" }, written: "server", byDefault: true }];
  }
  // What is off in so many words, beside no CA, is a public server.
  if (mode === "none" && inherited(server, "ssl_client_certificate") === undefined) return [];
  const enforced = authenticationOf(server)?.mode === "required" || (mode === "optional" && isLookedAt(server));
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = [{ gives, title: "Require client certificates", edits: reworded(verify, "on") }];
  const fact = { kind: "client-authentication", mode: enforced ? "required" : mode } as const;
  return [{ ...base, ...placeOf(verify), fact, written: writtenOf(verify), betterments }];
}

function trust(server: Level, texts: Texts): readonly EdgeStatement[] {
  const ca = inherited(server, "ssl_client_certificate");
  if (ca === undefined) return [];
  const from = ca.words[0]?.value;
  const fact = { kind: "trust", anchors: "loaded", ...(from === undefined ? {} : { from }) } as const;
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const edits = linesBehind(ca, ["ssl_verify_client on;"], texts);
  const betterments = inherited(server, "ssl_verify_client") === undefined ? [{ gives, title: "Require client certificates", edits }] : [];
  const base = { role: "server", call: "ssl_client_certificate", written: "ssl_client_certificate" } as const;
  return [{ ...base, ...placeOf(ca), fact, betterments }];
}

function revocation(server: Level): readonly EdgeStatement[] {
  const list = inherited(server, "ssl_crl") ?? inherited(server, "ssl_ocsp");
  if (list === undefined || list.words[0]?.value === "off") return [];
  return [{ ...placeOf(list), fact: { kind: "revocation", lists: "loaded" }, role: "server", call: "ssl_crl", written: list.name.value }];
}

/** Whoever forwards `$ssl_early_data` leaves it to the program to refuse (RFC 8470). */
function earlyData(server: Level): readonly EdgeStatement[] {
  const early = inherited(server, "ssl_early_data");
  if (early?.words[0]?.value !== "on") return [];
  const isForwarded = within(server).some(({ directives }) =>
    directives.some(({ words }) => words.some(({ value }) => value.includes("$ssl_early_data"))),
  );
  // Files and constants are the same however often they are asked for.
  const isPassed = within(server).some(
    ({ isComplete, directives }) => !isComplete || directives.some(({ name }) => name.value.endsWith("_pass")),
  );
  if (!isPassed) return [];
  // nginx asks its library for 16384 bytes (ngx_event_openssl.c, `ngx_ssl_early_data`).
  const fact = { kind: "early-data", bytes: isForwarded ? 0 : 16384 } as const;
  const betterments = [{ gives: { kind: "early-data", bytes: 0 } as const, title: "Refuse early data", edits: reworded(early, "off") }];
  return [{ ...placeOf(early), fact, role: "server", call: "ssl_early_data", written: writtenOf(early), betterments }];
}

const VERSIONS: Readonly<Record<string, Version>> = {
  SSLv2: "SSL 3.0",
  SSLv3: "SSL 3.0",
  TLSv1: "TLS 1.0",
  "TLSv1.1": "TLS 1.1",
  "TLSv1.2": "TLS 1.2",
  "TLSv1.3": "TLS 1.3",
};

/** `ssl_protocols`, `proxy_ssl_protocols`: the oldest that is listed. */
export function versionStatement(listed: Directive, role: "client" | "server"): readonly EdgeStatement[] {
  const versions = listed.words.flatMap(({ value }) => VERSIONS[value] ?? []);
  const [first, ...others] = versions;
  if (first === undefined) return [];
  const oldest = others.reduce((a, b) => (isOlder(b, a) ? b : a), first);
  const betterments = [
    { version: "TLS 1.2", text: "TLSv1.2 TLSv1.3" },
    { version: "TLS 1.3", text: "TLSv1.3" },
  ] as const;
  return [
    {
      ...placeOf(listed),
      fact: { kind: "minimum-version", version: oldest },
      role,
      call: listed.name.value,
      written: listed.name.value,
      betterments: betterments.map(({ version, text }) => ({
        gives: { kind: "minimum-version", version },
        title: `Require ${version} or later`,
        edits: reworded(listed, text),
      })),
    },
  ];
}

export function cipherStatement(listed: Directive, role: "client" | "server", recommended: string): readonly EdgeStatement[] {
  const [ciphers] = listed.words;
  if (ciphers === undefined) return [];
  return [
    {
      ...placeOf(listed),
      fact: { kind: "cipher-list", ciphers: ciphers.value },
      role,
      call: listed.name.value,
      written: listed.name.value,
      betterments: [
        {
          gives: { kind: "cipher-list", ciphers: recommended },
          title: "Allow only strong cipher suites",
          edits: reworded(listed, recommended),
        },
      ],
    },
  ];
}
