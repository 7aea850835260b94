/** Hints where a faulty verifier is installed: the finding stands with its method, which may be in another file. */
import { sameSpan } from "../../base/span.ts";
import type { Finding } from "../api.ts";
import { factOf } from "./one-line.ts";

/** `allowed`: findings that a comment suppresses have no echo. Faults that are a hint themselves have none either. */
export function echoesOf(findings: readonly Finding[], allowed: (finding: Finding) => boolean): readonly Finding[] {
  const echoes = findings
    .filter(
      (it) =>
        it.severity !== "hint" && it.suppressed === undefined && it.related.some(({ installs }) => installs !== undefined) && !allowed(it),
    )
    .flatMap(({ rule, place, message, help, notes, related }) =>
      related.flatMap(({ file, span, installs }): readonly Finding[] => {
        if (installs === undefined) return [];
        const told = `installed here: ${factOf(message)}`;
        const origin = { ...place, message: `\`${installs}\` is defined here` };
        return [{ rule, severity: "hint", place: { file, span }, message: told, help, notes, related: [origin], fixes: [] }];
      }),
    );
  return echoes.filter(
    (it, index) => !findings.some((one) => isSamePlace(one, it)) && echoes.findIndex((one) => isSamePlace(one, it)) === index,
  );
}

const isSamePlace = (a: Finding, b: Finding): boolean =>
  a.rule === b.rule && a.place.file === b.place.file && sameSpan(a.place.span, b.place.span);
