/** The items that tree-sitter's grammar sees in a text, and those of the token scan, in one form: what `rust/items` is compared with. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, type Node, Parser } from "web-tree-sitter";
import { scan, type TreeItem } from "../../server/src/rust/items/index.ts";

/** `function name 10-50`, those within others indented. */
export type Listing = readonly string[];

const KINDS: Readonly<Record<string, string>> = {
  function_item: "function",
  function_signature_item: "function",
  struct_item: "struct",
  enum_item: "enum",
  union_item: "union",
  trait_item: "trait",
  impl_item: "impl",
  mod_item: "module",
  use_declaration: "use",
  const_item: "const",
  static_item: "static",
  type_item: "type",
  associated_type: "type",
  extern_crate_declaration: "extern-crate",
  foreign_mod_item: "foreign",
  macro_definition: "macro-rules",
  macro_invocation: "macro-call",
};
const NAMED: ReadonlySet<string> = new Set(["use", "impl", "foreign", "extern-crate"]);

/** Undefined where the grammar does not understand all of it. */
export async function grammarListing(): Promise<(text: string) => Listing | undefined> {
  const require = createRequire(join(process.env["TLSLINT_ROOT"] ?? process.cwd(), "package.json"));
  await Parser.init({ wasmBinary: new Uint8Array(readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm"))).buffer });
  const folder = dirname(require.resolve("@vscode/tree-sitter-wasm/package.json"));
  const parser = new Parser();
  parser.setLanguage(await Language.load(readFileSync(join(folder, "wasm/tree-sitter-rust.wasm"))));
  return (text) => {
    const tree = parser.parse(text);
    const root = tree?.rootNode;
    const listing = root === undefined || root.hasError ? undefined : listed(root, "");
    tree?.delete();
    return listing;
  };
}

function listed(node: Node, indent: string): string[] {
  return node.namedChildren.flatMap((child) => {
    const wrapped = child.type === "expression_statement" ? (child.namedChildren[0] ?? child) : child;
    const kind = KINDS[wrapped.type];
    if (kind === undefined) return [];
    const name = NAMED.has(kind)
      ? ""
      : (wrapped.childForFieldName("name") ?? wrapped.childForFieldName("macro"))?.text.replaceAll(/\s/g, "");
    const body = wrapped.childForFieldName("body");
    const inner = body !== null && body.type === "declaration_list" ? listed(body, `${indent}  `) : [];
    return [`${indent}${kind} ${name ?? ""} -${wrapped.endIndex}`, ...inner];
  });
}

export function scanListing(text: string): Listing {
  const { tree, spans } = scan(text);
  const lines = (items: readonly TreeItem[], indent: string): string[] =>
    items.flatMap(({ kind, name, index, items: inner }) => [
      `${indent}${kind} ${name.replaceAll(/\s/g, "")} -${kind === "macro-call" ? closed(text, spans.end(index)) : spans.end(index)}`,
      ...lines(inner ?? [], `${indent}  `),
    ]);
  return lines(tree.items, "");
}

/** For the grammar the semicolon behind a call is none of it. */
const closed = (text: string, end: number): number => text.slice(0, end).replace(/\s*;$/, "").length;
