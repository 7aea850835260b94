/**
 * Flow: what functions give and do, in terms of their inputs. Bodies are evaluated once each, callees first, over values, objects and
 * path conditions; models say in rows what calls outside of the program mean. It knows Rust and nothing of TLS.
 */
export { Flow, type Observer } from "./engine.ts";
export { Printer } from "./print.ts";
export { ResolvedProgram } from "./resolved-program.ts";
export type { Rows } from "./rows.ts";
export type { Value } from "./value.ts";
