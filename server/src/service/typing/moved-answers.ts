/** What else is told of settled texts, as told of the documents of the editor: endpoints and explanations. */
import { LineIndex } from "../../base/line-index.ts";
import type { ExplainedFact, Explanation, ListedEndpoint } from "../api.ts";
import { movedFindings } from "./moved-findings.ts";
import type { SettledText } from "./settled-text.ts";
import type { SettledTexts } from "./settled-texts.ts";

/** Undefined for an endpoint that is being changed. */
export function movedEndpoint(endpoint: ListedEndpoint, texts: SettledTexts): ListedEndpoint | undefined {
  const place = texts.place(endpoint.place);
  return place && { ...endpoint, place, facts: texts.placed(endpoint.facts), findings: texts.placed(endpoint.findings) };
}

/** Which line of the settled text one of the current text is, counted from 1; undefined where it is being changed. */
export function settledLine(text: SettledText, line: number): number | undefined {
  const { start, end } = new LineIndex(text.current).line(line - 1);
  const offset = text.toSettled(start) ?? text.toSettled(end);
  return offset === undefined ? undefined : new LineIndex(text.text).position(offset).line + 1;
}

/** Of a line of a text with something that does not parse; `explanation` is that of its line in the settled text. */
export function movedExplanation(explanation: Explanation, text: SettledText, texts: SettledTexts): Explanation {
  const { file, findings, facts, known } = explanation;
  const settled = new LineIndex(text.text);
  const current = new LineIndex(text.current);
  return {
    file: [...file, UNSETTLED],
    findings: movedFindings(findings, texts),
    facts: facts.flatMap((it) => movedFact(it, texts) ?? []),
    known: known.flatMap((line) => {
      const { start } = settled.line(line - 1);
      const moved = text.toCurrent({ start, end: start });
      return moved === undefined ? [] : [current.position(moved.start).line + 1];
    }),
  };
}

export const UNSETTLED = "Something in it does not parse: what is told of that is told of its last text that did.";

function movedFact(fact: ExplainedFact, texts: SettledTexts): ExplainedFact | undefined {
  const place = texts.place(fact.place);
  if (place === undefined) return undefined;
  const { endpoint } = fact;
  const around = endpoint && texts.place(endpoint.place);
  const moved = endpoint && around && { ...endpoint, place: around, facts: texts.placed(endpoint.facts) };
  const { endpoint: _, ...rest } = fact;
  return { ...rest, place, ...(moved && { endpoint: moved }) };
}
