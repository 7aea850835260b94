/** What of a certificate file was not read, and why: it is cut, of another kind, or encrypted. */
import type { CertificateFile } from "../../pki/index.ts";
import type { Gap } from "../api.ts";

/** `read`: with a password, what that opened. */
export function gapsOf(file: string, { unread, foreign, sections }: CertificateFile): readonly Gap[] {
  const isEncrypted = sections.some(({ parsed }) => parsed?.kind === "key-store" && parsed.hidesContents);
  return [
    ...(unread === undefined ? [] : [{ file, kind: foreign ? "out of reach" : "failed", reason: unread } as const]),
    ...(isEncrypted ? [{ file, kind: "out of reach", reason: ENCRYPTED } as const] : []),
  ];
}

const ENCRYPTED = "what it holds is encrypted and was not read; `tlslint inspect --password-stdin` reads it with its password";
