/** Whether a certificate is for a host, as each stack compares names, by what was decoded of it. */
import type { Stack } from "../pem/loading.ts";
import type { Certificate } from "../x509/certificate.ts";
import { parseAddress } from "./host.ts";
import { matchesHostName } from "./openssl/names.ts";
import { matchDns } from "./webpki/dns-names.ts";

/** `host`: a DNS name or an address. */
export function coversHost({ values, subject }: Certificate, host: string): Readonly<Record<Stack, boolean>> {
  const names = values.alternativeNames ?? [];
  const address = parseAddress(host);
  if (address !== undefined) {
    const found = names.some(({ kind, value }) => kind === "IP" && sameAddress(parseAddress(value), address));
    return { rustls: found, OpenSSL: found };
  }
  const hosts = names.flatMap((it) => (it.kind === "DNS" ? [it.value] : []));
  // Where no DNS name is, OpenSSL takes the common name.
  const judged = hosts.length > 0 ? hosts : subject.attributes.flatMap((it) => (it.type === "CN" ? [it.value] : []));
  return {
    rustls: hosts.some((it) => matchDns(it, "reference", host, true) === true),
    // As the clients of the crates openssl and native-tls ask: without partial wildcards (`setup_verify_hostname`).
    OpenSSL: judged.some((it) => matchesHostName(it, host, false)),
  };
}

const sameAddress = (a: Uint8Array | undefined, b: Uint8Array): boolean => a?.length === b.length && a.every((byte, at) => byte === b[at]);
