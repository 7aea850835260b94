/** Whether a program makes a value of one of its types, whatever becomes of it. */
import { type FunctionId, shownType } from "../flow/index.ts";
import type { Body, Operation } from "../rust/bodies/index.ts";
import type { Path } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { bodiesNaming } from "./bodies-naming.ts";
import { leavesOf, type Sites } from "./sites.ts";

/** Some body names it and makes one: by its own path, or by a function that gives one. */
export const isMade = (type: string, sites: Sites): boolean =>
  bodiesNaming(sites.program, new Set([lastOf(type)])).some((it) => {
    const owner = sites.program.ids.id(it);
    const body = sites.flow.callable(owner)?.body;
    return body !== undefined && makes(type, owner, body, sites);
  });

function makes(type: string, owner: FunctionId, { blocks, closures }: Body, sites: Sites): boolean {
  const gives = (path: Path): boolean =>
    leavesOf(sites.program.names.path(owner, path)).some((it) => {
      if (it.kind === "variant") return it.path === type;
      const result = it.kind === "function" ? sites.flow.summary(it.id)?.result : undefined;
      return result !== undefined && shownType(result) === type;
    });
  return (
    blocks.some(({ operations }) => operations.flatMap(pathIn).some(gives)) ||
    closures.some((it, index) => makes(type, `${owner}|${index}`, it, sites))
  );
}

/** What it calls, names or makes. */
export function pathIn(operation: Operation): readonly Path[] {
  if (operation.kind === "call") return operation.callee.kind === "path" ? [operation.callee.path] : [];
  return operation.kind === "path" || operation.kind === "record" ? [operation.path] : [];
}
