/** What patterns bind, with types taken from what they are matched with. */
import type { Path, Pattern } from "../ast.ts";
import { TYPES, VALUES, type Variant } from "../names/index.ts";
import { type BodyContext, isItemInPattern } from "./body-context.ts";
import type { Environment } from "./environment.ts";
import type { TypeScope } from "./lowering.ts";
import type { Signatures } from "./signatures.ts";
import { OPTION, RESULT } from "./std-rows.ts";
import { externalPath, type Type } from "./type.ts";
import type { UseRecorder } from "./use-recorder.ts";

export interface PatternContext {
  readonly signatures: Signatures;
  /** Tells of a path in a pattern, and gives the variant that it means. */
  readonly named: (path: Path, environment: Environment) => { readonly type: Type | undefined; readonly variant: Variant | undefined };
  /** Whether a lone name is a constant or a variant, and no new variable. */
  readonly isItem: (name: string, environment: Environment) => boolean;
  /** Tells of a field that a pattern takes. */
  readonly takes: UseRecorder["takes"];
}

/** Tells `uses` what patterns name. */
export function patternsIn(context: BodyContext, uses: UseRecorder, scopeIn: (environment: Environment) => TypeScope): PatternContext {
  return {
    takes: (field) => uses.takes(field),
    signatures: context.signatures,
    named: (path, environment) => {
      const { definitions, self } = context.paths.of(path, scopeIn(environment), VALUES | TYPES);
      uses.named("value", path, definitions);
      const [first] = definitions;
      return { type: context.paths.typeOf(first, self) ?? self, variant: first?.sort === "variant" ? first : undefined };
    },
    isItem: (name, environment) => isItemInPattern(name, environment, context),
  };
}

export function bindPattern(pattern: Pattern, type: Type | undefined, environment: Environment, context: PatternContext): void {
  const inner = (it: Pattern, of: Type | undefined): void => bindPattern(it, of, environment, context);
  switch (pattern.kind) {
    case "binding":
      if (pattern.inside === undefined && !pattern.mutable && !pattern.reference && context.isItem(pattern.name, environment)) return;
      environment.declare(pattern.name, type, pattern.inside === undefined ? pattern.span.end - 1 : pattern.span.start);
      if (pattern.inside !== undefined) inner(pattern.inside, type);
      return;
    case "path":
      context.named(pattern.path, environment);
      return;
    case "tuple-struct": {
      const known = context.named(pattern.path, environment);
      const whole = type ?? known.type;
      const wrapper = externalPath(type);
      for (const [at, it] of pattern.elements.entries()) {
        if (wrapper === OPTION || wrapper === RESULT) inner(it, argumentOf(type, pattern.path));
        else inner(it, context.signatures.field(whole, String(at), known.variant));
      }
      return;
    }
    case "struct": {
      const known = context.named(pattern.path, environment);
      const whole = known.type ?? type;
      const of = known.variant ?? (whole?.kind === "named" ? whole.definition : undefined);
      for (const it of pattern.fields) if (it.pattern.kind !== "wildcard") context.takes({ name: it.name, at: it.pattern.span.start, of });
      for (const it of pattern.fields) inner(it.pattern, context.signatures.field(type ?? known.type, it.name, known.variant));
      return;
    }
    case "tuple":
      for (const [at, it] of pattern.elements.entries()) inner(it, type?.kind === "tuple" ? type.elements[at] : undefined);
      return;
    case "slice":
      for (const it of pattern.elements) inner(it, type?.kind === "slice" ? type.element : undefined);
      return;
    case "or":
      for (const it of pattern.elements) inner(it, type);
      return;
    case "reference":
      inner(pattern.inside, type);
  }
}

/** `Some(x)` and `Ok(x)` hold the first one, `Err(e)` the second. */
function argumentOf(type: Type | undefined, path: Path): Type | undefined {
  if (type?.kind !== "named") return undefined;
  return type.arguments[path.segments.at(-1)?.name === "Err" ? 1 : 0];
}
