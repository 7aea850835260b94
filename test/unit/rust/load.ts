/** The real parser for the tests of `rust/`. */
import type { Block, Item } from "../../../server/src/rust/ast.ts";
import { createRustParser, type RustFile } from "../../../server/src/rust/index.ts";

const parser = createRustParser();

export function parsed(text: string): RustFile {
  const result = parser.parse(text);
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
