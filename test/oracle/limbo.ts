/** Cases of x509-limbo as scenarios: chains that others made, for stacks of their own choice. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readCertificateFile } from "../../server/src/pki/index.ts";
import type { Bytes, Scenario } from "./chain.ts";

interface Case {
  readonly id: string;
  readonly trusted_certs: readonly string[];
  readonly untrusted_intermediates?: readonly string[];
  readonly peer_certificate: string;
  readonly validation_time?: string | null;
  readonly expected_peer_name?: { readonly kind: string; readonly value: string } | null;
  readonly crls?: readonly string[];
}

const dersOf = (pem: string): readonly Bytes[] =>
  readCertificateFile(new TextEncoder().encode(pem)).sections.flatMap(({ der }) => (der === undefined ? [] : [der]));

/** Without those of an e-mail address, of whose comparison `openssl.c` and rustls know nothing. */
export function limboScenarios(file: string): readonly Scenario[] {
  const bytes = readFileSync(file);
  const parsed: { readonly testcases?: readonly Case[] } | readonly Case[] = JSON.parse(
    (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString("utf8"),
  );
  const cases = "testcases" in parsed ? (parsed.testcases ?? []) : Array.isArray(parsed) ? parsed : [];
  return cases.flatMap((it: Case): readonly Scenario[] => {
    const { id, trusted_certs, untrusted_intermediates = [], peer_certificate, validation_time, expected_peer_name, crls = [] } = it;
    const [leaf] = dersOf(peer_certificate);
    if (leaf === undefined || expected_peer_name?.kind === "RFC822") return [];
    const lists = crls.flatMap(dersOf);
    return [
      {
        id: `limbo/${id}`,
        leaf,
        intermediates: untrusted_intermediates.flatMap(dersOf),
        roots: trusted_certs.flatMap(dersOf),
        host: expected_peer_name?.value ?? "-",
        now: Math.floor((typeof validation_time !== "string" ? Date.now() : Date.parse(validation_time)) / 1000),
        ...(lists.length === 0 ? {} : { lists }),
      },
    ];
  });
}
