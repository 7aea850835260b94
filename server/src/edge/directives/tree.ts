/** Configurations that are directives with words and blocks, whichever product's they are, with the places of everything. */
import type { Span } from "../../base/span.ts";

export interface Word {
  /** Without quotes and escapes. */
  readonly value: string;
  readonly span: Span;
}

export interface Directive {
  readonly file: string;
  readonly name: Word;
  readonly words: readonly Word[];
  /** With what ends it, or with its block. */
  readonly span: Span;
  readonly block?: readonly Directive[];
  /** Between the ends of the block. */
  readonly inside?: Span;
}

export interface DirectiveText {
  readonly file: string;
  readonly directives: readonly Directive[];
  readonly comments: readonly Span[];
  /** Why the product would refuse the file. */
  readonly problems: readonly { readonly span: Span; readonly what: string }[];
}

/** Directives that take in other files, at any depth. */
export interface Inclusion {
  readonly directive: Directive;
  /** Where it may lie, best first; the last part may be a pattern with `*`. */
  readonly paths: readonly string[];
}

/** What is a product's own in reading files that take in each other. */
export interface Dialect {
  /** As people write it. */
  readonly product: string;
  read(text: string, file: string): DirectiveText;
  /** `begin`: the folder of the file that the configuration begins with. */
  includesOf(text: DirectiveText, begin: string): readonly Inclusion[];
  /** What every installation has, and which says nothing of TLS. */
  isDistributed(directive: Directive): boolean;
}

export const withNested = (directives: readonly Directive[]): readonly Directive[] =>
  directives.flatMap((it) => [it, ...withNested(it.block ?? [])]);
