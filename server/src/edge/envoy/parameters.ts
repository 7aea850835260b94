/** Versions and cipher suites of a TLS context (`TlsParameters`), and its CRL. */
import { RECOMMENDED_CIPHERS } from "../../tls/ciphers.ts";
import type { Role } from "../../tls/facts.ts";
import type { EdgeStatement } from "../proxy.ts";
import { items, placeOf, textOf, type YamlValue } from "../yaml/documents.ts";
import { leastVersion, type VersionWords } from "../yaml/versions.ts";
import { type EnvoyText, entry, field } from "./fields.ts";

const VERSIONS: VersionWords = {
  TLSv1_0: "TLS 1.0",
  TLSv1_1: "TLS 1.1",
  TLSv1_2: "TLS 1.2",
  TLSv1_3: "TLS 1.3",
};

export function parameters(tls: YamlValue, role: Role, { file }: EnvoyText): readonly EdgeStatement[] {
  const given = field(tls, "common_tls_context", "tls_params");
  const least = leastVersion(entry(given, "tls_minimum_protocol_version"), VERSIONS, { file, role, call: "envoy.tls_params" });
  return [...least, ...ciphers(given, role, file)];
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
