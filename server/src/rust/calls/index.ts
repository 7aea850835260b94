/** Who calls what: edges between functions, resolved by names and types. */
export { type Called, CallGraph, type Edge } from "./call-graph.ts";
export { cfgOf } from "./cfg-of.ts";
export { isTestCode } from "./test-code.ts";
