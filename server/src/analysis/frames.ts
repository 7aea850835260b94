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
    return [...this.#sites.flow.callersOf(owner)].flatMap((caller) => {
      const body = this.#sites.flow.callable(caller)?.body;
      const operations = body?.blocks.flatMap((it) => it.operations) ?? [];
      const all = body === undefined ? [] : operations.map((operation) => ({ owner: caller, body, operation, part: undefined }));
      return all.filter((it) => this.#calls(it, owner)).map((it) => ({ site: it, calls }));
    });
  }

  #calls({ owner, operation }: Site, id: FunctionId): boolean {
    return this.#sites.called(owner, operation).some((it) => it.kind === "function" && it.id === id);
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
