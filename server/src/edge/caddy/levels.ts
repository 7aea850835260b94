/** Sites of a Caddyfile with the snippets that they import. What an import brings from elsewhere is not known. */
import type { Directive } from "./syntax.ts";

export interface Body {
  readonly directives: readonly Directive[];
  /** Nothing was imported that is not here. */
  readonly isComplete: boolean;
}

export type Snippets = ReadonlyMap<string, readonly Directive[]>;

export interface CaddyText {
  readonly file: string;
  readonly text: string;
  readonly snippets: Snippets;
}

/** `(name) { … }`. */
export const snippetsIn = (all: readonly Directive[]): Snippets =>
  new Map(
    all.flatMap(({ name: { value }, block }) =>
      value.startsWith("(") && value.endsWith(")") ? [[value.slice(1, -1), block ?? []] as const] : [],
    ),
  );

/** Sites within snippets within snippets: a circle ends. */
const DEEPEST_IMPORT = 8;

export function bodyOf(block: readonly Directive[] | undefined, snippets: Snippets, depth = 0): Body {
  let isComplete = true;
  const directives = (block ?? []).flatMap((it): readonly Directive[] => {
    if (it.name.value !== "import") return [it];
    const taken = depth < DEEPEST_IMPORT ? snippets.get(it.words[0]?.value ?? "") : undefined;
    // What a snippet is given is put in where it says so.
    const inner = taken === undefined || it.words.length > 1 ? undefined : bodyOf(taken, snippets, depth + 1);
    isComplete &&= inner?.isComplete === true;
    return inner?.directives ?? [];
  });
  return { directives, isComplete };
}

/** Blocks that hold directives of a site for some of its requests. */
const HANDLERS: ReadonlySet<string> = new Set(["handle", "handle_path", "route"]);

/** The directives of a body and of all handlers in it, each with those of the handlers around it. */
export function* reached(
  body: Body,
  snippets: Snippets,
  around: readonly Directive[] = [],
  depth = 0,
): Generator<{ readonly directive: Directive; readonly beside: readonly Directive[]; readonly isComplete: boolean }> {
  const beside = [...around, ...body.directives];
  for (const directive of body.directives) {
    yield { directive, beside, isComplete: body.isComplete };
    if (!HANDLERS.has(directive.name.value) || depth >= DEEPEST_IMPORT) continue;
    const inner = bodyOf(directive.block, snippets);
    yield* reached({ ...inner, isComplete: inner.isComplete && body.isComplete }, snippets, beside, depth + 1);
  }
}
