/**
 * What an option is while nobody sets it, asked where a body decides by it: back to the literals, derives and attributes that give it, and
 * where the way there is not seen, by the type that keeps it.
 */
import type { Operation } from "../rust/bodies/index.ts";
import { lastOf } from "../rust/last-of.ts";
import type { Asked } from "./decided-parts.ts";
import type { Decided } from "./decisions.ts";
import type { Defaults } from "./defaults.ts";
import { INSTEAD } from "./instead.ts";
import { accessPath, fieldsOf } from "./part-search.ts";
import type { Sites } from "./sites.ts";
import { NONE } from "./std-names.ts";
import { type Asking, Unset } from "./unset.ts";
import { usesOf } from "./uses.ts";

interface Program {
  readonly sites: Sites;
  readonly defaults: Defaults;
}

/** What makes it `wanted` by default; nothing where something else may. */
export function defaultsOf(program: Program, asking: Asking, wanted: boolean): readonly Decided[] {
  const found = decidedAs(program, asking, wanted);
  const isDefault =
    found.length > 0 && found.every((it) => isWord(it) && isLeftOut(program, it)) && decidedAs(program, asking, !wanted).length === 0;
  return isDefault ? found : [];
}

/** What decides it, whatever it comes to. */
export const originsOf = (program: Program, asking: Asking): readonly Decided[] => decidedAs(program, asking, undefined);

function decidedAs({ sites, defaults }: Program, { calls, owner, body, local }: Asking, truth: boolean | undefined): readonly Decided[] {
  const wanted = truth === undefined ? undefined : sites.flow.values.constant(truth);
  const search = new KeptOptions(sites, defaults);
  const found = [...search.decided({ calls, owner, body, local, part: [], wanted })];
  for (const it of search.passed.toReversed()) if (found.length === 0) found.push(...search.decided(...search.kept(it)));
  return found;
}

/** A truth or a mode: a number or a text says something else, too, and what is missing was not only to turn TLS on. */
const isWord = ({ only }: Decided): boolean =>
  only.kind === "path" ? only.path.segments.at(-1)?.name !== lastOf(NONE) : only.kind !== "constant" || only.literal.type === "bool";

/** Nobody has written it for this one: it is what is given where nothing is, or what makes values of its type gives. */
function isLeftOut({ sites, defaults }: Program, { owner, body, only, producer, calls }: Decided): boolean {
  if (producer !== undefined || only.kind === "method") return true;
  const owners = [owner, ...calls.map((it) => it.owner)];
  if (owners.some((it) => sites.declared(it) === undefined || defaults.producersOf(typeOf(it)).includes(it))) return true;
  return usesOf(body, only.to).some(({ operation }) => operation?.kind === "method" && INSTEAD.has(`.${operation.name}`));
}

const typeOf = (owner: string): string => owner.slice(0, Math.max(0, owner.lastIndexOf("::")));

class KeptOptions extends Unset {
  /** Fields that the option was taken out of, on the way back. */
  readonly passed: { readonly asked: Asked; readonly type: string; readonly part: readonly string[] }[] = [];

  /** What makes values of the type that keeps it. */
  kept({ asked: { wanted }, type, part }: KeptOptions["passed"][number]): readonly Asked[] {
    const name = part[0];
    // What cannot be made while nobody sets anything has defaults all the same, for whoever sets the rest.
    const producers = new Set([...this.producersOf(type), ...this.sites.program.producers.of(type).makers]);
    return [...producers].flatMap((producer) =>
      this.returned(producer, [], wanted, part).map((it) => ({ ...it, producer, ...(name !== undefined && { name }) })),
    );
  }

  protected override from(operation: Operation, asked: Asked): readonly Asked[] {
    const next = super.from(operation, asked);
    const path =
      operation.kind === "copy"
        ? operation.from.path
        : operation.kind === "reference" || operation.kind === "test"
          ? operation.place.path
          : [];
    const fields = fieldsOf(path);
    const [inner] = next;
    for (const [at, field] of fields.entries()) {
      const type = this.sites.program.producers.holderOf(asked.owner, field);
      const part = accessPath(fields.slice(at), asked.part);
      if (type !== undefined) this.passed.push({ asked: inner ?? asked, type, part });
    }
    return next;
  }
}
