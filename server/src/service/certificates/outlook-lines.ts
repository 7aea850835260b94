/** What is asked about a section beyond what it says itself, and what is answered. */
import type { CertificateFile, Section } from "../../pki/index.ts";
import type { verdict } from "../../pki/stacks/index.ts";
import type { FileContext, Neighbours } from "../../rules/rule.ts";
import type { PredictedVerdict } from "../api.ts";

export interface OutlookLine {
  readonly label: string;
  readonly value: string;
  /** What the line says of stacks, one by one. */
  readonly verdicts?: readonly PredictedVerdict[];
}

export interface OutlookInput {
  readonly file: CertificateFile;
  readonly section: Section;
  readonly context: FileContext & { readonly neighbours: Neighbours };
  /** Releases to ask, such as `rustls-webpki 0.103.13`. */
  readonly stacks: readonly Parameters<typeof verdict>[1][];
}

/** What is presented as what: the same for all stacks that are asked. */
export const verdictLabel = ({ as, host, completedFrom = [] }: Pick<PredictedVerdict, "as" | "host" | "completedFrom">): string =>
  `as ${as}${host === undefined ? "" : ` for ${host}`}${completedFrom.length === 0 ? "" : `, with ${completedFrom.join(", ")}`}`;
