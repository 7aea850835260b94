/**
 * How `--fix` changes files that an attacker may have arranged: all that belong together or none, never through a link out of the
 * project, never into a file that was there under the temporary name, and so that the next run can end what a killed one began.
 */
import { boundaryOf } from "./boundary.ts";
import type { FileSystem } from "./file-system.ts";
import { type Entry, Journal, type Step } from "./journal.ts";
import { interrupted, namesOf, type Recovery, recover } from "./recovery.ts";
import { apply, beside, digestOf, isPossible, stage, sweep, undo } from "./steps.ts";
import { sentenceOf } from "./system-errors.ts";
import { Targets } from "./targets.ts";

export interface Change {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}
export interface Creation {
  readonly file: string;
  readonly text: string;
  readonly mode: number;
}

export interface WriterOptions {
  readonly files: FileSystem;
  /** Nothing outside of them is written. */
  readonly roots: readonly string[];
  readonly journalFolders: readonly string[];
  /** A path as messages name it. */
  shown(path: string): string;
}

/** A step with what has to lie beside its target before it. */
interface Work {
  readonly step: Step;
  stage(): void;
}

export class FileWriter {
  readonly #recovery: Recovery;
  readonly #targets: Targets;

  constructor({ files, roots, journalFolders, shown }: WriterOptions) {
    const boundary = boundaryOf(files, roots);
    this.#recovery = { files, boundary, journal: new Journal(files, journalFolders), shown };
    this.#targets = new Targets(files, boundary, shown);
  }

  /** Why a file with this text must not be changed; undefined where it may. */
  refusal(path: string, text: string): string | undefined {
    const found = this.#targets.existing(path, text);
    return "refused" in found ? found.refused : undefined;
  }

  /** Undefined when the file has its permissions, else why not. */
  setMode(path: string, mode: number): string | undefined {
    return this.#targets.setMode(path, mode);
  }

  /** Ends what killed runs began; a line for each. */
  recover(): readonly string[] {
    return recover(this.#recovery);
  }

  /** Files that a killed run left half changed. */
  interrupted(): readonly string[] {
    return interrupted(this.#recovery).flatMap((it) => namesOf(it, this.#recovery) || []);
  }

  /** All or none: undefined when every file was changed, else the reason why none was. */
  writeAll(changes: readonly Change[], created: readonly Creation[]): string | undefined {
    const alone = changes.length + created.length === 1;
    const work: Work[] = [];
    for (const it of [...changes.map((change) => this.#change(change, alone)), ...created.map((creation) => this.#creation(creation))]) {
      if ("refused" in it) return it.refused;
      work.push(it);
    }
    return this.#carryOut(work);
  }

  #change({ file, before, after }: Change, alone: boolean): Work | { readonly refused: string } {
    const { files } = this.#recovery;
    const found = this.#targets.existing(file, before);
    if ("refused" in found) return found;
    // What one rename does needs no way back.
    const copy = alone ? undefined : beside(found.path);
    const replaces = { before: digestOf(before), ...(copy === undefined ? {} : { copy }) };
    const step = { target: found.path, staged: beside(found.path), after: digestOf(after), replaces };
    return {
      step,
      stage: () => {
        stage(files, step.staged, after, found.status);
        if (copy !== undefined) stage(files, copy, before, found.status);
      },
    };
  }

  #creation({ file, text, mode }: Creation): Work | { readonly refused: string } {
    const found = this.#targets.absent(file);
    if ("refused" in found) return found;
    const step = { target: found.path, staged: beside(found.path), after: digestOf(text) };
    return { step, stage: () => stage(this.#recovery.files, step.staged, text, { mode }) };
  }

  #carryOut(work: readonly Work[]): string | undefined {
    const { files, journal, shown } = this.#recovery;
    const steps = work.map((it) => it.step);
    let entry: Entry | undefined;
    try {
      entry = journal.begin(steps);
      for (const it of work) it.stage();
      const changed = steps.find((it) => !isPossible(files, it));
      if (changed !== undefined) return this.#giveUp(entry, `${shown(changed.target)} was changed by someone else meanwhile`);
      entry = journal.mark(entry, "committed");
      apply(files, steps);
    } catch (error) {
      const reason = sentenceOf(error);
      return entry === undefined ? `what would change could not be noted down: ${reason}` : this.#giveUp(entry, reason);
    }
    this.#tidy(entry);
    return undefined;
  }

  #giveUp(entry: Entry, reason: string): string {
    const { files, journal } = this.#recovery;
    const steps = entry.steps ?? [];
    try {
      let last = entry;
      if (entry.stage !== "staging") {
        last = journal.mark(entry, "undoing");
        undo(files, steps);
      }
      sweep(files, steps);
      journal.end(last);
      return reason;
    } catch (error) {
      return `${reason}; what was done already could not be taken back (${sentenceOf(error)}): the next \`--fix\` will`;
    }
  }

  /** The files are what they should be: what cannot be removed now, the next run removes. */
  #tidy(entry: Entry): void {
    const { files, journal } = this.#recovery;
    try {
      sweep(files, entry.steps ?? []);
      journal.end(entry);
    } catch (error) {
      sentenceOf(error);
    }
  }
}
