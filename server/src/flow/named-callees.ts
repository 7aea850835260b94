/** What a body calls, takes as a value or makes a closure of, as far as names tell; values add to that. */
import type { Body, Operation } from "../rust/bodies/index.ts";
import type { Path } from "../rust/index.ts";
import type { Names } from "./names.ts";
import type { FunctionId, Target } from "./value.ts";

export function* namedIn(id: FunctionId, { blocks }: Body, names: Names): Iterable<FunctionId> {
  for (const { operations } of blocks) for (const it of operations) yield* leaves(named(id, it, names));
}

function named(id: FunctionId, it: Operation, names: Names): Target | undefined {
  switch (it.kind) {
    case "path":
      return names.path(id, it.path);
    case "call":
      return it.callee.kind === "path" ? names.path(id, it.callee.path) : undefined;
    case "method":
      return names.method(id, { name: it.name, start: it.nameSpan.start, type: undefined, receiver: undefined });
    case "closure":
      return { kind: "function", id: `${id}|${it.body}` };
    default:
      return undefined;
  }
}

/** The path of a type or variant that a body names, as far as its name leads anywhere. */
export function typeNamed(names: Names, owner: FunctionId, path: Path): string {
  const named = names.path(owner, path);
  const target = named.kind === "any" ? (named.of[0]?.target ?? named) : named;
  return target.kind === "variant" || target.kind === "external" ? target.path : path.segments.map((it) => it.name).join("::");
}

/** Functions and initialisers that it leads to. */
function leaves(target: Target | undefined): readonly FunctionId[] {
  if (target?.kind === "any") return target.of.flatMap((it) => leaves(it.target));
  return target?.kind === "function" || target?.kind === "constant" ? [target.id] : [];
}
