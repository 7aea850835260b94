/** Where one can go from a place: from paths to the files that they name, from certificate files to the code that reads them, and into their fields. */
import type { Span } from "../../base/span.ts";
import type { FileEdits } from "../../base/text-edit.ts";
import type { Section } from "../../pki/index.ts";
import type { Place } from "../../tls/facts.ts";

/** A path in code or settings that names a certificate file of the workspace. */
export interface PathLink {
  /** Between the quotes. */
  readonly span: Span;
  readonly target: string;
}

/** Which of them are wanted: of files in which something is found that is more than a hint, or of all. */
export type HintWish = "problems" | "always";

/** What to show beside a path. Both texts are plain. */
export interface PathHint extends PathLink {
  /** With the quotes. */
  readonly span: Span;
  /** `expires in 22 days · 1 problem`. */
  readonly label: string;
  /** Lines: what is wrong with the file, and what is in it. */
  readonly tooltip: string;
}

/** One object of a certificate file. All strings may be shown as they are: hidden characters are visible, keys are left out. */
export interface OutlineEntry {
  readonly kind: Section["kind"];
  /** Whose it is: `billing.internal`; what it is where it says no more. */
  readonly name: string;
  /** What it is: `leaf certificate, 1 of 3`. */
  readonly title: string;
  /** Both: `leaf certificate for billing.internal, 1 of 3`. */
  readonly caption: string;
  /** `expires in 22 days (2026-12-21)`, `expired 3 days ago (…)`; empty where it does not end. */
  readonly validity: string;
  readonly span: Span;
  /** Its first line. */
  readonly heading: Span;
  /** Of a certificate, list or request, where its fields stand in the text, in their order. */
  readonly fields: readonly { readonly name: string; readonly span: Span }[];
}

export interface Navigation {
  /** In their order. */
  links(file: string): Promise<readonly PathLink[]>;
  /** The one that covers an offset. */
  linkAt(file: string, offset: number): Promise<PathLink | undefined>;
  /** Beside the paths in a part of a file. */
  hints(file: string, wish: HintWish, within: Span, signal?: AbortSignal): Promise<readonly PathHint[]>;
  /** Where code reads a certificate file; at an offset in one of its objects, where it takes that one in. */
  uses(file: string, at?: number, signal?: AbortSignal): Promise<readonly Place[]>;
  /** What makes the paths that name a certificate file, or those in a folder, name it under its new path. To be asked before it is renamed. */
  renamed(from: string, to: string): Promise<readonly FileEdits[]>;
  /** Empty for files of other kinds. */
  outline(file: string): Promise<readonly OutlineEntry[]>;
  /** What is around an offset of a certificate file, the innermost first: fields, and the object that they are of. */
  around(file: string, offset: number): Promise<readonly Span[]>;
}
