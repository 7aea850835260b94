/** The stacks that there are verdicts of, as they are written on a command line. */
import { OPENSSL_SERIES, opensslRelease } from "./openssl/versions.ts";
import type { StackChoice } from "./verdict.ts";
import { WEBPKI_SERIES, webpkiRelease } from "./webpki/versions.ts";

/** `rustls-webpki@0.103`, `openssl@3`; undefined for what has no verdict here. */
export function parseStack(text: string): StackChoice | undefined {
  const [, name, version = ""] = /^(rustls-webpki|openssl)@([0-9][0-9A-Za-z.+-]*)$/.exec(text) ?? [];
  if (name === "openssl") return opensslRelease(version) === undefined ? undefined : { name, version };
  return name === "rustls-webpki" && webpkiRelease(version) !== undefined ? { name, version } : undefined;
}

export const STACKS: readonly string[] = [
  ...WEBPKI_SERIES.map((it) => `rustls-webpki@${it}`),
  ...OPENSSL_SERIES.map((it) => `openssl@${it}`),
];
