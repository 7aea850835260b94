/** Whether there are verdicts of a stack: asked of the command line before anything that reads certificates is loaded. */
import { parseStack, STACKS } from "../../pki/stacks/choices.ts";

export const isKnownStack = (stack: string): boolean => parseStack(stack) !== undefined;
export const knownStacks: readonly string[] = STACKS;
export const unknownStack = (stack: string): string =>
  `unknown stack \`${stack}\`; expected one of ${STACKS.map((it) => `\`${it}\``).join(", ")}`;
