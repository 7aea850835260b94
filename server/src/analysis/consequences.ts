/** What a program does about a failure: something of its own has it, a line of a log tells of it, or nothing happens. */
import type { FunctionId } from "../flow/index.ts";
import type { BlockId, Body, Local, Operation } from "../rust/bodies/index.ts";
import { BodyIndex } from "./body-index.ts";
import type { Sites } from "./sites.ts";
import { isLog, isUnit, rootOf } from "./stand-ins.ts";
import { type Branch, branchOn, onlyFrom, type Use, usesOf } from "./uses.ts";

export type Heard = "kept" | "logged" | "nothing";

/** A part of a body, and who is asked on the way: nobody twice. */
interface Asked {
  readonly owner: FunctionId;
  readonly body: Body;
  readonly blocks: ReadonlySet<BlockId>;
  readonly seen: Set<string>;
}

export class Consequences {
  readonly #sites: Sites;

  constructor(sites: Sites) {
    this.#sites = sites;
  }

  /** Of what happens in some blocks alone. `isOwn`: what they give is looked at by who asks. */
  of(owner: FunctionId, body: Body, blocks: ReadonlySet<BlockId>, isOwn: (local: Local) => boolean): Heard {
    return this.#blocks({ owner, body, blocks, seen: new Set() }, isOwn);
  }

  /** Of an answer, wherever it decides something. */
  ofAnswer(owner: FunctionId, body: Body, answer: Local): Heard {
    return this.#sink(answer, { owner, body, blocks: new Set(body.blocks.keys()), seen: new Set() });
  }

  /** Of a function or closure as a whole, whatever it gives. */
  ofFunction(id: FunctionId): Heard {
    return this.#function(id, new Set());
  }

  #function(id: FunctionId, seen: Set<string>): Heard {
    const body = this.#sites.flow.callable(id)?.body;
    if (body === undefined || seen.has(id)) return "nothing";
    seen.add(id);
    const blocks = new Set(body.blocks.keys());
    return this.#blocks({ owner: id, body, blocks, seen }, () => true);
  }

  #blocks(asked: Asked, isOwn: (local: Local) => boolean): Heard {
    const { body, blocks } = asked;
    let heard: Heard = "nothing";
    for (const block of blocks)
      for (const operation of body.blocks[block]?.operations ?? []) {
        // What leaves there may be the failure of something that goes on all the same.
        const isOthers = operation.kind === "residual" && isOwn(failedFor(body, operation.operand));
        if (isOthers) continue;
        const one = worse(this.#operation(operation, asked), isGiven(operation, isOwn) ? "nothing" : this.#outside(operation, asked));
        if (one === "kept") return one;
        heard = worse(heard, one);
      }
    return heard;
  }

  #operation(it: Operation, asked: Asked): Heard {
    if (isLog(it)) return "logged";
    if (it.kind === "residual" || it.kind === "store" || isAssigned(asked.body, it)) return "kept";
    if (it.kind !== "macro" && it.kind !== "method" && it.kind !== "call") return "nothing";
    const own = this.#sites.called(asked.owner, it).flatMap((target) => (target.kind === "function" ? [target.id] : []));
    if (own.length > 0) return own.map((id) => this.#function(id, asked.seen)).reduce(worse);
    // What is asked of it for a log is part of the log; what gives nothing was done for its own sake.
    return this.#isRead(asked, it.to) ? "nothing" : "kept";
  }

  /** Anything but copies of it; what a function returns that gives nothing is read by nobody. */
  #isRead({ owner, body }: Asked, local: Local): boolean {
    const isUnit = this.#sites.flow.summary(owner)?.result.kind === "unit";
    return isRead(body, local, ({ block }) => !isUnit || body.blocks[block]?.end.kind !== "return");
  }

  /** What is made here and read elsewhere. */
  #outside(it: Operation, asked: Asked): Heard {
    const { body, blocks } = asked;
    if (isUnit(rootOf(body, it))) return "nothing";
    const outside = usesOf(body, it.to).filter((use) => !blocks.has(use.block) || use.operation === undefined);
    return outside.map((use) => this.#use(use, it.to, asked)).reduce<Heard>(worse, "nothing");
  }

  #sink(local: Local, asked: Asked): Heard {
    const key = `${asked.owner} ${local}`;
    if (asked.seen.has(key)) return "nothing";
    asked.seen.add(key);
    return usesOf(asked.body, local)
      .map((use) => this.#use(use, local, asked))
      .reduce<Heard>(worse, "nothing");
  }

  #use({ operation: it, block }: Use, local: Local, asked: Asked): Heard {
    if (it === undefined) {
      const branch = branchOn(asked.body, local, block);
      return branch === undefined ? "kept" : this.#branch(branch, block, asked);
    }
    if (isLog(it)) return "logged";
    if (it.kind === "store" || it.kind === "record" || it.kind === "residual") return "kept";
    if (it.kind !== "macro" && it.kind !== "method" && it.kind !== "call") return this.#sink(it.to, asked);
    return this.#isRead(asked, it.to) ? this.#sink(it.to, asked) : "kept";
  }

  /** What is done on either side, and on no other. */
  #branch({ yes, no }: Branch, block: BlockId, asked: Asked): Heard {
    const key = `${asked.owner} branch ${block}`;
    if (asked.seen.has(key)) return "nothing";
    asked.seen.add(key);
    const { body } = asked;
    const sides = [onlyFrom(body, yes, no, block), onlyFrom(body, no, yes, block)];
    return sides.map((blocks) => (ends(body, blocks) ? "kept" : this.#blocks({ ...asked, blocks }, () => false))).reduce(worse);
  }
}

const RANK: readonly Heard[] = ["nothing", "logged", "kept"];
const worse = (a: Heard, b: Heard): Heard => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b);

/** The function returns there, or the program stops. */
export const ends = ({ blocks }: Body, of: ReadonlySet<BlockId>): boolean =>
  [...of].some((it) => blocks[it]?.end.kind === "return" || blocks[it]?.end.kind === "diverge");

/** It, what it copies, as several ways may give the same local, or what it asks about. */
function isGiven(it: Operation, isOwn: (local: Local) => boolean): boolean {
  if (it.kind === "test") return isOwn(it.place.local);
  return isOwn(it.to) || (it.kind === "copy" && it.from.path.length === 0 && isOwn(it.from.local));
}

/** The attempt whose failure a local is. */
function failedFor(body: Body, failure: Local): Local {
  const made = BodyIndex.of(body).definition(failure);
  return made?.kind === "copy" && made.from.path.at(-1)?.kind === "failure" ? made.from.local : failure;
}

/** To a static, or to what no name here means. */
const isAssigned = ({ blocks }: Body, { kind, to }: Operation): boolean =>
  kind === "copy" && blocks.some(({ operations }) => operations.some((it) => it.kind === "path" && it.to === to));

/** `counts`: what reads it at the end of a block. */
function isRead(body: Body, local: Local, counts: (use: Use) => boolean, seen = new Set<Local>()): boolean {
  if (seen.has(local)) return false;
  seen.add(local);
  return usesOf(body, local).some((use) => {
    const { operation: it } = use;
    return it === undefined ? counts(use) : it.kind !== "copy" || isRead(body, it.to, counts, seen);
  });
}
