/** Until when the same is said of a file: found by asking again, at later times, the rules that look at the clock. */
import type { FileRule } from "../../rules/rule.ts";
import type { Policy } from "../../tls/policy.ts";
import type { Finding, Horizon } from "../api.ts";

/** A policy that notes which rules ask it for the time. */
export class WatchedClock {
  readonly policy: Policy;
  readonly #timely = new Set<FileRule>();
  #isAsked = false;

  constructor(policy: Policy) {
    const ask = (): number => {
      this.#isAsked = true;
      return policy.now;
    };
    this.policy = {
      ...policy,
      get now() {
        return ask();
      },
    };
  }

  /** When `rule` has judged, and what it says is made. */
  readonly judged = (rule: FileRule): void => {
    if (this.#isAsked) this.#timely.add(rule);
    this.#isAsked = false;
  };

  /** What the others say holds at any time. */
  get timely(): readonly FileRule[] {
    return [...this.#timely];
  }
}

/**
 * What a certificate's times bring about does not come back: what is said now and at some time later is said at all times between.
 * `said`: now, by the rules that `judged` asks.
 */
export function lowerHorizon(horizon: Horizon, now: number, said: readonly Finding[], judged: (at: number) => readonly Finding[]): void {
  const text = JSON.stringify(said);
  const isSaid = (at: number): boolean => JSON.stringify(judged(at)) === text;
  if (horizon.until <= now || isSaid(horizon.until - 1)) return;
  let [last, first] = [now, horizon.until - 1];
  while (first - last > 1) {
    const middle = Math.floor((first + last) / 2);
    if (isSaid(middle)) last = middle;
    else first = middle;
  }
  horizon.lower(first);
}
