/**
 * What the PEM loaders of rustls and of OpenSSL make of a text, section by section: ports of their line readers, because what they
 * skip without a word is what nobody notices. Ported from, and measured with, rustls-pki-types 1.16.0 and OpenSSL 3.0.19.
 */
import { loadWithOpenssl, OPENSSL_LABELS } from "./loader-openssl.ts";
import { loadWithRustls, RUSTLS_LABELS } from "./loader-rustls.ts";
import { type Loading, loaded } from "./loading.ts";
import type { PemSection } from "./pem-section.ts";

/** `sections`: those of the text. Of nearly all files what both make of it is known by its form, and nothing is read again. */
export function loadings(text: string, sections: readonly PemSection[]): readonly [Loading, Loading] {
  if (isStrict(text, sections)) {
    const all = sections.map((it) => loaded(it.span.start, it.label, "loaded", undefined));
    return [
      { stack: "rustls", sections: all },
      { stack: "OpenSSL", sections: all },
    ];
  }
  return [
    { stack: "rustls", sections: loadWithRustls(text) },
    { stack: "OpenSSL", sections: loadWithOpenssl(text) },
  ];
}

/** Nothing but strict sections that both know, with line ends between them. */
function isStrict(text: string, sections: readonly PemSection[]): boolean {
  let end = 0;
  for (const { span, label, isStrict: strict } of sections) {
    if (!BOTH.has(label) || !LINE_ENDS.test(text.slice(end, span.start)) || !strict) return false;
    end = span.end;
  }
  return LINE_ENDS.test(text.slice(end));
}
const BOTH: ReadonlySet<string> = new Set(RUSTLS_LABELS.filter((it) => OPENSSL_LABELS.includes(it)));
const LINE_ENDS = /^(?:\r?\n)*$/;
