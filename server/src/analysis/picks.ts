/** One of several certificates that were read is taken, and nothing else of them is of any use to anybody. */
import { CONTENTS } from "../models/contents.ts";
import { ELEMENTS, FAILURES } from "../models/failures.ts";
import { type BlockId, type Body, blockOf, type Local, type Operation, type Place as PlaceOf, successorsOf } from "../rust/bodies/index.ts";
import type { Place } from "../tls/facts.ts";
import { type Frame, Frames } from "./frames.ts";
import type { Site, Sites } from "./sites.ts";
import { isLog } from "./stand-ins.ts";
import { type Use, usesOf } from "./uses.ts";

export interface Pick {
  readonly at: Place;
  /** `next`, `[0]`. */
  readonly by: string;
}

interface Held extends Frame {
  readonly local: Local;
}

/** They go on as they are, one of them is picked, nothing is taken, or all of them are put to use. */
type Step = Held | Pick | "asked" | "used";

/** `chain`: the calls that lead to what reads them, which is the last. */
export function picksOf(sites: Sites, chain: readonly Site[]): readonly Pick[] {
  const site = chain.at(-1);
  if (site === undefined) return [];
  const { owner, body, operation } = site;
  const walk = new Walk(sites, site);
  const open: Held[] = [{ calls: chain.slice(0, -1), owner, body, local: operation.to }];
  const seen = new Set<string>();
  const picks: Pick[] = [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = `${next.calls.length} ${next.owner} ${next.local}`;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const use of usesOf(next.body, next.local))
      for (const step of walk.steps(use, next)) {
        if (step === "used") return [];
        if (typeof step === "string") continue;
        if ("local" in step) open.push(step);
        else picks.push(step);
      }
  }
  return picks;
}

class Walk {
  readonly #sites: Sites;
  readonly #frames: Frames;
  readonly #reader: Site;

  constructor(sites: Sites, reader: Site) {
    this.#sites = sites;
    this.#frames = new Frames(sites);
    this.#reader = reader;
  }

  steps({ operation, block }: Use, held: Held): readonly Step[] {
    if (operation !== undefined) return [this.#step(operation, block, held)];
    const ways = this.#frames.back(held);
    return ways.length === 0
      ? ["used"]
      : ways.map(({ site, calls }) => ({ calls, owner: site.owner, body: site.body, local: site.operation.to }));
  }

  #step(it: Operation, block: BlockId, held: Held): Step {
    switch (it.kind) {
      case "copy":
        return this.#taken(it.from, it, held);
      case "reference":
        return this.#taken(it.place, it, held);
      case "await":
      case "iterate":
        return { ...held, local: it.to };
      case "test":
      case "residual":
      case "format":
        return "asked";
      case "method":
        if (it.receiver.local !== held.local) return this.#given(it, held);
        return it.receiver.path.length > 0 ? this.#taken(it.receiver, it, held) : this.#method(it, block, held);
      case "call":
        return this.#given(it, held);
      default:
        return isLog(it) ? "asked" : "used";
    }
  }

  #given(it: Operation & { readonly kind: "method" | "call" }, held: Held): Step {
    if (isLog(it)) return "asked";
    const isWrapped = it.kind === "call" && this.#sites.isStandard(it, held.owner);
    return this.#frames.into(it, held.local, held) ?? (isWrapped ? { ...held, local: it.to } : "used");
  }

  /** All of them, or the one at an index. */
  #taken({ path }: PlaceOf, { to, span }: Operation, held: Held): Step {
    const last = path.at(-1);
    if (last?.kind === "failure") return "asked";
    if (last?.kind !== "index") return last?.kind === "each" || last?.kind === "element" ? "used" : { ...held, local: to };
    const index = constantOf(held.body, last.index);
    if (index === undefined) return "used";
    const { file } = this.#sites.place(held, span);
    const end = index.span.end + this.#sites.text({ file, span: { start: index.span.end, end: span.end + 1 } }).indexOf("]") + 1;
    const place = { file, span: { start: index.span.start - 1, end } };
    return { at: place, by: this.#sites.text(place) };
  }

  #method(it: Operation & { readonly kind: "method" }, block: BlockId, held: Held): Step {
    const pick: Pick = { at: this.#sites.place(held, it.nameSpan), by: it.name };
    const kind = ELEMENTS[it.name];
    const [given] = it.arguments;
    const number = given === undefined ? undefined : constantOf(held.body, given);
    if (it.name === "take" || it.name === "truncate") return isOne(number) ? pick : "used";
    if (kind === "one") {
      const isAny = given !== undefined && number === undefined;
      return isAny || this.#comesAgain(block, held) ? "used" : pick;
    }
    // Whoever knows that there is but one loses nothing.
    if (CONTENTS[it.name] === "measured") return isComparedWithOne(held.body, it.to) ? "used" : "asked";
    if (it.name === "for_each" || it.name === "try_for_each" || it.name === "find_map") return "used";
    return kind !== undefined || FAILURES[it.name] !== undefined || CONTENTS[it.name] === "same" ? { ...held, local: it.to } : "used";
  }

  /** One after the other is all of them, unless they are read again for each. */
  #comesAgain(block: BlockId, { owner, body }: Held): boolean {
    const reader = owner === this.#reader.owner ? blockOf(body, this.#reader.operation) : -1;
    const seen = new Set<BlockId>();
    const open = [...successorsOf(body, block)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === block && next !== reader) return true;
      if (seen.has(next) || next === reader) continue;
      seen.add(next);
      open.push(...successorsOf(body, next));
    }
    return false;
  }
}

function constantOf({ blocks }: Body, local: Local) {
  const made = blocks.flatMap(({ operations }) => operations).find((it) => it.to === local);
  return made?.kind === "constant" ? made : undefined;
}

/** A number of which it is asked whether it is one: `len() != 1`, `len() > 1`. */
const isComparedWithOne = (body: Body, number: Local): boolean =>
  usesOf(body, number).some(
    ({ operation: it }) =>
      it?.kind === "binary" && COMPARING.has(it.operator) && [it.left, it.right].some((side) => isOne(constantOf(body, side))),
  );

const COMPARING: ReadonlySet<string> = new Set(["==", "!=", ">", "<", "<=", ">="]);

const isOne = (it: ReturnType<typeof constantOf>): boolean => it?.literal.type !== "other" && Number(it?.literal.value) === 1;
