/** An endpoint built anew in the words of another library: what made the old one goes, what it was handed to takes the new one. */

import { err, ok, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Recipe, RecipeEdit } from "../models/model.ts";
import { type Block, type Expression, namesIn, type Statement, type UseItem } from "../rust/index.ts";
import { meanings } from "./canonical.ts";
import { chainAround, rewriteChain } from "./chain.ts";
import { handlingAt, trySuffix } from "./fallible.ts";
import { indentationAt, indented, lineStart, startsLine, styleOf, wholeLines } from "./lines.ts";
import { declaredBefore } from "./local-let.ts";
import type { Site } from "./site.ts";
import { aboveComments } from "./statements.ts";
import type { Filler } from "./template.ts";
import { type Ancestor, expressionsIn, trailTo } from "./trail.ts";

type Rebuild = Extract<RecipeEdit, { readonly kind: "rebuild" }>;

/** A statement of the block, with the names that it reads. */
interface Step {
  readonly statement: Statement;
  readonly reads: ReadonlySet<string>;
  readonly binds: string | undefined;
  owned: boolean;
}

export function rebuild(edit: Rebuild, recipe: Recipe, site: Site, filler: Filler): Result<readonly TextEdit[], string> {
  const { source } = site;
  const { text } = source;
  const block = blockOf(filler.trail);
  const builder = builderName(site);
  if (block === undefined || builder === undefined) return err("the object is not kept in a variable here: rewrite it by hand");
  const steps = stepsOf(block);
  const objects = ownSteps(steps, builder, edit);
  ownSources(steps, block);
  const owned = steps.filter((it) => it.owned);
  const last = owned.at(-1);
  if (last === undefined) return err("the statements that build the object were not found");

  const gone = owned.map((it) => it.statement.span);
  filler.release(gone);
  for (const path of recipe.imports ?? []) filler.imports.need(path);
  const filled = filler.fill(edit.with);
  if (!filled.ok) return filled;
  const name = filler.fill(`{fresh:${edit.name}}`);
  if (!name.ok) return name;

  const handed = handOver(edit, objects, name.value, gone, block, site, filler);
  if (!handed.ok) return handed;

  const style = styleOf(text);
  const indentation = indentationAt(text, last.statement.span.start);
  const laidOut = indented(filled.value.split("\n"), indentation, style);
  const edits: TextEdit[] = [...handed.value];
  for (const group of runs(steps)) {
    const [first, end] = [group[0]?.statement.span.start ?? 0, group.at(-1)?.statement.span.end ?? 0];
    const start = aboveComments(first, source);
    if (group.includes(last)) {
      edits.push({ span: { start, end }, text: laidOut });
      continue;
    }
    const lines = wholeLines(text, { start, end });
    edits.push({ span: lines ?? { start, end: end + (/^[ \t]/.test(text.slice(end)) ? 1 : 0) }, text: "" });
  }
  const uses = unusedImports(edit, edits, site, filler);
  return ok([...edits, ...uses.edits, ...filler.imports.edits(uses.items)]);
}

function blockOf(trail: readonly Ancestor[]): Block | undefined {
  for (const ancestor of [...trail].reverse()) if (ancestor.of === "block") return ancestor.node;
  return undefined;
}

function builderName(site: Site): string | undefined {
  const { receiver } = site;
  let node: Expression | undefined = receiver;
  while (node !== undefined && (node.kind === "method" || node.kind === "try"))
    node = node.kind === "method" ? node.receiver : node.operand;
  if (node?.kind === "path" && node.path.segments.length === 1) return node.path.segments[0]?.name;
  return site.binding;
}

function stepsOf(block: Block): Step[] {
  return block.statements.map((statement) => {
    const within: Block = { span: statement.span, statements: [statement], items: [] };
    const reads = new Set(expressionsIn(within).flatMap(nameIn));
    return {
      statement,
      reads,
      binds: statement.kind === "let" && statement.pattern.kind === "binding" ? statement.pattern.name : undefined,
      owned: false,
    };
  });
}

const nameIn = (it: Expression): readonly string[] =>
  it.kind === "path" && it.path.segments.length === 1 && it.path.self === undefined ? [it.path.segments[0]?.name ?? ""] : [];

/** Marks what makes, fills and wraps the object; gives the names that it goes by. */
function ownSteps(steps: readonly Step[], builder: string, edit: Rebuild): ReadonlySet<string> {
  const objects = new Set([builder]);
  const handsOver = (it: Step): boolean =>
    expressionsIn({ span: it.statement.span, statements: [it.statement], items: [] }).some(
      (one) => one.kind === "method" && one.name in edit.handOver,
    );
  for (const step of steps) {
    if (handsOver(step)) continue;
    const touches = [...step.reads].some((it) => objects.has(it));
    if (step.binds === builder) step.owned = true;
    else if (touches && step.binds !== undefined) {
      step.owned = true;
      objects.add(step.binds);
    } else if (touches && step.statement.kind === "expression" && objects.has(rootName(step.statement.expression) ?? "")) step.owned = true;
  }
  return objects;
}

function rootName(expression: Expression): string | undefined {
  let node = expression;
  for (;;) {
    if (node.kind === "method") node = node.receiver;
    else if (node.kind === "try" || node.kind === "await") node = node.operand;
    else break;
  }
  return nameIn(node)[0];
}

/** Marks what was made for the object alone: files that were read, certificates that were parsed. */
function ownSources(steps: readonly Step[], block: Block): void {
  const tail = new Set(
    block.tail === undefined ? [] : expressionsIn({ span: block.tail.span, statements: [], tail: block.tail, items: [] }).flatMap(nameIn),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const step of steps) {
      const { binds } = step;
      if (step.owned || binds === undefined || tail.has(binds)) continue;
      const readers = steps.filter((it) => it !== step && it.reads.has(binds) && it.statement.span.start > step.statement.span.start);
      if (readers.length === 0 || !readers.every((it) => it.owned)) continue;
      step.owned = true;
      changed = true;
    }
  }
}

/** Owned statements without others between them. */
function runs(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = [];
  let open = false;
  for (const step of steps) {
    if (step.owned && open) groups.at(-1)?.push(step);
    else if (step.owned) groups.push([step]);
    open = step.owned;
  }
  return groups;
}

function handOver(
  edit: Rebuild,
  objects: ReadonlySet<string>,
  name: string,
  gone: readonly Span[],
  block: Block,
  site: Site,
  filler: Filler,
): Result<readonly TextEdit[], string> {
  const { source } = site;
  const isGone = (span: Span): boolean => gone.some((it) => it.start <= span.start && span.end <= it.end);
  const all = expressionsIn(block).filter((it) => !isGone(it.span));
  const speaks = (it: Expression): boolean =>
    expressionsIn({ span: it.span, statements: [], tail: it, items: [] })
      .flatMap(nameIn)
      .some((one) => objects.has(one));
  const edits: TextEdit[] = [];
  const settled: Span[] = [];
  const shortened: Expression[] = [];
  for (const it of all) {
    if (it.kind !== "method" || !it.arguments.some(speaks)) continue;
    if (edit.without.includes(it.name)) {
      const chain = chainAround(it, trailTo(source, it.span), source);
      edits.push(
        ...rewriteChain(
          chain,
          chain.pieces.filter((_, at) => at !== chain.index),
          source,
        ),
      );
      settled.push(it.segmentSpan);
      shortened.push(it);
      continue;
    }
    const target = Object.entries(edit.handOver).find(([from]) => from === it.name)?.[1];
    const argument = target === undefined ? undefined : it.arguments[target.argument];
    if (target === undefined || argument === undefined) continue;
    edits.push({ span: it.nameSpan, text: target.name }, { span: argument.span, text: name });
    settled.push(it.segmentSpan);
    edits.push(...standardListeners(it.arguments, block, site, filler));
  }
  const left = all.find(
    (it) => nameIn(it).some((one) => objects.has(one)) && !settled.some((span) => span.start <= it.span.start && it.span.end <= span.end),
  );
  if (left !== undefined) {
    const line = source.text.slice(0, left.span.start).split(/\r\n|\n|\r/).length;
    return err(`\`${nameIn(left)[0]}\` is used in line ${line} in a way that has no counterpart: rewrite it by hand`);
  }
  if (edits.length === 0) return err("the place where a server takes the acceptor was not found");
  return ok(edits);
}

/** A listener of an asynchronous runtime, where the server takes one of the standard library. */
function standardListeners(given: readonly Expression[], block: Block, site: Site, filler: Filler): readonly TextEdit[] {
  return given.flatMap((it) => {
    const [name] = nameIn(it);
    const made = declaredBefore(name, [block], it.span.start);
    if (made?.value === undefined) return [];
    const parts = expressionsIn({ span: made.span, statements: [made], items: [] });
    const binds = parts.some(
      (one) => one.kind === "call" && one.callee.kind === "path" && one.callee.path.segments.at(-2)?.name === "TcpListener",
    );
    if (!binds || !parts.some((one) => one.kind === "await")) return [];
    const handling = handlingAt(trailTo(site.source, it.span), filler.ground);
    const suffix = trySuffix(handling, "cannot use the listener", "std::io::Error", (path) => filler.imports.written(path));
    return [{ span: { start: it.span.end, end: it.span.end }, text: `.into_std()${suffix}` }];
  });
}

interface Unused {
  readonly items: readonly UseItem[];
  readonly edits: readonly TextEdit[];
}

/** Imports that served the old object alone, and those of crates that do not exist. */
function unusedImports(edit: Rebuild, edits: readonly TextEdit[], { source, scope, scopes }: Site, { ground, imports }: Filler): Unused {
  const { text } = source;
  const items: UseItem[] = [];
  const removed: TextEdit[] = [];
  const uses = scope.items.concat(scope.parent?.items ?? []).filter((it): it is UseItem => it.kind === "use" && it.imports.length > 0);
  const blank = (span: Span): [Span, string] => [span, ""];
  const rest = namesIn(without(text, [...uses.map((it) => blank(it.span)), ...edits.map((it): [Span, string] => [it.span, it.text])]));
  const before = namesIn(
    without(
      text,
      uses.map((it) => blank(it.span)),
    ),
  );
  const fates = uses.map((item) => ({
    item,
    dead: item.imports.filter(({ name, path, global }) => {
      if (name === undefined || name === "_" || rest.has(name) || imports.uses(name)) return false;
      if (before.has(name)) return true;
      const means = meanings(path, scope, scopes, ground.models, global);
      return (edit.drops ?? []).some((drop) => [path.join("::"), ...means].some((it) => it === drop || it.startsWith(`${drop}::`)));
    }),
  }));
  const dead = fates.filter((it) => it.dead.length === it.item.imports.length).map((it) => it.item);
  let previous: UseItem | undefined;
  for (const item of dead) {
    items.push(item);
    const { start, end } = item.span;
    const joined = previous !== undefined && /^[ \t]*$/.test(text.slice(previous.span.end, start));
    const first = joined ? (removed.pop()?.span.start ?? start) : start;
    const lines = wholeLines(text, { start: first, end });
    // What shares its line goes with one of the blanks around it.
    const before = startsLine(text, first) ? 0 : (/(?<![ \t])[ \t]*$/.exec(text.slice(lineStart(text, first), first))?.[0].length ?? 0);
    const after = before === 0 ? (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) : 0;
    removed.push({ span: lines ?? { start: first - (joined ? 0 : before), end: end + after }, text: "" });
    previous = item;
  }
  return { items, edits: removed };
}

function without(text: string, changes: readonly [Span, string][]): string {
  let result = "";
  let position = 0;
  for (const [span, replacement] of [...changes].sort((a, b) => a[0].start - b[0].start)) {
    result += `${text.slice(position, Math.max(position, span.start))} ${replacement} `;
    position = Math.max(position, span.end);
  }
  return result + text.slice(position);
}
