/** The settings that hold for a file, as whoever asks is told of them, and what fits where they are written. */
import type { Span } from "../../base/span.ts";

export interface EffectiveSettings {
  readonly lines: readonly ConfigurationLine[];
  /** The files that say something, from the weakest. */
  readonly sources: readonly string[];
  readonly excluded: boolean;
  /** What is wrong in such files: settings of theirs do not count. */
  readonly flaws: readonly ConfigurationFlaw[];
}
export interface ConfigurationFlaw {
  readonly file: string;
  /** Counted from 1; absent where nothing of the file could be read. */
  readonly line?: number;
  readonly message: string;
}

/** Of the TOML that says which settings hold for a file. */
export interface ConfigurationLine {
  readonly toml: string;
  /** Empty: the default. Absent: the line says no value. */
  readonly from?: readonly SettingOrigin[];
}
/** Without a file the editor's settings say it. `line` is counted from 1. */
export interface SettingOrigin {
  readonly file?: string;
  readonly line?: number;
}

/** A key or value that fits where the cursor is in a file of settings. */
export interface SettingCompletion {
  readonly kind: "setting" | "rule" | "value";
  readonly label: string;
  /** Takes the place of what stands at `place`. */
  readonly insert: string;
  readonly markdown: string;
  readonly place: Span;
}
