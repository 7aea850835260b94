/** What calls give for the type parameters of what they call, as names tell. */
import type { CallGraph } from "../rust/index.ts";
import type { DefinitionIds } from "./definition-ids.ts";
import type { TypeGiven } from "./names.ts";
import type { FunctionId } from "./value.ts";

/** Of the call, whose name stands at `start`, among the edges of a body. */
export function givenIn(
  edges: ReturnType<CallGraph["edgesFrom"]>,
  ids: DefinitionIds,
  start: number,
  callee: FunctionId,
  name: string,
): TypeGiven | undefined {
  const call = edges.find((it) => it.certain && it.kind === "call" && it.span.start === start);
  const [first] = call?.to ?? [];
  const type = first?.sort === "item" && ids.id(first) === callee ? call?.given?.get(name) : undefined;
  if (type?.kind === "parameter") return { kind: "parameter", name: type.name };
  return type?.kind === "named" ? { kind: "type", path: ids.path(type.definition) } : undefined;
}
