/** What is asked of a remedy, and what comes of it. */
import type { Span } from "../base/span.ts";
import type { FileEdits } from "../base/text-edit.ts";
import type { Fact, FactKind } from "../tls/facts.ts";

export type Wanted =
  | (Partial<Fact> & { readonly kind: string })
  | { readonly kind: FactKind | "propagate-error" | "remove-call" | "move-before-listener" };

/** What the workspace offers to the holes of a recipe. Paths are as they should stand in the code. */
export interface Surroundings {
  readonly clientCa?: string;
  /** The file of the CA that issued the certificates of the program's servers, where the user has named it. */
  readonly serverCa?: string;
  /** The revocation list of the CAs in these files, as the code names them; for a server that of the workspace's client CA, where none is one. */
  readonly crlOf?: (files: readonly string[], role: "server" | "client") => string | undefined;
  /** Every revocation list near the code, whoever issued it. */
  readonly lists?: readonly string[];
  /** Which files of the workspace have a word; undefined where they are not known. */
  readonly namedIn?: (word: string) => readonly string[];
  /** The manifest that what a remedy needs is added to; `workspace`: the text of the workspace's, where that is another file. */
  readonly manifest?: { readonly file: string; readonly text: string; readonly workspace?: string };
}
export type Lacking = "client-ca" | "crl" | "server-crl" | "server-ca" | "own-chain" | "own-key";

/** A file that the workspace lacks: what it is to hold, and the name that stands for it in the edited text. */
export interface Lack {
  readonly of: Lacking;
  readonly name: string;
}
export interface SpelledFix {
  readonly title: string;
  /** What it is called where its edits make the program panic, if that is all that they do. */
  readonly panicking?: string;
  /** It reaches further than the finding, or leaves something to tidy up: a person has to look, whatever is wanted. */
  readonly needsReview: boolean;
  /** One entry a file; a remedy is written where its call stands, which need not be the finding's file. */
  readonly edits: readonly FileEdits[];
  /** Spans in the first file's edited text that the user should look at first (placeholder file names). */
  readonly placeholders: readonly Span[];
  /** Dependencies or features that the edited code needs and the manifest lacks. */
  readonly needs: readonly { readonly package: string; readonly versions: string; readonly features?: readonly string[] }[];
  /** Which recipe it is, for proofs: the crate's package and the recipe's number in its model, from 0. Absent where none was needed. */
  readonly recipe?: string;
  /** Whose names in the edited text are inventions. */
  readonly lacks: readonly Lack[];
}
