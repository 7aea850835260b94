/** The header lines that RFC 1421 has within a section, such as `DEK-Info`, and where the base64 text begins behind them. */
import type { Span } from "../../base/span.ts";

/** RFC 1421 §4.4: `Name: value` lines and their indented continuations, up to a blank line. */
export function readHeaders(text: string, body: Span): { readonly headers: readonly string[]; readonly from: number } {
  const headers: string[] = [];
  let from = body.start;
  // Real header lines are short; a bound keeps one endless line from being copied for every section on it.
  const line = /[ \t]{0,80}(?:\r\n|\n|\r)?([^\r\n]{0,1000})/y;
  for (;;) {
    line.lastIndex = from;
    const match = line.exec(text);
    const content = match?.[1] ?? "";
    const isHeader = /^[A-Za-z][A-Za-z0-9-]{0,40}:/.test(content) || (headers.length > 0 && /^[ \t]+\S/.test(content));
    if (match === null || !isHeader || line.lastIndex > body.end) break;
    headers.push(content);
    from = line.lastIndex;
  }
  if (headers.length === 0) return { headers, from: body.start };
  const blank = /(?:\r\n|\n|\r)[ \t]{0,80}(?=[\r\n])/y;
  blank.lastIndex = from;
  return { headers, from: blank.test(text) ? Math.min(blank.lastIndex, body.end) : from };
}
