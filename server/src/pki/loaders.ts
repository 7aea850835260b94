/**
 * What the PEM loaders of rustls and of OpenSSL make of a text, section by section: ports of their line readers, because what they
 * skip without a word is what nobody notices.
 */
import { loadWithOpenssl } from "./loader-openssl.ts";
import { loadWithRustls } from "./loader-rustls.ts";

export type Stack = "rustls" | "OpenSSL";

/** What became of one BEGIN line that a loader recognised. */
export interface Loaded {
  /** Where the BEGIN line starts in the text. */
  readonly begin: number;
  readonly label: string;
  /**
   * `loaded` · `skipped`: read, of a label that the loader does not know · `refused`: an error ends the loading ·
   * `merged`: no END was seen before the next BEGIN, whose section swallows this one.
   */
  readonly outcome: "loaded" | "skipped" | "refused" | "merged";
  /** Of `refused`, in the loader's own words. */
  readonly error?: string;
}

export interface Loading {
  readonly stack: Stack;
  readonly sections: readonly Loaded[];
}

/** The versions whose sources were ported, and that the tests were measured with. */
export const LOADER_VERSIONS = { rustls: "rustls-pki-types 1.16.0", OpenSSL: "OpenSSL 3.0.19" } as const;

export function loadings(text: string): readonly [Loading, Loading] {
  return [
    { stack: "rustls", sections: loadWithRustls(text) },
    { stack: "OpenSSL", sections: loadWithOpenssl(text) },
  ];
}
