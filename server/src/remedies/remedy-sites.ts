/** Places of calls as the spelling of remedies wants them: expressions, statements and scopes, looked up when somebody asks for a fix. */

import { roleOf } from "../analysis/building.ts";
import { heldAs } from "../analysis/held.ts";
import type { Draft, Records } from "../analysis/records.ts";
import type { SourceFile } from "../analysis/source-file.ts";
import { covers, type Span, sameSpan } from "../base/span.ts";
import type { Block, Expression, FunctionItem, RustFile, Scope, Scopes } from "../rust/index.ts";
import { isOpaqueMacro } from "./plain-macros.ts";
import type { Site } from "./site.ts";
import { type Ancestor, trailTo } from "./trail.ts";

export class RemedySites {
  readonly #records: Pick<Records, "drafts" | "makers" | "models" | "sites">;
  readonly #sources: ReadonlyMap<string, SourceFile>;
  readonly #scopesOf: () => Scopes;
  #scopes: Scopes | undefined;
  #drafts: ReadonlyMap<Draft["object"], readonly Draft[]> | undefined;

  /** `scopes`: made when the first is asked for. */
  constructor(
    records: Pick<Records, "drafts" | "makers" | "models" | "sites">,
    sources: ReadonlyMap<string, SourceFile>,
    scopes: () => Scopes,
  ) {
    this.#records = records;
    this.#sources = sources;
    this.#scopesOf = scopes;
  }

  get scopes(): Scopes {
    this.#scopes ??= this.#scopesOf();
    return this.#scopes;
  }

  /** By the handle of an observation; undefined where its text is not known. */
  of(handle: number): Site | undefined {
    const draft = this.#records.drafts[handle];
    const own = draft && this.#site(draft);
    if (draft === undefined || own === undefined) return undefined;
    const same = draft.object === undefined ? [draft] : this.#draftsOf(draft.object);
    const others = same.flatMap((it) => this.#site(it) ?? []);
    const site = { ...own, others };
    return { ...site, others: others.map((it, at) => (same[at] === draft ? site : { ...it, others })) };
  }

  #draftsOf(object: Draft["object"]): readonly Draft[] {
    this.#drafts ??= byObject(this.#records.drafts);
    return this.#drafts.get(object) ?? [];
  }

  /** Of what a macro makes, the call as it stands in the arguments or in the macro; undefined where it stands in neither as a whole. */
  #called({ at, site, nameSpan }: Draft): Called | undefined {
    const { sites } = this.#records;
    const span = at?.operation.span ?? nameSpan;
    const written = at === undefined ? { file: site.file, span } : sites.place(at, span);
    const inMacro = at && sites.placeInMacro(at, span);
    for (const place of inMacro === undefined ? [written] : [written, inMacro]) {
      const source = place.file === site.file ? this.#sources.get(place.file)?.file : undefined;
      if (source === undefined) continue;
      const trail = trailTo(source, place.span);
      const call = at && callIn(trail, place.span, at.operation.kind === "store");
      if (inMacro === undefined || (call !== undefined && call.kind !== "macro")) return { source, trail, call };
    }
    return undefined;
  }

  #site(draft: Draft): Site | undefined {
    const { site, nameSpan, object } = draft;
    const found = this.#called(draft);
    if (found === undefined) return undefined;
    const { source, trail, call } = found;
    const { scopes } = this;
    const { version } = this.#records.models.versionIn(site.model, site.file);
    const maker = object && this.#records.makers.get(object);
    const binding = maker && heldAs(maker);
    return {
      ...(call === undefined ? {} : partsOf(call)),
      arguments: [],
      ...(call === undefined ? {} : argumentsOf(call, draft.at?.part)),
      ...placeOf(trail, nameSpan, call),
      nameSpan,
      scope: scopeOf(trail, scopes, site.file, source),
      scopes,
      source,
      file: site.file,
      call: site.call,
      ...(draft.callModel === undefined ? {} : { callModel: draft.callModel }),
      model: site.model,
      ...(version === undefined ? {} : { version }),
      role: object === undefined ? "unknown" : roleOf(object),
      ...(binding === undefined ? {} : { binding }),
      others: [],
    };
  }
}

function byObject(drafts: readonly Draft[]): ReadonlyMap<Draft["object"], readonly Draft[]> {
  const found = new Map<Draft["object"], Draft[]>();
  for (const draft of drafts) {
    const known = found.get(draft.object);
    if (known === undefined) found.set(draft.object, [draft]);
    else known.push(draft);
  }
  return found;
}

interface Called {
  readonly source: RustFile;
  readonly trail: readonly Ancestor[];
  readonly call: Expression | undefined;
}

/** An assignment, or the expression of exactly that span. */
function callIn(trail: readonly Ancestor[], wanted: Span, isAssignment: boolean): Expression | undefined {
  const expressions = trail.flatMap((it) => (it.of === "expression" ? [it.node] : []));
  return expressions.findLast((it) => (isAssignment ? it.kind === "assign" : sameSpan(it.span, wanted)));
}

type Parts = Pick<Site, "expression" | "receiver">;

function partsOf(call: Expression): Parts {
  if (call.kind === "method") return { expression: call, receiver: call.receiver };
  if (call.kind === "assign" && call.target.kind === "field") return { expression: call, receiver: call.target.base };
  return { expression: call };
}

/** Of a struct expression the value of the field. */
function argumentsOf(call: Expression, part: number | undefined): Pick<Site, "arguments"> {
  switch (call.kind) {
    case "method":
    case "call":
      return { arguments: call.arguments };
    case "assign":
      return { arguments: [call.value] };
    case "struct": {
      const field = call.fields[part ?? 0];
      return { arguments: field === undefined ? [] : [field.value] };
    }
    default:
      return { arguments: [] };
  }
}

type Surrounding = Pick<Site, "statement" | "tail" | "whole" | "blocks" | "inMacro"> & {
  readonly function?: FunctionItem;
  readonly implementation?: Span;
};

/** What stands around it, from the function on. */
function placeOf(trail: readonly Ancestor[], nameSpan: Span, call: Expression | undefined): Surrounding {
  const items = trail.flatMap((it) => (it.of === "item" ? [it.node] : []));
  const declared = items.findLast((it) => it.kind === "function" || it.kind === "const" || it.kind === "static");
  const implementation = items.findLast((it) => it.kind === "impl");
  const inside = declared === undefined ? [] : trail.slice(trail.findIndex((it) => it.node === declared) + 1);
  const blocks = inside.flatMap((it): Block[] => (it.of === "block" ? [it.node] : [])).reverse();
  const [block] = blocks;
  const at = block === undefined ? -1 : inside.findIndex((it) => it.node === block);
  const next = at < 0 ? undefined : inside[at + 1];
  const whole =
    next?.of === "statement" && next.node.kind === "expression" ? next.node.expression : next?.of === "expression" ? next.node : undefined;
  return {
    statement: next?.span ?? call?.span ?? nameSpan,
    tail: next?.of !== "statement",
    whole: call !== undefined && isWhole(whole, call),
    blocks,
    inMacro: inside.some((it) => it.of === "expression" && isOpaqueMacro(it.node)),
    ...(declared?.kind === "function" ? { function: declared } : {}),
    ...(implementation === undefined ? {} : { implementation: implementation.span }),
  };
}

/** Whether a statement is this call and nothing around it but `?`, `.await`, `.unwrap()` and the like. */
function isWhole(statement: Expression | undefined, call: Expression): boolean {
  let current = statement;
  while (current !== undefined && covers(current.span, call.span)) {
    if (sameSpan(current.span, call.span)) return true;
    if (current.kind === "try" || current.kind === "await") current = current.operand;
    else if (current.kind === "method") current = current.receiver;
    else return false;
  }
  return false;
}

/** Where names are looked up. */
export function scopeOf(trail: readonly Ancestor[], scopes: Scopes, file: string, source: RustFile): Scope {
  let scope = scopes.roots.find((it) => it.file === file) ?? { file, modulePath: [], items: source.items, source };
  for (const it of trail) {
    if (it.of === "item" && (it.node.kind === "module" || it.node.kind === "impl" || it.node.kind === "trait"))
      scope = scopes.child(scope, it.node);
    if (it.of === "block") scope = scopes.within(scope, it.node.items);
  }
  return scope;
}
