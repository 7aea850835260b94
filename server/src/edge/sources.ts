/** What readers need of the disk, and what they say of it. */
import { type Span, span } from "../base/span.ts";
import type { Guard } from "../tls/facts.ts";
import type { Programs } from "./programs.ts";
import { templateAt } from "./template/actions.ts";

export interface EdgeFile {
  readonly path: string;
  readonly text: string;
  /** Of what is a file elsewhere, and lies in another one here. */
  readonly name?: string;
}

export interface EdgeGap {
  readonly file: string;
  readonly kind: "failed" | "out of reach";
  readonly reason: string;
  readonly span: Span;
}

export interface EdgeSources {
  /** The files of the workspace that were recognised. */
  readonly files: readonly EdgeFile[];
  /** Those that a path leads to, whose last part may be a pattern with `*`; undefined where there is none that may be opened. */
  readonly open: (path: string) => Promise<readonly EdgeFile[] | undefined>;
  /** Those of the workspace, without test code. */
  readonly programs: () => Promise<Programs>;
  /** What a file is for, by its name and folder. */
  readonly guards: (file: string) => readonly Guard[];
}

/** `reason`: undefined where it is read. */
export const unreadGap = (file: string, reason: string | undefined): readonly EdgeGap[] =>
  reason === undefined ? [] : [{ file, kind: "failed", reason, span: span(0, 0) }];

/** `isRead`: as far as its text is its own. */
export function templateGaps(file: string, text: string, isRead = false): readonly EdgeGap[] {
  const at = templateAt(text);
  if (at === undefined) return [];
  const reason = isRead ? "it is a template: only its literal text is analysed" : "it is a template: what is made of it is not known";
  return [{ file, kind: "out of reach", reason, span: span(at, at + 2) }];
}
