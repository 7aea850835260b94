/** Names and texts that would steer a terminal, an editor or a CI job, and what of them must not be seen anywhere. */
import assert from "node:assert/strict";

/** A title that is set, a screen that is cleared, text that is turned round, hidden or broken, and commands of GitHub's runner and Azure's agent. */
export const STEERING = [
  "\u001b]0;title\u0007",
  "\u001b[2J\u001b[31m",
  "\u009b8m",
  "a\u202eb\u2066c\u200f",
  "zero\u200bwidth\u00ad\ufeff",
  "line\u2028separator\u0085",
  "return\r",
  "x\n::error file=a.rs::pwned",
  "y\n  ::stop-commands::token",
  "##[group]z",
  "##vso[task.setvariable variable=PATH]z",
] as const;

/** `colours`: those that we write ourselves are in order. */
export function assertShown(text: string, message: string, colours = false): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
  const plain = colours ? text.replace(/\u001b\[(?:0|1|2|3[1236]|90)m/g, "") : text;
  assertNothingHidden(plain, message);
  assert.doesNotMatch(plain, /^\s*::|##(?:vso)?\[/m, message);
}

/** Line ends alone are in order. */
export function assertNothingHidden(plain: string, message: string): void {
  const found = /[\p{C}\p{Zl}\p{Zp}]/u.exec(plain.replaceAll("\n", ""));
  assert.equal(
    found && `${escape(found[0])} in ${escape(plain.replaceAll("\n", "").slice(Math.max(0, found.index - 60), found.index + 20))}`,
    null,
    message,
  );
}
