/** Findings in Rust: rules over the observations of a reading, weighed by their guards, one for each fault. */
import { sameSpan } from "../../base/span.ts";
import type { AnyCodeRule, AnySettingRule, CodeRule, RuleContext, SettingRule, Severity, Verdict } from "../../rules/rule.ts";
import type { ConditionGuard, DefaultPlace, FactKind, Guard, Observation, ObservationOf, Place, RelatedPlace } from "../../tls/facts.ts";
import { effectOf } from "../../tls/guard-effects.ts";
import type { Finding } from "../api.ts";
import type { Level } from "../configuration/settings.ts";
import type { FixSource } from "../fixes/code-fixes.ts";
import { SEVERITIES, weigh } from "../severity.ts";
import { switchedOff } from "../suppressions.ts";
import type { DependencyPlaces } from "./dependency-places.ts";
import { oneLine } from "./one-line.ts";

type Judging = AnyCodeRule | AnySettingRule;

export interface JudgeInput {
  readonly observations: readonly Observation[];
  readonly rulesFor: (kind: FactKind) => readonly Judging[];
  /** Undefined for a file whose findings nobody wants. */
  circumstances(file: string): Circumstances | undefined;
  /** Where manifests bring about what is observed. */
  readonly declared?: DependencyPlaces;
  /** What is marked of a place. */
  marked(place: Place): Place;
  readonly fixSource: FixSource;
}

export interface Circumstances {
  readonly context: RuleContext;
  readonly levels: ReadonlyMap<string, Level>;
}

interface Draft {
  readonly rule: Judging;
  readonly observation: Observation;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly clauses: readonly string[];
  readonly related: readonly RelatedPlace[];
  /** The rule is switched off where it stands: it takes nothing away from what is reported. */
  readonly off: boolean;
}

export function codeFindings(input: JudgeInput): readonly Finding[] {
  const drafts = input.observations.flatMap((observation) =>
    input.rulesFor(observation.fact.kind).flatMap((rule) => draftOf(rule, observation, input)),
  );
  return oneForEachFault(drafts).map((draft) => findingOf(draft, input));
}

/** What a rule says of an observation by itself, whatever other places it is told at. */
export interface RuleVerdict {
  readonly rule: string;
  /** Absent where it finds no fault. */
  readonly fault?: {
    readonly base: Severity;
    readonly severity: Severity;
    readonly conditions: readonly string[];
    readonly off: boolean;
  };
}

export const verdictsOf = (observation: Observation, input: Pick<JudgeInput, "rulesFor" | "circumstances">): readonly RuleVerdict[] =>
  input.rulesFor(observation.fact.kind).map((rule) => {
    const [draft] = draftOf(rule, observation, input);
    if (draft === undefined) return { rule: rule.id };
    const level = input.circumstances(observation.place.file)?.levels.get(rule.id);
    const base = (level === "off" ? undefined : level) ?? draft.verdict.severity ?? rule.severity;
    return { rule: rule.id, fault: { base, severity: draft.severity, conditions: draft.clauses, off: draft.off } };
  });

function draftOf(
  rule: Judging,
  observation: Observation,
  { circumstances, declared }: Pick<JudgeInput, "circumstances" | "declared">,
): readonly Draft[] {
  const found = circumstances(observation.place.file);
  if (found === undefined) return [];
  const { context, levels } = found;
  const level = levels.get(rule.id);
  const off = level === "off";
  const verdict = judge(rule, observation, context);
  if (!verdict) return [];
  const { guards, guessed } = observation;
  const { severity, clauses } = weigh((off ? undefined : level) ?? verdict.severity ?? rule.severity, { guards, guessed });
  const places = [
    ...(verdict.related ?? []),
    ...observation.related,
    ...(declared?.(observation) ?? []),
    ...guards.flatMap(conditionPlace),
    ...(observation.own ?? []).flatMap(defaultPlaces),
  ];
  const related = withoutRepeats(places, observation);
  return [{ rule, observation, verdict, severity, clauses, related, off }];
}

/** The call is right by construction: a rule gets the kinds that it asked for. */
function judge<K extends FactKind>(
  rule: CodeRule<K> | SettingRule<K>,
  observation: Observation,
  context: RuleContext,
): Verdict | undefined {
  const asked = (it: Observation): it is ObservationOf<K> =>
    it.fact.kind === rule.observes || (rule.alsoObserves?.some((kind) => kind === it.fact.kind) ?? false);
  return asked(observation) ? rule.judge(observation, context) : undefined;
}

/** Where it is asked, and where what nobody has to set is declared and given what it is then. */
const conditionPlace = (guard: Guard): readonly RelatedPlace[] =>
  guard.kind !== "condition"
    ? []
    : [{ ...guard.place, message: "this condition decides" }, ...(guard.byDefault === true ? defaultPlaces(guard) : [])];

const defaultPlaces = ({ declared = [], unset = [] }: ConditionGuard): readonly RelatedPlace[] => [
  ...unset.map(({ file, span, ...it }) => ({ file, span, message: defaultText(it) })),
  ...declared.map((it) => ({ ...it, message: "the option is declared here" })),
];

function defaultText({ name, value, missing }: Omit<DefaultPlace, keyof Place>): string {
  if (name === undefined) return "its default is set here";
  if (missing) return `\`${name}\` is not set by default`;
  if (value === undefined) return `the default of \`${name}\` is set here`;
  const isSwitch = value === "true" || value === "false";
  return isSwitch ? `\`${name}\` is ${value === "true" ? "on" : "off"} by default here` : `\`${name}\` is \`${value}\` by default here`;
}

function withoutRepeats(related: readonly RelatedPlace[], { place }: Observation): readonly RelatedPlace[] {
  return related.filter(
    (it, index) =>
      !(it.file === place.file && sameSpan(it.span, place.span)) &&
      related.findIndex((other) => other.file === it.file && sameSpan(other.span, it.span)) === index,
  );
}

/** Of drafts of one rule at one place, or that name each other as related, the most severe stays; of equals, the first. */
function oneForEachFault(drafts: readonly Draft[]): readonly Draft[] {
  const kept = new Map<string, readonly Draft[]>();
  for (const draft of [...drafts].sort(
    (a, b) => Number(a.off) - Number(b.off) || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  )) {
    // Only what lies where it does, or where it points to, can be the same fault.
    const places = [draft.observation.place, ...draft.related].map((it) => keyOf(draft, it));
    if (places.some((it) => kept.get(it)?.some((other) => isSameFault(other, draft)))) continue;
    const [own = ""] = places;
    kept.set(own, [...(kept.get(own) ?? []), draft]);
  }
  const stay = new Set([...kept.values()].flat());
  return drafts.filter((it) => stay.has(it));
}

const keyOf = ({ rule }: Draft, { file, span }: Pick<RelatedPlace, "file" | "span">): string =>
  `${rule.id} ${span.start} ${span.end} ${file}`;

function isSameFault(a: Draft, b: Draft): boolean {
  if (isAt(a.observation.place, b.observation.place)) return true;
  return a.related.some((it) => isAt(it, b.observation.place)) && b.related.some((it) => isAt(it, a.observation.place));
}

const isAt = (a: { readonly file: string; readonly span: Observation["place"]["span"] }, b: Observation["place"]): boolean =>
  a.file === b.file && sameSpan(a.span, b.span);

/** The path was taken for a crate's by its shape alone. */
const GUESSED = "matched by the shape of the call; its path could not be resolved";

/** What a test or an option asks for is not theirs to correct who read of it; examples are copied from, and manifests ask for nothing. */
const isAsked = (guard: Guard): boolean => guard.kind !== "example" && effectOf(guard) === "asks";
const ASKED = "it is asked for";

function findingOf(
  { rule, observation, verdict, severity, clauses, related, off }: Draft,
  { marked, fixSource }: Pick<JudgeInput, "marked" | "fixSource">,
): Finding {
  const { remedies } = verdict;
  const { message, notes } = oneLine(verdict.message, clauses);
  const judged = {
    rule: rule.id,
    severity,
    place: marked(observation.place),
    message,
    help: verdict.help,
    notes: [...(verdict.notes ?? []), ...notes, ...(observation.guessed ? [GUESSED] : [])],
    related,
  };
  if (off) return switchedOff({ ...judged, fixes: [] });
  if (rule.judges === "code" && observation.guards.some(isAsked)) return { ...judged, fixes: [], unfixed: ASKED };
  if (remedies === undefined) return { ...judged, fixes: [], unfixed: rule.byHand };
  const fixed = fixSource(observation, remedies);
  return {
    ...judged,
    get fixes() {
      return fixed().fixes;
    },
    get unfixed() {
      return fixed().unfixed;
    },
  };
}
