/** Ways of a value between bodies: into functions and closures that a call is given it for, and back to whoever called. */
import type { FunctionId } from "../flow/index.ts";
import type { Body, Local, Operation } from "../rust/bodies/index.ts";
import type { Site, Sites } from "./sites.ts";

/** A body, and the calls that lead to it, the outermost first. */
export interface Frame {
  readonly calls: readonly Site[];
  readonly owner: FunctionId;
  readonly body: Body;
}

export class Frames {
  readonly #sites: Sites;

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  /** The calls that a frame may go back to, each with the frame that it is in; none where nobody is known to call. */
  back({ calls, owner }: Frame): readonly { readonly site: Site; readonly calls: readonly Site[] }[] {
    const site = calls.at(-1);
    if (site === undefined) return [];
    if (owner.includes("|") || this.#calls(site, owner)) return [{ site, calls: calls.slice(0, -1) }];
    // Functions that call each other are one call for those around them: which of them called is not among the calls then.
    return this.#between(site, owner).map((it) => ({ site: it, calls }));
  }

  /** The nearest calls of a function behind a call that leads there. */
  #between(site: Site, owner: FunctionId): readonly Site[] {
    const seen = new Set<FunctionId>();
    let open = this.#functions(site);
    while (open.length > 0) {
      const inside = open.flatMap((it) => (seen.has(it) ? [] : this.#callsIn(it)));
      const found = inside.filter((it) => this.#calls(it, owner));
      if (found.length > 0) return found;
      for (const it of open) seen.add(it);
      open = inside.flatMap((it) => this.#functions(it));
    }
    return [];
  }

  #callsIn(owner: FunctionId): readonly Site[] {
    const body = this.#sites.flow.callable(owner)?.body;
    const operations = body?.blocks.flatMap((it) => it.operations.filter(({ kind }) => kind === "call" || kind === "method")) ?? [];
    return body === undefined ? [] : operations.map((operation) => ({ owner, body, operation, part: undefined }));
  }

  #functions({ owner, operation }: Site): readonly FunctionId[] {
    return this.#sites.called(owner, operation).flatMap((it) => (it.kind === "function" ? [it.id] : []));
  }

  #calls(site: Site, id: FunctionId): boolean {
    return this.#functions(site).includes(id);
  }

  /** Into the one function of the program that a call means, and its parameter. */
  into(
    operation: Operation & { readonly kind: "method" | "call" },
    of: Local,
    { calls, owner, body }: Frame,
  ): (Frame & { readonly local: Local }) | undefined {
    const [only, ...others] = this.#sites.called(owner, operation);
    if (only?.kind !== "function" || others.length > 0 || calls.length > MOST_CALLS) return undefined;
    const own = this.#sites.flow.callable(only.id)?.body;
    const index =
      operation.kind === "call" ? operation.arguments.indexOf(of) : [operation.receiver.local, ...operation.arguments].indexOf(of);
    const local = own?.parameters[index];
    if (own === undefined || local === undefined) return undefined;
    return { calls: [...calls, { owner, body, operation, part: undefined }], owner: only.id, body: own, local };
  }

  /** Closures that a method is given. */
  closures(operation: Operation & { readonly kind: "method" }, { calls, owner, body }: Frame): readonly Frame[] {
    const site: Site = { owner, body, operation, part: undefined };
    return body.blocks.flatMap(({ operations }) =>
      operations.flatMap((it) => {
        const closure = it.kind === "closure" && operation.arguments.includes(it.to) ? body.closures[it.body] : undefined;
        return it.kind !== "closure" || closure === undefined
          ? []
          : [{ calls: [...calls, site], owner: `${owner}|${it.body}`, body: closure }];
      }),
    );
  }
}

/** Helpers of helpers of helpers are rare. */
const MOST_CALLS = 16;
