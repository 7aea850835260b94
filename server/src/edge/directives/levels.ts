/**
 * Blocks as levels that inherit from the one around them, with what `include` brings in at its place. A level that takes in a
 * file which nobody could read is incomplete: nothing follows there from what is not written.
 */
import type { Directive, DirectiveText } from "./tree.ts";

export interface Level {
  /** The directive that opens it; undefined for the outermost. */
  readonly opened?: Directive;
  readonly kind: string;
  readonly parent?: Level;
  /** Simple ones, in order. */
  readonly directives: readonly Directive[];
  readonly blocks: readonly Level[];
  /** All that it and the levels around it take in was read. Of `main` and `http` others' files are not waited for: they hold servers. */
  readonly isComplete: boolean;
}

/** The files that an `include` takes in, in order; undefined: there are none that may be opened. */
export type Includes = (directive: Directive) => readonly DirectiveText[] | undefined;

/** Each of them is one file or many on some machine; what they say of servers is said in them. */
const OUTER: ReadonlySet<string> = new Set(["main", "http", "stream"]);

/** Files within files; nginx has no bound but its stack, Apache one of 128. */
const DEEPEST_INCLUDE = 16;

export function levelsOf(text: DirectiveText, includes: Includes): Level {
  return level({ kind: "main", isComplete: true }, text.directives, { includes, way: [text] });
}

/** `way`: the files that are being taken in, so that a circle ends. */
interface Inclusion {
  readonly includes: Includes;
  readonly way: readonly DirectiveText[];
}

function level(head: Pick<Level, "opened" | "kind" | "parent" | "isComplete">, written: readonly Directive[], by: Inclusion): Level {
  const { found, isComplete } = withIncluded(written, by);
  const directives = found.flatMap(({ directive }) => (directive.block === undefined ? [directive] : []));
  const blocks: Level[] = [];
  const made: Level = { ...head, directives, blocks, isComplete: OUTER.has(head.kind) || (head.isComplete && isComplete) };
  for (const { directive: opened, way } of found)
    if (opened.block !== undefined)
      blocks.push(level({ opened, kind: opened.name.value, parent: made, isComplete: made.isComplete }, opened.block, { ...by, way }));
  return made;
}

interface Found {
  readonly found: readonly { readonly directive: Directive; readonly way: readonly DirectiveText[] }[];
  readonly isComplete: boolean;
}

function withIncluded(written: readonly Directive[], { includes, way }: Inclusion): Found {
  const found: { directive: Directive; way: readonly DirectiveText[] }[] = [];
  let isComplete = true;
  for (const directive of written) {
    if (directive.name.value !== "include" || directive.block !== undefined) {
      // Lines that are put in by a variable are a file that nobody could read.
      if (directive.name.value.startsWith("$") && directive.block === undefined) isComplete = false;
      found.push({ directive, way });
      continue;
    }
    const texts = way.length < DEEPEST_INCLUDE ? includes(directive) : undefined;
    if (texts === undefined) isComplete = false;
    for (const text of texts ?? []) {
      if (way.includes(text)) continue;
      const inner = withIncluded(text.directives, { includes, way: [...way, text] });
      found.push(...inner.found);
      isComplete &&= inner.isComplete;
    }
  }
  return { found, isComplete };
}

/** The nearest that says it, from a level outwards. */
export function inherited(from: Level, name: string): Directive | undefined {
  for (let it: Level | undefined = from; it !== undefined; it = it.parent) {
    const found = it.directives.findLast((one) => one.name.value === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of directives that add up: those of the nearest level that has any, and none of the levels around it (ngx_http_proxy_module, `proxy_set_header`). */
export function inheritedAll(from: Level, name: string): readonly Directive[] {
  for (let it: Level | undefined = from; it !== undefined; it = it.parent) {
    const found = it.directives.filter((one) => one.name.value === name);
    if (found.length > 0) return found;
  }
  return [];
}

/** A level and all below it. */
export const within = (level: Level): readonly Level[] => [level, ...level.blocks.flatMap(within)];
