/** Who calls what: edges between functions, resolved by names and types. */
export { CallGraph } from "./call-graph.ts";
export { cfgOf } from "./cfg-of.ts";
export { isTestCode } from "./test-code.ts";
