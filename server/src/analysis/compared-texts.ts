/** Texts with which a name is compared: as far as the program gives them, by itself or while nobody sets another one. */
import type { Known } from "../tls/compared-names.ts";
import type { Held } from "./calls-seen.ts";
import { constructedIn } from "./constructed.ts";
import type { Defaults } from "./defaults.ts";
import type { PeerNames } from "./peer-names.ts";
import type { Sites } from "./sites.ts";

export class ComparedTexts {
  readonly #sites: Sites;
  readonly #defaults: Defaults;
  readonly #peers: PeerNames;

  constructor(sites: Sites, defaults: Defaults, peers: PeerNames) {
    this.#sites = sites;
    this.#defaults = defaults;
    this.#peers = peers;
  }

  /** The text that the program gives, where there is one. */
  known(held: Held): Known | undefined {
    const [only, ...more] = this.#textsOf(held);
    return more.length === 0 ? only : undefined;
  }

  /** Each text that may be given; undefined among them where one may be set that nobody knows. */
  each(held: Held): readonly (Known | undefined)[] {
    const own = this.#textsOf(held);
    return own.length > 0 ? own : [...this.#setTo(held), undefined];
  }

  /** What it is while nobody sets it, what a constructor of the program's own was given for it, and what each caller gives. */
  #setTo(held: Held): readonly Known[] {
    const open = [held];
    const found: Known[] = [];
    for (const it of open) {
      const texts = [...this.#textsOf(it), ...this.#unset(it)];
      found.push(...texts);
      for (const giver of texts.length > 0 ? [] : this.#giversOf(it)) if (!isIn(open, giver)) open.push(giver);
    }
    return found;
  }

  #unset({ owner, value }: Held): readonly Known[] {
    const inputs = this.#sites.flow.head(owner)?.parameters ?? 0;
    const values = [...this.#defaults.unset(value, owner, inputs), ...constructedIn(this.#sites, value, owner).map((it) => it.value)];
    return values.flatMap((it) => (it === value ? [] : this.#textsOf({ owner, value: it })));
  }

  /** What callers give, and a part of it as they have it. */
  #giversOf({ owner, value }: Held): readonly Held[] {
    if (value.kind !== "part") return this.#peers.giversFor({ owner, value });
    const { flow } = this.#sites;
    const part = flow.values.make({ ...value, of: flow.values.make({ kind: "input", index: 0 }) });
    return this.#giversOf({ owner, value: value.of }).map((whole) => ({ owner: whole.owner, value: flow.with(part, [whole.value]) }));
  }

  /**
   * All of each text that the program gives, or its ends, as far as it says. `seen`: inputs that were asked for, which who calls itself
   * gives again.
   */
  #textsOf(held: Held, seen: readonly Held[] = []): readonly Known[] {
    const { owner, value } = held;
    switch (value.kind) {
      case "constant":
        return typeof value.value === "string" ? [{ whole: value.value }] : [];
      case "text":
        return [{ ...(value.prefix !== "" && { beginning: value.prefix }), ...(value.suffix !== "" && { end: value.suffix }) }];
      case "labelled":
        return this.#textsOf({ owner, value: value.of }, seen);
      case "alternatives":
        return value.of.flatMap((it) => this.#textsOf({ owner, value: it.value }, seen));
      default: {
        const given = isIn(seen, held) ? undefined : this.#peers.givenFor(held);
        return given === undefined ? [] : this.#textsOf(given, [...seen, held]);
      }
    }
  }
}

export const isIn = (seen: readonly Held[], { owner, value }: Held): boolean => seen.some((it) => it.owner === owner && it.value === value);
