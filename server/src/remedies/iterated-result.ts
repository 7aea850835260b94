/** A `Result` where something to iterate over may stand: iterated, it gives what is in `Ok`, and its error is left out. */
import type { Expression } from "../rust/index.ts";
import { ofCall } from "./caught-error.ts";
import { callSuffix, handlingAt, handlingOf, trySuffix } from "./fallible.ts";
import type { Ground } from "./ground.ts";
import type { Imports } from "./imports.ts";
import { declaredBefore, variableIn } from "./local-let.ts";
import { callModel, errorOfCall, means } from "./meaning.ts";
import type { Site } from "./site.ts";
import type { Ancestor } from "./trail.ts";

/** Its text with its error handled as the function does; undefined where it is not known to be one. */
export function handled(given: Expression, site: Site, trail: readonly Ancestor[], ground: Ground, imports: Imports): string | undefined {
  const asked = withoutOption(given);
  const local = declaredBefore(variableIn(asked), site.blocks, asked.span.start);
  const handling = handlingAt(trail, ground);
  const write = (path: string): string => imports.written(path);
  const own = local?.type === undefined ? ofCall(local?.value ?? asked, ground) : handlingOf(local.type, ground);
  const known = own === undefined || own.kind === "none" ? oneOfModel(local?.value ?? asked, ground) : undefined;
  const suffix =
    known !== undefined
      ? trySuffix(handling, MESSAGE, known.error, write)
      : own !== undefined && own.kind !== "none"
        ? callSuffix(handling, MESSAGE, own, write)
        : undefined;
  return suffix === undefined ? undefined : site.source.text.slice(asked.span.start, asked.span.end) + suffix;
}
const MESSAGE = "malformed certificate";

/** `load(path).ok()` iterates over the same. */
const withoutOption = (it: Expression): Expression =>
  it.kind === "method" && (it.name === "ok" || it.name === "into_iter") && it.arguments.length === 0 ? withoutOption(it.receiver) : it;

/** A library's call that gives one certificate or fails. */
function oneOfModel(it: Expression, ground: Ground): { readonly error: string | undefined } | undefined {
  const path = it.kind === "call" && it.callee.kind === "path" ? means(it.callee.path.segments, ground) : undefined;
  const model = path === undefined ? undefined : callModel(path, ground.models);
  const isOne = model?.effects?.some((effect) => effect.kind === "loads" && effect.reads === "first-certificate") === true;
  return path !== undefined && model?.fails !== undefined && isOne ? { error: errorOfCall(path, ground.models) } : undefined;
}
