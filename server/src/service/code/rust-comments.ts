/** The suppressions that the comments of a Rust file hold, and how far each reaches. */
import type { Span } from "../../base/span.ts";
import type { RustFile } from "../../rust/index.ts";
import { parseSuppression, type Suppression } from "../suppressions.ts";
import { reachOf } from "./code-places.ts";

export const suppressionsIn = ({ text, comments }: RustFile): readonly Suppression[] =>
  comments.flatMap((comment) => {
    const words = text.slice(comment.start, comment.end);
    // Documentation shows how it is done, it does not do it.
    return /^\/\/[/!]|^\/\*[*!]/.test(words) ? [] : (parseSuppression(words, comment.start) ?? []);
  });

export const reachInRust =
  (rust: RustFile) =>
  ({ span }: Suppression): Span | undefined =>
    reachOf(commentAround(rust, span), rust);

const commentAround = ({ comments }: RustFile, place: Span): Span =>
  comments.find((it) => it.start <= place.start && place.end <= it.end) ?? place;
