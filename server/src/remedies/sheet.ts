/** An edited file while it is looked through for what lost its use. */
import { covers, type Span } from "../base/span.ts";
import type { UseItem } from "../rust/index.ts";
import type { EditedSource } from "./edited-source.ts";

export interface EditedFile {
  readonly file: string;
  readonly source: EditedSource;
  /** It may be depended upon: what it offers to all may be used by anybody. */
  readonly library: boolean;
}

export interface Sheet extends EditedFile {
  /** Spans of whole items and of imported names that go. */
  readonly items: Span[];
  readonly imports: Map<UseItem, Span[]>;
}

export const isGone = (place: Span, { items, imports }: Sheet): boolean =>
  items.some((it) => covers(it, place)) || [...imports.values()].some((all) => all.some((it) => covers(it, place)));
