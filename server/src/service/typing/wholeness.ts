/** How whole some items of a text are: whether they parse, and if not, whether what does not could concern their neighbours. */
import { type RustFile, rustParser, scan } from "../../rust/index.ts";

export type Wholeness = typeof OPEN | typeof CLOSED | typeof WHOLE;

/** Where it ends is not sure: a bracket or a quote is missing, or a head. */
const OPEN = 0;
/** It ends where it should, but not all of what stands in its bodies parses. */
const CLOSED = 1;
const WHOLE = 2;

/** The larger, the more can be said of it. */
function wholenessOf(items: string): Wholeness {
  const parsed = rustParser.parse(items);
  if (!parsed.ok) return OPEN;
  if (parsed.value.errors.length === 0) return WHOLE;
  return areInBodies(parsed.value) ? CLOSED : OPEN;
}

/** Whether a text loses nothing by taking another's place. Where nothing is declared, anything that is closed is more. */
export function takesPlace(now: string, before: string): boolean {
  const least = scan(before).spans.count === 0 ? CLOSED : wholenessOf(before);
  return least === OPEN || wholenessOf(now) >= least;
}

function areInBodies({ text, errors }: RustFile): boolean {
  const { spans } = scan(text);
  const closed = Array.from({ length: spans.count }, (_, index) => index).filter((it) => text[spans.end(it) - 1] === "}");
  return errors.every((error) => closed.some((it) => (spans.body(it) ?? error.end) < error.start && error.end < spans.end(it)));
}
