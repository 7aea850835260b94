/** The real parser for the tests of `rust/`. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Block, Item } from "../../../server/src/rust/ast.ts";
import { createRustParser, type ParserLimits, type RustFile, type RustParser } from "../../../server/src/rust/index.ts";

const modules = join(process.env["TLSLINT_ROOT"] ?? process.cwd(), "node_modules");
const wasm = {
  runtime: readFileSync(join(modules, "web-tree-sitter/web-tree-sitter.wasm")),
  grammar: readFileSync(join(modules, "@vscode/tree-sitter-wasm/wasm/tree-sitter-rust.wasm")),
};

export const loadParser = (limits?: Partial<ParserLimits>): Promise<RustParser> => createRustParser(wasm, limits);

// Machines under load are slow: only the tests of the budget itself may meet it.
const patient = loadParser({ rounds: 1_000_000 });

export async function parsed(text: string): Promise<RustFile> {
  const result = (await patient).parse(text);
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

/** The body of the function of that name, wherever it stands among the items. */
export function bodyOf(items: readonly Item[], name: string): Block {
  const found = functionIn(items, name);
  if (found === undefined) throw new Error(`no body of ${name}`);
  return found;
}

function functionIn(items: readonly Item[], name: string): Block | undefined {
  for (const item of items) {
    const found =
      item.kind === "function"
        ? item.name === name
          ? item.body()
          : undefined
        : "items" in item
          ? functionIn(item.items ?? [], name)
          : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Everything of it as plain data: spans, and what is lowered on demand. */
export function plain(value: unknown): unknown {
  if (typeof value === "function") return plain(value());
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
