/**
 * Bodies: functions, closures and initialisers as control-flow graphs of operations over locals (`body.ts`), lowered from the syntax
 * tree. Lowering never fails, and knows nothing of what names mean but for the variables of the body itself.
 */
export type * from "./body.ts";
export { declaredIn } from "./declared.ts";
export { NO_MACROS } from "./expander.ts";
export { printBody } from "./print.ts";
export { blockOf, successorsOf } from "./successors.ts";
