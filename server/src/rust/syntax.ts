/**
 * The grammar's tree as plain nodes. A subtree is copied in one sweep of a cursor, without recursion, so that lowering is plain
 * JavaScript, works after the tree is gone, and cannot be brought down by nesting.
 */
import type { Language, Node, TreeCursor } from "web-tree-sitter";

export interface Syntax {
  /** The grammar's name of a rule, or the token itself; `ERROR` for what did not parse. */
  readonly type: string;
  readonly named: boolean;
  readonly field: string | undefined;
  readonly start: number;
  readonly end: number;
  /** Without comments. Empty for leaves, and for what lies deeper than `DEEPEST`. */
  readonly children: readonly Syntax[];
  /** A body that was left in the tree until somebody asks for it. */
  readonly deferred: Node | undefined;
}

/** What copying needs to know of the grammar, looked up once by the number of a node's type. */
export interface Grammar {
  readonly types: readonly string[];
  readonly fields: readonly (string | null)[];
  readonly named: readonly boolean[];
  readonly leaf: readonly boolean[];
  readonly comment: readonly boolean[];
}

/** A chain of a thousand calls is two thousand nodes deep; nothing that a person writes is deeper. */
const DEEPEST = 4000;
/** More than a text within the parser's size limit (4 MiB) can have: leaves hold a character each, and few nodes hold one child. */
const MOST_NODES = 1 << 24;

/** Read from the text where they matter, so their inside is not copied. */
const LEAVES = new Set([
  "attribute_item",
  "inner_attribute_item",
  "boolean_literal",
  "char_literal",
  "integer_literal",
  "float_literal",
  "string_literal",
  "raw_string_literal",
  "identifier",
  "type_identifier",
  "field_identifier",
  "shorthand_field_identifier",
  "primitive_type",
  "metavariable",
  "mutable_specifier",
  "self",
  "super",
  "crate",
  "lifetime",
  "label",
  "visibility_modifier",
  "token_tree",
  "token_tree_pattern",
  "unit_expression",
  "unit_type",
  "empty_statement",
  "line_comment",
  "block_comment",
]);

export function grammarOf(language: Language): Grammar {
  const types = language.types;
  const named = types.map((_, id) => language.nodeTypeIsNamed(id));
  return {
    types,
    fields: language.fields,
    named,
    leaf: types.map((type, id) => !named[id] || LEAVES.has(type)),
    comment: types.map((type) => type === "line_comment" || type === "block_comment"),
  };
}

/** Copies what the cursor stands on. `outline` leaves the bodies of functions and the values of constants in the tree. */
export function copySyntax(cursor: TreeCursor, grammar: Grammar, shift: number, outline: boolean): Syntax {
  const root = read(cursor, grammar, shift);
  const path = [root];
  if (!cursor.gotoFirstChild()) return root;
  for (let count = 0; count < MOST_NODES; count++) {
    const parent = path[path.length - 1] ?? root;
    const id = cursor.nodeTypeId;
    let enter = grammar.leaf[id] !== true && path.length < DEEPEST;
    if (grammar.comment[id] !== true) {
      const node = read(cursor, grammar, shift, id);
      parent.children.push(node);
      if (outline && isBody(node, parent)) {
        node.deferred = cursor.currentNode;
        enter = false;
      }
      if (enter && cursor.gotoFirstChild()) {
        path.push(node);
        continue;
      }
    }
    while (!cursor.gotoNextSibling()) {
      if (path.length === 1) return root;
      cursor.gotoParent();
      path.pop();
    }
  }
  return root;
}

export function childOf(node: Syntax, field: string): Syntax | undefined {
  for (const child of node.children) if (child.field === field) return child;
  return undefined;
}

export function firstOf(node: Syntax, type: string): Syntax | undefined {
  for (const child of node.children) if (child.type === type) return child;
  return undefined;
}

export const has = (node: Syntax, type: string): boolean => firstOf(node, type) !== undefined;

/** The children between separators: `a, #[x] b` has two slots. Brackets and the separators themselves are left out. */
export function slotsOf(node: Syntax): Syntax[][] {
  const slots: Syntax[][] = [[]];
  for (const child of node.children) {
    if (child.type === ",") slots.push([]);
    else if (child.named || child.type === "_") slots[slots.length - 1]?.push(child);
  }
  return slots.filter((slot) => slot.length > 0);
}

interface Copied extends Syntax {
  readonly children: Copied[];
  deferred: Node | undefined;
}

function read(cursor: TreeCursor, grammar: Grammar, shift: number, id = cursor.nodeTypeId): Copied {
  return {
    type: grammar.types[id] ?? "ERROR",
    named: grammar.named[id] ?? true,
    field: grammar.fields[cursor.currentFieldId] ?? undefined,
    start: cursor.startIndex + shift,
    end: cursor.endIndex + shift,
    children: [],
    deferred: undefined,
  };
}

const isBody = (node: Syntax, parent: Syntax): boolean =>
  (node.field === "body" && parent.type === "function_item") ||
  (node.field === "value" && (parent.type === "const_item" || parent.type === "static_item"));

/** Puts `more` on a stack so that it comes off in order. A call with as many arguments as a hostile node has children overflows. */
export function stack<T>(waiting: T[], more: readonly T[]): void {
  for (let at = more.length - 1; at >= 0; at--) {
    const one = more[at];
    if (one !== undefined) waiting.push(one);
  }
}
