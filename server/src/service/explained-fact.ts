/** A fact as somebody is told of it who asks why something is, or is not, reported. */
import type { Severity } from "../rules/rule.ts";
import type { Place } from "../tls/facts.ts";

export interface ExplainedFact {
  /** `client-authentication: mode optional`. */
  readonly fact: string;
  /** The call that states it, by its whole path. */
  readonly call: string;
  readonly version?: string;
  /** The library says so where nothing is called. */
  readonly byDefault: boolean;
  /** The path of the call is a guess by its shape. */
  readonly guessed: boolean;
  readonly place: Place;
  readonly conditions: readonly string[];
  readonly endpoint?: {
    /** Tells endpoints of one answer apart. */
    readonly id: string;
    readonly what: string;
    readonly place: Place;
    /** In the order in which they happen; what a later one overrides is not effective. */
    readonly facts: readonly { readonly fact: string; readonly written: string; readonly place: Place; readonly effective: boolean }[];
  };
  /** What each rule that looks at such facts says. */
  readonly verdicts: readonly {
    readonly rule: string;
    /** Absent where the rule finds no fault. */
    readonly fault?: {
      readonly base: Severity;
      readonly severity: Severity;
      readonly conditions: readonly string[];
      readonly off: boolean;
    };
  }[];
}
