/** What the Ruby between `<%` and `%>` opens and closes: statements by their first word, and blocks by the `do` at their end. */

import { wordOf } from "./keywords.ts";
import type { Step } from "./steps.ts";

const LOOPS: ReadonlySet<string> = new Set(["while", "until", "for", "def", "begin", "class", "module"]);

/** What is opened and closed within one action is nothing to the text. */
export function rubySteps(code: string): readonly Step[] {
  const steps: Step[] = [];
  let opened = 0;
  for (const statement of code.split("\n").flatMap((line) => line.split(";"))) {
    for (const step of stepsOf(statement.trim())) {
      if (step.kind === "close" && opened > 0) {
        while (steps.pop()?.kind !== "open");
        opened--;
        continue;
      }
      if (step.kind === "open") opened++;
      steps.push(step);
    }
  }
  return steps;
}

function stepsOf(statement: string): readonly Step[] {
  const word = wordOf(statement);
  const last = statement.slice(statement.lastIndexOf(" ") + 1);
  const isClosed = last === "end" && statement !== last;
  const closed: readonly Step[] = isClosed ? [{ kind: "close" }] : [];
  if (statement.startsWith("#")) return [];
  if (word === "if" || word === "unless" || word === "case") return [{ kind: "open", always: false }, ...closed];
  if (LOOPS.has(word)) return [{ kind: "open", always: true }, ...closed];
  if (word === "elsif" || word === "when" || word === "rescue" || word === "ensure") return [{ kind: "branch", isLast: false }, ...closed];
  if (word === "else") return [{ kind: "branch", isLast: true }, ...closed];
  if (word === "end") return [{ kind: "close" }, ...(beginsBlock(statement) ? [{ kind: "open", always: false } as const] : [])];
  return beginsBlock(statement) ? [{ kind: "open", always: false }] : [];
}

/** `if_p("name") do |value|`: many a block's body is there for some values only. */
function beginsBlock(statement: string): boolean {
  if (statement.endsWith(" do")) return true;
  const at = statement.lastIndexOf(" do |");
  return at >= 0 && statement.endsWith("|") && statement.indexOf("|", at + " do |".length) === statement.length - 1;
}
