/** A section of a PEM text: what it is called, where it stands, what it holds, and what is wrong with it. */
import type { Span } from "../../base/span.ts";
import type { Base64 } from "./base64.ts";

/** What can be wrong with a PEM text. Whether it matters is for the loaders (`loaders.ts`) to say. */
export type PemDefect =
  | "byte-order-mark"
  | "utf-16"
  | "partly-utf-16"
  | "commented-out"
  | "indented-boundary"
  | "glued-boundary"
  | "boundary-inside-line"
  | "text-after-boundary"
  | "malformed-boundary"
  | "missing-end"
  | "missing-begin"
  | "label-mismatch"
  | "unusual-label"
  | "bad-character"
  | "bad-padding"
  | "escaped-newlines"
  | "single-line"
  | "inner-headers"
  | "cr-only"
  | "blank-line"
  | "empty-body";

export interface PemProblem {
  readonly defect: PemDefect;
  readonly span: Span;
  /** A main clause, lower case, no full stop: "the boundary starts with 4 dashes instead of 5". */
  readonly message: string;
}

export interface PemSection {
  readonly label: string;
  /** That of the END line, where there is one. */
  readonly endLabel: string | undefined;
  /** From the first dash of BEGIN to the last of END; without an END, to the end of the last line of base64. */
  readonly span: Span;
  readonly begin: Span;
  readonly end: Span | undefined;
  /** Between the boundaries. */
  readonly body: Span;
  /** Lines of RFC 1421, such as `DEK-Info`. */
  readonly headers: readonly string[];
  readonly base64: Base64;
  readonly problems: readonly PemProblem[];
  /** Laid out as RFC 7468 §3 wants it to be written, to the letter: every reader takes it. */
  readonly isStrict: boolean;
}
