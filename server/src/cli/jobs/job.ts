/** What is said between a run and its workers: plain data that is copied from thread to thread. */
import type { FileReport } from "../../service/api.ts";
import type { Said } from "../cache/answers.ts";
import type { Dependencies } from "../cache/dependency-table.ts";

/** What a worker is started with. */
export interface Job {
  readonly roots: readonly string[];
  readonly configuration?: string;
  /** No fix is shown. */
  readonly withoutFixes: boolean;
  /** One moment for the whole run. */
  readonly now: number;
  readonly paths: readonly string[];
}

export type FromWorker =
  | { readonly is: "reports"; readonly reports: readonly FileReport[] }
  | {
      readonly is: "done";
      readonly said: readonly Said[];
      readonly until: number;
      /** Undefined: they do not fit together. */
      readonly dependencies: Dependencies | undefined;
    };
