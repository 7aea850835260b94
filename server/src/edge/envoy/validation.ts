/**
 * What an Envoy TLS context verifies of its peer (envoy.extensions.transport_sockets.tls.v3, `CertificateValidationContext`). Without a CA
 * and without a pin it verifies nothing, on either side: Envoy 1.40 then asks clients for no certificate, whatever else is written.
 */
import { get, items, textOf, type YamlValue } from "../yaml/documents.ts";
import { type EnvoyText, field, fieldText } from "./fields.ts";

export interface Validation {
  /** As it is written here. */
  readonly context?: YamlValue;
  /** Hashes of certificates or keys: whoever has none of these is refused. */
  readonly pins: boolean;
  readonly anchors?: YamlValue;
  /** A secret of a control plane, or a validator of its own, decides. */
  readonly isUnknown: boolean;
  /** `trust_chain_verification: ACCEPT_UNTRUSTED`, as it is written. */
  readonly acceptsUntrusted?: YamlValue;
  readonly comparesNames: boolean;
}

export function validationOf(tls: YamlValue, { secrets }: EnvoyText): Validation {
  const common = field(tls, "common_tls_context");
  const combined = field(common, "combined_validation_context");
  const secret = field(common, "validation_context_sds_secret_config") ?? field(combined, "validation_context_sds_secret_config");
  const known = field(secret, "sds_config") === undefined ? secrets.get(fieldText(secret, "name") ?? "") : undefined;
  const own = field(common, "validation_context") ?? field(combined, "default_validation_context");
  const all = [own, field(known, "validation_context")];
  const said = (...names: readonly string[]): YamlValue | undefined =>
    all
      .flatMap((it) => names.flatMap((name) => field(it, name) ?? []))
      .find((it) => items(it).length > 0 || textOf(it) !== undefined || get(it) !== undefined);
  const context = own ?? field(known, "validation_context");
  const anchors = said("trusted_ca");
  const acceptsUntrusted = said("trust_chain_verification");
  const elsewhere = ["validation_context_certificate_provider", "validation_context_certificate_provider_instance"];
  return {
    ...(context === undefined ? {} : { context }),
    ...(anchors === undefined ? {} : { anchors }),
    ...(["ACCEPT_UNTRUSTED", "1"].includes(textOf(acceptsUntrusted) ?? "") && acceptsUntrusted !== undefined ? { acceptsUntrusted } : {}),
    pins: items(said("verify_certificate_spki", "verify_certificate_hash")).length > 0,
    isUnknown:
      (secret !== undefined && known === undefined) ||
      said("custom_validator_config", "ca_certificate_provider_instance", "system_root_certs") !== undefined ||
      elsewhere.some((it) => field(common, it) !== undefined),
    comparesNames:
      said("match_typed_subject_alt_names", "match_subject_alt_names", "verify_subject_alt_name") !== undefined ||
      ["true"].includes(fieldText(tls, "auto_sni_san_validation") ?? ""),
  };
}
