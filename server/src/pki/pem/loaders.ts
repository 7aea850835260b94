/**
 * What the PEM loaders of rustls and of OpenSSL make of a text, section by section: ports of their line readers, because what they
 * skip without a word is what nobody notices.
 */
import { loadWithOpenssl } from "./loader-openssl.ts";
import { loadWithRustls } from "./loader-rustls.ts";
import type { Loading } from "./loading.ts";

/** The versions whose sources were ported, and that the tests were measured with. */
export const LOADER_VERSIONS = { rustls: "rustls-pki-types 1.16.0", OpenSSL: "OpenSSL 3.0.19" } as const;

export function loadings(text: string): readonly [Loading, Loading] {
  return [
    { stack: "rustls", sections: loadWithRustls(text) },
    { stack: "OpenSSL", sections: loadWithOpenssl(text) },
  ];
}
