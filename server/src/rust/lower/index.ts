/** Nodes to plain data: one function a sort of node. */
import type { Paired } from "../syntax/brackets.ts";
import type { Nodes } from "../syntax/nodes.ts";
import * as node from "../syntax/nodes.ts";
import { cutsOf, DROPPED, KEPT, TOO_DEEP } from "./depth.ts";
import { lowerArm, lowerBlock, lowerExpression, lowerFieldValue, lowerStatement, unknown } from "./expressions.ts";
import { lowerDeclaration, lowerItem } from "./items.ts";
import { Lowering, type Source } from "./lowering.ts";
import { lowerParameter, lowerPattern, lowerPatternField } from "./patterns.ts";
import { lowerPath, lowerType, lowerTypeParameter } from "./types.ts";

/** What the nodes come to: what is left on the stacks at the end. */
export function lower(source: Source, tokens: Paired, nodes: Nodes): Lowering {
  const lowering = new Lowering(source, tokens, nodes);
  const cuts = cutsOf(nodes, 0);
  for (let at = 0; at < nodes.count; at++) {
    const cut = cuts === undefined ? KEPT : (cuts[at] ?? KEPT);
    if (cut === KEPT) lowerNode(lowering, at);
    else if (cut !== DROPPED) {
      lowering.expressions.push(unknown(lowering.spanOf(at), cut === TOO_DEEP ? "nested too deeply" : "the chain is too long"));
    }
  }
  return lowering;
}

/** One node, whose children were lowered before. */
export function lowerNode(lowering: Lowering, at: number): void {
  FORMS[lowering.nodes.kinds[at] ?? 0]?.(lowering, at);
}

type Form = (lowering: Lowering, at: number) => void;

const FORMS: Form[] = [];
function of(form: Form, first: number, last: number): void {
  for (let kind = first; kind <= last; kind++) FORMS[kind] = form;
}
of(lowerType, node.GENERICS, node.TYPE_OTHER);
of(lowerPath, node.PATH, node.PATH);
of(lowerTypeParameter, node.TYPE_PARAMETER, node.WHERE);
of(lowerPattern, node.PATTERN_NAME, node.PATTERN_OTHER);
of(lowerPatternField, node.PATTERN_FIELD, node.PATTERN_FIELD);
of(lowerParameter, node.PARAMETER, node.PARAMETERS);
of(lowerExpression, node.LITERAL, node.ERROR);
of(lowerExpression, node.YIELD, node.YIELD);
of(lowerFieldValue, node.FIELD_VALUE, node.STRUCT_BASE);
of(lowerBlock, node.BLOCK, node.BLOCK);
of(lowerArm, node.ARM, node.ARM);
of(lowerStatement, node.LET, node.STATEMENT);
of(lowerItem, node.FUNCTION, node.MACRO_ITEM);
of(lowerDeclaration, node.VARIANT, node.FIELD_DECLARATION);
