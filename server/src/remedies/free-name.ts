/** Names for new variables, which nothing in their function is called. */
import { covers, type Span } from "../base/span.ts";
import { namesIn } from "../rust/index.ts";
import type { Site } from "./site.ts";

/** The wanted name, or one with a number, that the function does not write and no other new variable has. `released`: what goes. */
export function freeName(
  wanted: string,
  site: Pick<Site, "function" | "source">,
  others: readonly string[],
  released: readonly Span[],
): string {
  const around = site.function?.span ?? { start: 0, end: site.source.text.length };
  const taken = new Set([...others, ...namesIn(without(released, around, site.source.text))]);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}_${number}`;
    if (!taken.has(name)) return name;
  }
}

function without(gone: readonly Span[], around: Span, text: string): string {
  let at = around.start;
  let left = "";
  for (const it of gone.filter((one) => covers(around, one)).sort((a, b) => a.start - b.start)) {
    left += `${text.slice(at, Math.max(at, it.start))} `;
    at = Math.max(at, it.end);
  }
  return left + text.slice(at, around.end);
}
