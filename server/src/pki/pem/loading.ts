/** What a PEM loader makes of a text, section by section. */

export type Stack = "rustls" | "OpenSSL";

/** What became of one BEGIN line that a loader recognised. */
export interface Loaded {
  /** Where the BEGIN line starts in the text. */
  readonly begin: number;
  readonly label: string;
  /**
   * `loaded` · `skipped`: read, of a label that the loader does not know · `refused`: an error ends the loading ·
   * `merged`: no END was seen before the next BEGIN, whose section swallows this one.
   */
  readonly outcome: "loaded" | "skipped" | "refused" | "merged";
  /** Of `refused`, in the loader's own words. */
  readonly error?: string;
}

/** Of one shape with an error and one without: objects that are put together by spreading have each a shape of their own. */
export const loaded = (begin: number, label: string, outcome: Loaded["outcome"], error: string | undefined): Loaded =>
  error === undefined ? { begin, label, outcome } : { begin, label, outcome, error };

export interface Loading {
  readonly stack: Stack;
  readonly sections: readonly Loaded[];
}
