/** Versions and cipher suites of a TLS context (`TlsParameters`), and its CRL. */
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import type { Role, Version } from "../../tls/facts.ts";
import type { EdgeStatement } from "../proxy.ts";
import { items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { replaced } from "../yaml/edits.ts";
import { entryPlace } from "../yaml/places.ts";
import { type EnvoyText, entry, field } from "./fields.ts";

const VERSIONS: Readonly<Record<string, Version>> = {
  TLSv1_0: "TLS 1.0",
  TLSv1_1: "TLS 1.1",
  TLSv1_2: "TLS 1.2",
  TLSv1_3: "TLS 1.3",
};

export function parameters(tls: YamlValue, role: Role, { file }: EnvoyText): readonly EdgeStatement[] {
  const given = field(tls, "common_tls_context", "tls_params");
  return [...version(given, role, file), ...ciphers(given, role, file)];
}

function version(given: YamlValue | undefined, role: Role, file: string): readonly EdgeStatement[] {
  const least = entry(given, "tls_minimum_protocol_version");
  const place = entryPlace(file, least);
  const known = VERSIONS[textOf(least?.value) ?? ""];
  if (least === undefined || place === undefined || known === undefined) return [];
  const betterments = (["TLS 1.2", "TLS 1.3"] as const).map((it) => ({
    gives: { kind: "minimum-version", version: it } as const,
    title: `Require ${it} or later`,
    edits: replaced(least.value, it.replace("TLS ", "TLSv").replace(".", "_")),
  }));
  const written = `${least.key}: ${textOf(least.value)}`;
  return [{ ...place, role, fact: { kind: "minimum-version", version: known }, call: "envoy.tls_params", written, betterments }];
}

/** BoringSSL has no others of them; Envoy refuses a list with a suite that it does not know. */
const KNOWN_CIPHERS = RECOMMENDED_CIPHERS.split(":").filter((it) => it.startsWith("ECDHE-"));

/** `[A|B]` are suites of equal preference. */
function ciphers(given: YamlValue | undefined, role: Role, file: string): readonly EdgeStatement[] {
  const listed = entry(given, "cipher_suites");
  const names = items(listed?.value).flatMap((it) => (textOf(it) ?? "").replace("[", "").replace("]", "").split("|"));
  const at = listed?.value === undefined ? undefined : placeOf(listed.value);
  if (listed === undefined || at === undefined || names.length === 0) return [];
  const edits = [{ span: at, text: `[${KNOWN_CIPHERS.join(", ")}]` }];
  const gives = { kind: "cipher-list", ciphers: RECOMMENDED_CIPHERS } as const;
  const fact = { kind: "cipher-list", ciphers: names.join(":") } as const;
  const betterments = [{ gives, title: "Allow only strong cipher suites", edits }];
  return [{ file, span: listed.keySpan, role, fact, call: "envoy.tls_params", written: listed.key, betterments }];
}

export function revocation({ context }: { readonly context?: YamlValue }, { file }: EnvoyText): readonly EdgeStatement[] {
  const list = entry(context, "crl");
  if (list === undefined) return [];
  return [{ file, span: list.keySpan, role: "server", fact: { kind: "revocation", lists: "loaded" }, call: "envoy.crl", written: "crl" }];
}
