/** Findings in what is no Rust, and in the strings of Rust: rules over stated settings, with the edits that state something better. */

import type { TextEdit } from "../base/text-edit.ts";
import { rulesFor } from "../rules/fact-rules.ts";
import type { Remedy } from "../rules/rule.ts";
import type { Setting } from "../settings/index.ts";
import type { Observation } from "../tls/facts.ts";
import type { Finding, Fix } from "./api.ts";
import { codeFindings } from "./code/code-findings.ts";
import { type Configuration, policyOf } from "./configuration/layers.ts";
import type { Fixes } from "./fixes/code-fixes.ts";
import { isTried } from "./fixes/takers.ts";

export interface SettingInput {
  readonly file: string;
  readonly settings: readonly Setting[];
  readonly configuration: Configuration;
  readonly now: number;
  /** What else the edits change where the file has a layout of its own. */
  laidOut?(edits: readonly TextEdit[]): readonly TextEdit[];
}

export function settingFindings({ file, settings, configuration, now, laidOut = (it) => it }: SettingInput): readonly Finding[] {
  const byObservation = new Map(settings.map((it) => [it.observation, it]));
  const fixes = (observation: Observation, remedies: readonly Remedy[]): Fixes => {
    const { betterments = [], unfixed } = byObservation.get(observation) ?? {};
    const applicability = isTried(observation) ? "choice" : "review";
    return {
      fixes: remedies.flatMap(({ want }) =>
        betterments
          .filter(({ gives }) => isWanted(gives, want))
          .map((it, index) => fixOf({ ...it, edits: laidOut(it.edits) }, file, applicability, index === 0)),
      ),
      ...(unfixed === undefined ? {} : { unfixed }),
    };
  };
  return codeFindings({
    observations: settings.map((it) => it.observation),
    rulesFor,
    // What a string says does not tell whether its program means mutual TLS, nor what its handlers look at.
    circumstances: () => ({
      context: { policy: policyOf(configuration, now), intent: [], readsPeerIdentity: true },
      levels: configuration.settings.rules,
    }),
    marked: (place) => place,
    fixSource: (observation, remedies) => () => fixes(observation, remedies),
  });
}

const isWanted = (gives: object, want: object): boolean => {
  const given = new Map(Object.entries(gives));
  return Object.entries(want).every(([key, value]) => given.get(key) === value);
};

/** What another side has to go along with is looked at by a person. */
const fixOf = (
  { title, edits }: Setting["betterments"][number],
  file: string,
  applicability: "review" | "choice",
  isFirst: boolean,
): Fix => ({
  title,
  applicability,
  preferred: isFirst && applicability === "review",
  edits: [{ file, edits }],
  placeholders: [],
  notes: [],
});
