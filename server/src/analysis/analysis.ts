/** What analysis is given, and what it gives. */
import type { FunctionId, ResolvedProgram, Rows } from "../flow/index.ts";
import type { CrateModel } from "../models/model.ts";
import type { Endpoint, IntentSign, Observation } from "../tls/facts.ts";
import type { Records } from "./records.ts";
import type { SourceFile } from "./source-file.ts";

export interface AnalysisInput {
  /** In an order that does not change from run to run. */
  readonly files: readonly SourceFile[];
  readonly models: readonly CrateModel[];
  readonly program: ResolvedProgram;
  /** What calls of the standard library give. */
  readonly standard: Rows;
  /**
   * Bodies with which evaluation begins; what they call is evaluated on demand. Whoever gives none gets those that are nominated and their
   * callers (`slice.ts`); more of them find nothing that is an error or warning.
   */
  readonly begins?: ((id: FunctionId) => boolean) | undefined;
}

export interface Analysis {
  readonly observations: readonly Observation[];
  readonly endpoints: readonly Endpoint[];
  readonly intent: readonly IntentSign[];
  /** Somebody looks at who the peer is. */
  readonly readsPeerIdentity: boolean;
  /** What remedies ask: what was gathered, in which files, and all that there are by name. */
  readonly records: Records;
  readonly files: readonly SourceFile[];
  readonly sources: ReadonlyMap<string, SourceFile>;
}

/** What was read is the same as long as these files are, and no other begins or ceases to have one of these names. */
export interface LookedAt {
  readonly files: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** As long as the summaries of these functions are. */
  readonly asked: ReadonlySet<FunctionId>;
}
