/**
 * Where cargo puts what it makes, below the folder that CARGO_TARGET_DIR names. What is only checked is kept apart from what is linked
 * and run, for which C is compiled.
 */
import { join } from "node:path";
import { ROOT } from "../harness/fixtures.ts";

const TARGET = process.env["CARGO_TARGET_DIR"] ?? join(ROOT, "test/cargo/target");
export const CHECKED = join(TARGET, "checked");
export const LINKED = join(TARGET, "linked");
