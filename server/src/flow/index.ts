/**
 * Flow: what functions give and do, in terms of their inputs. Bodies are evaluated once each, callees first, over values, objects and
 * path conditions; models say in rows what calls outside of the program mean. It knows Rust and nothing of TLS.
 */
export { Flow, type Observer } from "./engine.ts";
export type { Callable, Names, Program } from "./names.ts";
export { Printer } from "./print.ts";
export type { Rows } from "./rows.ts";
export type { Target, Value } from "./value.ts";
