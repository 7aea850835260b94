/**
 * What the PEM loaders of rustls and of OpenSSL make of a text, section by section: ports of their line readers, because what they
 * skip without a word is what nobody notices. Ported from, and measured with, rustls-pki-types 1.16.0 and OpenSSL 3.0.19.
 */
import { loadWithOpenssl } from "./loader-openssl.ts";
import { loadWithRustls } from "./loader-rustls.ts";
import type { Loading } from "./loading.ts";

export function loadings(text: string): readonly [Loading, Loading] {
  return [
    { stack: "rustls", sections: loadWithRustls(text) },
    { stack: "OpenSSL", sections: loadWithOpenssl(text) },
  ];
}
