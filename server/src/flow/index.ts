/**
 * Flow: what functions give and do, in terms of their inputs. Bodies are evaluated once each, callees first, over values, objects and
 * path conditions; models say in rows what calls outside of the program mean. It knows Rust and nothing of TLS.
 */
export { ALWAYS, and, isAlways, isOpen, not, or, relative, whenTrue } from "./conditions.ts";
export type { ConfiguredTypes } from "./configured-types.ts";
export { isTypeName } from "./definition-ids.ts";
export { CONFIGURED, derivedId, IS_GIVEN } from "./derived.ts";
export { Flow } from "./engine.ts";
export { FieldReads, placeReadBy } from "./field-reads.ts";
export type { Implementation } from "./implementation.ts";
export { Once } from "./looks.ts";
export type { Observer } from "./observers.ts";
export { type OperationGiven, OperationsGiven } from "./operations-given.ts";
export { payloadOf, viewName, viewOf } from "./part-names.ts";
export { Printer } from "./print.ts";
export type { Renewed } from "./renewal.ts";
export { ResolvedProgram } from "./resolved-program.ts";
export type { CallerRows, CallForm, Row, Rows, Term } from "./rows.ts";
export { shownType } from "./shown-type.ts";
export type { Effect, OpenCall, Summary } from "./summary.ts";
export { withArgument } from "./targets.ts";
export type { Condition, Conjunction, FunctionId, Target, Value } from "./value.ts";
export { isNever, partsOf } from "./values.ts";
