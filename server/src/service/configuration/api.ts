/** The settings that hold for a file, as whoever asks is told of them. */

export interface EffectiveSettings {
  readonly lines: readonly ConfigurationLine[];
  /** The files that say something, from the weakest. */
  readonly sources: readonly string[];
  readonly excluded: boolean;
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
