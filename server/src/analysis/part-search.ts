/** A search for decisions that keeps to the part that is asked for: what is written in another field, or beside it, decides nothing of it. */
import type { FunctionId, Value } from "../flow/index.ts";
import type { Local, Operation, Projection } from "../rust/bodies/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Asked } from "./decided-parts.ts";
import { Search } from "./decisions.ts";
import { argumentOf, leavesOf, type Site, type Sites } from "./sites.ts";

/** Each operation that writes `wanted` into a part of what the operation at the end of `chain` is given at `index`. */
export function* writesOf(
  sites: Sites,
  chain: readonly Site[],
  { index, part }: { readonly index: number; readonly part: readonly string[] },
  wanted: Value,
): ReturnType<Search["decided"]> {
  const site = chain.at(-1);
  const local = site && argumentOf(site, index);
  if (site === undefined || local === undefined) return;
  yield* new PartSearch(sites).decided({ calls: chain.slice(0, -1), owner: site.owner, body: site.body, local, part, wanted });
}

export class PartSearch extends Search {
  /** Each call of what writes it has written it. */
  protected override keyOf(asked: Asked): string {
    const call = asked.calls.at(-1);
    return `${super.keyOf(asked)} ${call?.owner} ${call?.operation.span.start}`;
  }

  protected override isIt(operation: Operation, asked: Asked): boolean {
    return asked.part.length === 0 && super.isIt(operation, asked);
  }

  protected override from(operation: Operation, asked: Asked): readonly Asked[] {
    const { only: _, ...whole } = asked;
    const { part } = asked;
    const of = (local: Local, inner: readonly string[] = part): Asked => ({ ...whole, local, part: inner });
    switch (operation.kind) {
      case "copy":
        return [of(operation.from.local, accessPath(fieldsOf(operation.from.path), part))];
      case "reference":
        return [of(operation.place.local, accessPath(fieldsOf(operation.place.path), part))];
      case "cast":
      case "await":
        return [of(operation.operand)];
      case "store": {
        const fields = fieldsOf(operation.place.path);
        return fields.every((it, at) => it === part[at]) ? [of(operation.value, part.slice(fields.length))] : [];
      }
      case "record": {
        const field = operation.fields.find(({ name }) => name === part[0]);
        if (field !== undefined) return [of(field.value, part.slice(1))];
        return operation.base === undefined || part.length === 0 ? [] : [of(operation.base)];
      }
      case "tuple": {
        const element = operation.elements[Number(part[0])];
        return element === undefined ? [] : [of(element, part.slice(1))];
      }
      case "path": {
        const target = this.sites.program.names.path(asked.owner, operation.path);
        const meant = this.sites.meant(target, asked.calls, asked.owner);
        return meant.flatMap((it) => (it.kind === "constant" ? this.returned(it.id, asked.calls, asked.wanted, part) : []));
      }
      case "closure":
        return this.returned(`${asked.owner}|${operation.body}`, asked.calls, asked.wanted, part);
      // What the library's methods give has what they are called on.
      case "method": {
        const called = this.called(operation, asked);
        return called.length > 0 ? called : [of(operation.receiver.local, accessPath(fieldsOf(operation.receiver.path), part))];
      }
      case "call":
        return [
          ...this.called(operation, asked),
          ...(this.isWrapper(operation, asked.owner) ? operation.arguments.map((it) => of(it)) : []),
        ];
      case "unary":
        return super.from(operation, asked);
      default:
        return [];
    }
  }

  /** What another call is given is not what it gives. */
  protected isWrapper({ callee, arguments: given }: Extract<Operation, { readonly kind: "call" }>, owner: FunctionId): boolean {
    const [target] = callee.kind === "path" && given.length === 1 ? leavesOf(this.sites.program.names.path(owner, callee.path)) : [];
    return target?.kind === "variant" || (target?.kind === "external" && WRAPPERS.has(lastOf(target.path)));
  }
}

/** Functions of the standard library's types that hold what they are given: `Arc::new`, `String::from`. */
const WRAPPERS: ReadonlySet<string> = new Set(["new", "from"]);

/**
 * A part of what these fields have. A tree that is walked down has, after two rounds, what it had before: access paths have a field twice at
 * most (k-limiting, Jones and Muchnick 1979), or their number would grow as those of the ways through the tree.
 */
export function accessPath(fields: readonly string[], part: readonly string[]): readonly string[] {
  let found = part;
  for (const field of fields.toReversed()) {
    const isNew = found.filter((it) => it === field).length < ROUNDS;
    found = isNew ? [field, ...found] : found.slice(found.indexOf(field));
  }
  return found;
}

const ROUNDS = 2;

/** Fields, those that a pattern names among them. */
export const fieldsOf = (path: readonly Projection[]): readonly string[] =>
  path.flatMap((it) => (it.kind === "field" || (it.kind === "payload" && Number.isNaN(Number(it.name))) ? [it.name] : []));
