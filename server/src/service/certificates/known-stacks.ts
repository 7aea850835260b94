/** Whether there are verdicts of a stack: asked of the command line before anything that reads certificates is loaded. */
import { closest } from "../../base/closest.ts";
import { parseStack, STACKS } from "../../pki/stacks/choices.ts";

export const isKnownStack = (stack: string): boolean => parseStack(stack) !== undefined;
export const knownStacks: readonly string[] = STACKS;
export function unknownStack(stack: string): string {
  const near = closest(stack, STACKS);
  const expected = near === undefined ? `expected one of ${STACKS.map((it) => `\`${it}\``).join(", ")}` : `did you mean \`${near}\`?`;
  return `unknown stack \`${stack}\`; ${expected}`;
}
