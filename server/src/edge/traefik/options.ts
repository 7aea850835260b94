/**
 * Traefik's TLS options: what a router that uses them demands of clients (Traefik 3.7, `pkg/tls/tlsmanager.go`). A CA alone demands a
 * certificate; `clientAuthType` then says otherwise, and without a CA the two types that verify are refused.
 */
import type { ClientAuthentication } from "../../tls/facts.ts";
import type { EdgeStatement, ProxyAuthentication } from "../proxy.ts";
import { entries, get, items, placeOf, textOf, type YamlEntry } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryOf } from "../yaml/places.ts";
import { leastVersion, type VersionWords } from "../yaml/versions.ts";

export interface TlsOptions {
  readonly file: string;
  /** By which routers know them. */
  readonly names: readonly string[];
  readonly key: YamlEntry;
  readonly authentication?: ProxyAuthentication;
  readonly statements: readonly EdgeStatement[];
}

interface Type {
  readonly mode: ClientAuthentication;
  readonly verified: boolean;
}

const TYPES: Readonly<Record<string, Type>> = {
  NoClientCert: { mode: "none", verified: true },
  RequestClientCert: { mode: "optional", verified: false },
  RequireAnyClientCert: { mode: "required", verified: false },
  VerifyClientCertIfGiven: { mode: "optional", verified: true },
  RequireAndVerifyClientCert: { mode: "required", verified: true },
};

/** `key`: the name of the options, or what stands for it in an object of Kubernetes. */
export function tlsOptions(key: YamlEntry, names: readonly string[], file: string): TlsOptions {
  const clients = get(key.value, "clientAuth");
  const given = entryOf(clients, "clientAuthType");
  const anchors = entries(clients).find((it) => ["caFiles", "secretNames"].includes(it.key) && items(it.value).length > 0);
  const type = given === undefined && anchors !== undefined ? "RequireAndVerifyClientCert" : (textOf(given?.value) ?? "NoClientCert");
  const known = TYPES[type];
  const at = given?.value === undefined ? undefined : placeOf(given.value);
  const span = given !== undefined && at !== undefined ? { start: given.keySpan.start, end: at.end } : (anchors ?? key).keySpan;
  const written = given === undefined ? (anchors ?? key).key : type;
  const place = { file, span };
  const base = { ...place, role: "server", call: "traefik.clientAuth", written } as const;
  const requires = anchors === undefined ? [] : replaced(given?.value, "RequireAndVerifyClientCert");
  const gives = { kind: "client-authentication", mode: "required" } as const;
  const betterments = requires.length === 0 ? [] : [{ gives, title: "Require client certificates", edits: requires }];
  const others = leastVersion(entryOf(key.value, "minVersion"), VERSIONS, { file, role: "server", call: "traefik.minVersion" });
  if (known === undefined || (known.verified && known.mode !== "none" && anchors === undefined))
    return { file, names, key, statements: others };
  const fact = { kind: "client-authentication", mode: known.mode } as const;
  if (known.mode === "none") {
    // Nobody is asked: told only beside a CA.
    const isOff = given !== undefined && anchors !== undefined;
    const trust = isOff
      ? [{ ...base, span: anchors.keySpan, written: anchors.key, fact: { kind: "trust", anchors: "loaded" } as const }]
      : [];
    return { file, names, key, statements: [...others, { ...base, fact, betterments, byDefault: !isOff }, ...trust] };
  }
  const authentication: ProxyAuthentication = { ...known, written, place, requires };
  const accepting = { kind: "verifier", verifies: "client", judgement: "accepts-anything", name: type, installed: true } as const;
  const stated = known.verified ? { ...base, fact, betterments } : { ...base, fact: accepting, betterments };
  return { file, names, key, authentication, statements: [...others, stated] };
}

const VERSIONS: VersionWords = {
  VersionTLS10: "TLS 1.0",
  VersionTLS11: "TLS 1.1",
  VersionTLS12: "TLS 1.2",
  VersionTLS13: "TLS 1.3",
};
