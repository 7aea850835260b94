/** Ends what killed runs began: completes it where nothing changed since, else takes it back. */
import { dirname } from "node:path";
import type { Boundary } from "./boundary.ts";
import type { FileSystem } from "./file-system.ts";
import type { Entry, Journal, Step } from "./journal.ts";
import { apply, isPossible, sweep, undo } from "./steps.ts";
import { codeOf, sentenceOf } from "./system-errors.ts";

export interface Recovery {
  readonly files: FileSystem;
  readonly journal: Journal;
  readonly boundary: Boundary;
  shown(path: string): string;
}

/** Fixes of files below the roots that were begun and not ended. */
export const interrupted = ({ journal, boundary }: Recovery): readonly Entry[] =>
  journal.unfinished().filter(({ steps, stage, process: id }) => {
    // One that died while writing this had touched nothing.
    if (steps === undefined) return stage === "staging" && !isRunning(id);
    return areWithin(boundary, steps);
  });

/** What cannot be looked at now waits for a later run. */
function areWithin(boundary: Boundary, steps: readonly Step[]): boolean {
  try {
    return steps.every(({ target }) => isWithin(boundary, target));
  } catch (error) {
    sentenceOf(error);
    return false;
  }
}

/** A line for each; what was done can be read in it. */
export function recover(recovery: Recovery): readonly string[] {
  return interrupted(recovery).flatMap((entry): readonly string[] => {
    const named = namesOf(entry, recovery);
    try {
      if (isRunning(entry.process))
        return [`${named}: process ${entry.process} has not ended its fix; if it is no tlslint, delete ${recovery.shown(entry.path)}`];
      const outcome = end(entry, recovery);
      return named === "" ? [] : [`${named}: ${outcome}`];
    } catch (error) {
      return [`${named}: an interrupted fix could not be ended: ${sentenceOf(error)}`];
    }
  });
}

export const namesOf = ({ steps = [] }: Entry, { shown }: Pick<Recovery, "shown">): string =>
  steps.map((it) => shown(it.target)).join(", ");

function end(entry: Entry, { files, journal, shown }: Recovery): string {
  const { steps = [], stage } = entry;
  if (stage === "staging") {
    sweep(files, steps);
    journal.end(entry);
    return "an interrupted fix had changed nothing yet, and was dropped";
  }
  if (stage === "committed" && steps.every((it) => isPossible(files, it))) {
    apply(files, steps);
    sweep(files, steps);
    journal.end(entry);
    return "an interrupted fix was completed";
  }
  const undoing = stage === "undoing" ? entry : journal.mark(entry, "undoing");
  const left = undo(files, steps);
  sweep(files, steps);
  journal.end(undoing);
  return `an interrupted fix was undone${left.length === 0 ? "" : `, but for ${changed(left, shown)}, which changed since`}`;
}

const changed = (steps: readonly Step[], shown: Recovery["shown"]): string => steps.map((it) => shown(it.target)).join(", ");

/** A link on the way, put there since, would lead elsewhere. */
function isWithin(boundary: Boundary, target: string): boolean {
  const folder = dirname(target);
  return boundary.real(folder) === folder && boundary.holds(target);
}

function isRunning(id: number): boolean {
  // One that had our number is over.
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== "ESRCH";
  }
}
