/**
 * Sites and the calls around them: what tells the objects and effects of different calls apart. A chain of several is known by a number
 * behind `>`, for callers have those of all that they call: as text each would be as long as it is deep. What an operation makes more
 * of is told apart by what is written behind either.
 */
import { DEEPEST_VALUE, MOST_ALTERNATIVES } from "../rust/bounds.ts";
import { hashOf } from "./text-hash.ts";

/** The outermost call first; what it leads to is shared. */
interface Link {
  readonly id: number;
  readonly site: string;
  readonly rest: Link | undefined;
  readonly length: number;
  readonly origin: string;
  /** The same for the same sites, whatever came before. */
  readonly order: number;
  /** How it is written. */
  readonly text: string;
}

/** An operation of a body, and of a struct expression which of its fields. */
export interface Step {
  readonly owner: string;
  readonly block: number;
  readonly at: number;
  readonly part: number | undefined;
}

/** Helpers that call helpers twice, level by level, would double what they make each time. */
const MOST_OF_ONE = MOST_ALTERNATIVES;

export class Chains {
  readonly #links: Link[] = [];
  readonly #known = new Map<string, Link>();

  /** `chain` seen through a call at `site`. A call that is in it already adds nothing: recursion has finitely many. */
  through(site: string, chain: string): string {
    let inner = this.#link(chain);
    for (let at: Link | undefined = inner; at !== undefined; at = at.rest) if (at.site === site) return chain;
    // The outermost tell callers apart, the last one is what happens.
    if (inner.length >= DEEPEST_VALUE) inner = this.#linked(sitesFrom(inner).toSpliced(DEEPEST_VALUE - 2, 1)) ?? inner;
    return (this.#linked(this.#sites(site), inner) ?? inner).text;
  }

  /** As the outermost callee knows it; undefined for what happens in the function itself. */
  inner(chain: string): string | undefined {
    if (!chain.startsWith(">")) return undefined;
    const end = endOfNumber(chain);
    const rest = this.#links[Number(chain.slice(1, end))]?.rest;
    return rest && `${rest.length === 1 ? rest.site : rest.text}${chain.slice(end)}`;
  }

  /** The operation itself. */
  originOf(chain: string): string {
    if (!chain.startsWith(">")) return chain;
    const end = endOfNumber(chain);
    return `${this.#links[Number(chain.slice(1, end))]?.origin ?? ""}${chain.slice(end)}`;
  }

  /** By sites, and not by the number that it got. */
  written(chain: string): string {
    if (!chain.startsWith(">")) return chain;
    const end = endOfNumber(chain);
    return `${this.#links[Number(chain.slice(1, end))]?.order ?? ""}${chain.slice(end)}`;
  }

  /** Operations with more chains than callers tell apart. */
  crowdedIn(chains: Iterable<string>): ReadonlySet<string> {
    const counts = new Map<string, number>();
    for (const chain of chains) {
      const origin = this.originOf(chain);
      counts.set(origin, (counts.get(origin) ?? 0) + 1);
    }
    return new Set([...counts].flatMap(([origin, count]) => (count > MOST_OF_ONE ? [origin] : [])));
  }

  /** The calls that a chain goes through, the outermost first, and the operation itself: `owner@block.at.part#count`. */
  stepsOf(chain: string): readonly Step[] {
    return this.#sites(chain).flatMap((site) => {
      const end = site.lastIndexOf("@");
      const [block, at, part] = (site.slice(end + 1).split("#", 1)[0] ?? "").split(".").map(Number);
      return block === undefined || at === undefined ? [] : [{ owner: site.slice(0, end), block, at, part }];
    });
  }

  #sites(chain: string): readonly string[] {
    if (!chain.startsWith(">")) return [chain];
    const end = endOfNumber(chain);
    const sites = sitesFrom(this.#links[Number(chain.slice(1, end))]);
    return end === chain.length ? sites : [...sites.slice(0, -1), `${sites.at(-1)}${chain.slice(end)}`];
  }

  #link(chain: string): Link {
    const end = chain.startsWith(">") ? endOfNumber(chain) : -1;
    const known = end === chain.length ? this.#links[Number(chain.slice(1))] : undefined;
    return known ?? this.#linked(this.#sites(chain)) ?? this.#one(chain, undefined);
  }

  #linked(sites: readonly string[], rest?: Link): Link | undefined {
    return sites.reduceRight<Link | undefined>((inner, site) => this.#one(site, inner), rest);
  }

  #one(site: string, rest: Link | undefined): Link {
    const key = `${rest?.id ?? ""}>${site}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.#links.length;
    const order = hashOf(`${rest?.order ?? ""}>${site}`);
    const made = { id, site, rest, length: 1 + (rest?.length ?? 0), origin: rest?.origin ?? site, order, text: `>${id}` };
    this.#links.push(made);
    this.#known.set(key, made);
    return made;
  }
}

function sitesFrom(link: Link | undefined): readonly string[] {
  const sites: string[] = [];
  for (let at = link; at !== undefined; at = at.rest) sites.push(at.site);
  return sites;
}

/** Behind `>`. */
function endOfNumber(chain: string): number {
  let end = 1;
  for (let digit = chain.charCodeAt(end); digit >= 48 && digit <= 57; digit = chain.charCodeAt(++end));
  return end;
}
