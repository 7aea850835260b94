/** Text from strangers within Markdown: it is shown as text, never as markup, a link or a mention. */
import { visible } from "./visible.ts";

/** Text that stays text: Markdown's and HTML's signs lose their meaning, hidden characters become visible, lines are joined. */
export const escapeMarkdown = (text: string): string =>
  visible(text.replace(/[\r\n\t]+/g, " "))
    .replace(/[\\`*_{}[\]()#+!|~<>&-]/g, (sign) => (sign === "<" ? "&lt;" : sign === ">" ? "&gt;" : sign === "&" ? "&amp;" : `\\${sign}`))
    // A bare address would be made a link.
    .replace(/(https?|ftp|mailto|www)([:.])/gi, "$1&#8203;$2")
    .replace(/@/g, "&#64;");

/** Messages of rules hold code in back-ticks, and what stands in it may come from a file: only the back-ticks keep their meaning. */
export function proseWithCode(text: string, written: (text: string) => string = escapeMarkdown): string {
  const parts = text.split("`");
  // An odd number of back-ticks is no code at all.
  if (parts.length % 2 === 0) return written(text);
  return parts.map((part, index) => (index % 2 === 0 ? written(part) : `\`${visible(part.replace(/[\r\n\t]+/g, " "))}\``)).join("");
}
