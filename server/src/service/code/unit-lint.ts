/** What linting a unit gives: findings of all of its files, and the files that its code names. */
import type { Guard, Loader, Observation, Place } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";

/** A file that the code names, and how it reads it. */
export interface FileUse {
  readonly path: string;
  readonly loader: Loader;
  readonly place: Place;
  /** The call that loads it, where the path is written elsewhere. */
  readonly loads?: Place | undefined;
  readonly guards: readonly Guard[];
}

export interface UnitLint {
  /** Of all files, before suppressions. */
  readonly findings: readonly Finding[];
  readonly uses: readonly FileUse[];
  /** Where addresses are written whose connections go over TLS, whatever their scheme says. */
  readonly secured: readonly Place[];
  /** What the findings are made of. */
  readonly observations: readonly Observation[];
}
