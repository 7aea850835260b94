/** The file that an endpoint was given, as the code names it: a literal, or a constant in capitals. */
import type { CallModel, Effect } from "../models/model.ts";
import type { Block, Expression } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Ground } from "./ground.ts";
import { declaredBefore } from "./local-let.ts";
import { callModel, means } from "./meaning.ts";
import type { Site } from "./site.ts";
import { expressionsIn } from "./trail.ts";

export type FileRole = "own-chain" | "own-key" | "client-ca";

/** The literal or constant behind what the endpoint was given. */
export function fileIn(role: FileRole, body: Block, site: Site, ground: Ground): string | undefined {
  for (const { callModel: call, arguments: given } of [site, ...site.others]) {
    const found = namedBy(role, call, given, body, site);
    if (found !== undefined && !isLibraryValue(found, ground)) return found;
  }
  if (role === "client-ca") return undefined;
  for (const it of expressionsIn(body)) {
    if (it.kind !== "call" || it.callee.kind !== "path") continue;
    const found = namedBy(role, callModel(means(it.callee.path.segments, ground) ?? "", ground.models), it.arguments, body, site);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A constant of a library is no file of the user's: the public roots. */
function isLibraryValue(text: string, { models }: Ground): boolean {
  const name = lastOf(text);
  return models.some((it) => Object.keys(it.values ?? {}).some((path) => path.endsWith(`::${name}`)));
}

function namedBy(role: FileRole, call: CallModel | undefined, given: readonly Expression[], body: Block, site: Site): string | undefined {
  for (const effect of call?.effects ?? []) {
    const position = positionOf(effect, role);
    const argument = position === undefined ? undefined : given[position];
    const found = argument === undefined ? undefined : nameBehind(argument, body, site, 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Which argument of a call tells the file: an archive of both is neither a chain nor a key. */
function positionOf(effect: Effect, role: FileRole): number | undefined {
  if (effect.kind === "loads") return effect.as === role && effect.reads !== "any" ? effect.argument : undefined;
  if (role === "client-ca") return effect.kind === "trusts" && effect.source !== "system" ? effect.argument : undefined;
  if (effect.kind !== "takes") return undefined;
  return effect.part === (role === "own-chain" ? "certificates" : "private-key") ? effect.argument : undefined;
}

/** The string literal, or the constant in capitals, that an expression was read from. */
function nameBehind(expression: Expression, body: Block, site: Site, depth: number): string | undefined {
  if (depth > 6) return undefined;
  switch (expression.kind) {
    case "literal":
      return expression.literal.type === "string" && !expression.literal.bytes
        ? site.source.text.slice(expression.span.start, expression.span.end)
        : undefined;
    case "path": {
      const name = expression.path.segments.at(-1)?.name ?? "";
      if (/^[A-Z][A-Z0-9_]*$/.test(name)) return site.source.text.slice(expression.span.start, expression.span.end);
      const value = declaredBefore(name, [body], expression.span.start)?.value;
      return value && nameBehind(value, body, site, depth + 1);
    }
    case "reference":
    case "try":
    case "await":
      return nameBehind(expression.operand, body, site, depth);
    case "method":
      return nameBehind(expression.receiver, body, site, depth) ?? firstNamed(expression.arguments, body, site, depth);
    case "call":
      return firstNamed(expression.arguments, body, site, depth);
    case "macro":
      return /^include_(?:bytes|str)$/.test(expression.path.segments.at(-1)?.name ?? "")
        ? firstNamed(expression.arguments, body, site, depth)
        : undefined;
    default:
      return undefined;
  }
}

function firstNamed(expressions: readonly Expression[], body: Block, site: Site, depth: number): string | undefined {
  for (const it of expressions) {
    const found = nameBehind(it, body, site, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}
