/** What is asked about a section beyond what it says itself, and what is answered. */
import type { CertificateFile, Section } from "../../pki/index.ts";
import type { verdict } from "../../pki/stacks/index.ts";
import type { FileContext, Neighbours } from "../../rules/rule.ts";

export interface OutlookLine {
  readonly label: string;
  readonly value: string;
}

export interface OutlookInput {
  readonly file: CertificateFile;
  readonly section: Section;
  readonly context: FileContext & { readonly neighbours: Neighbours };
  /** Releases to ask, such as `rustls-webpki 0.103.13`. */
  readonly stacks: readonly Parameters<typeof verdict>[1][];
}
