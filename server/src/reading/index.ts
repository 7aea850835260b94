/**
 * Reading: models applied to Rust. An abstract interpreter (`evaluate/`) follows values through functions and says what
 * is true of every endpoint; `spelling/` turns a wanted fact back into edits in the crate's own words.
 * It knows no policy: what is bad is decided by rules.
 */
import { err, type Result } from "../base/result.ts";
import type { Span } from "../base/span.ts";
import type { FileEdits } from "../base/text-edit.ts";
import type { CrateModel } from "../models/model.ts";
import type { RustFile } from "../rust/index.ts";
import type { Endpoint, Fact, IntentSign, Observation, Place } from "../tls/facts.ts";
import { interpret } from "./read-crate.ts";

export { guardsAt } from "./standing.ts";

import { spell } from "./spelling/index.ts";

/** One crate (or a file on its own) to be read. Built so that all files of a crate, and other crates of a workspace, can be given. */
export interface ReadingInput {
  readonly files: readonly {
    readonly name: string;
    readonly file: RustFile;
    readonly modulePath: readonly string[];
    readonly testCode: boolean;
  }[];
  readonly models: readonly CrateModel[];
  /** Dependency name in code → package; versions by package name, newest first; undefined without a manifest. */
  readonly crate?: {
    readonly name: string;
    readonly dependencies: ReadonlyMap<string, { readonly package: string; readonly version?: string }>;
    readonly versions: ReadonlyMap<string, readonly string[]>;
    /** Features that are on by default, transitively; every feature that exists. */
    readonly defaultFeatures: ReadonlySet<string>;
    readonly features: ReadonlySet<string>;
  };
}

export interface Reading {
  /** What holds at the end, in source order: effective facts of endpoints that are used, judged verifiers, dropped errors, files. */
  readonly observations: readonly Observation[];
  readonly endpoints: readonly Endpoint[];
  readonly intent: readonly IntentSign[];
  readonly readsPeerIdentity: boolean;
  /** Budgets that were hit and paths that stayed unknown, for `--trace`. */
  readonly trace: readonly { readonly place: Place; readonly reason: string }[];
  /** Spells a remedy. The error says why no fix can be offered. */
  spell(observation: Observation, want: Wanted, surroundings: Surroundings): Result<readonly SpelledFix[], string>;
}
export type Wanted =
  | (Partial<Fact> & { readonly kind: string })
  | { readonly kind: "propagate-error" | "remove-call" | "move-before-listener" };

/** What the workspace offers to the holes of a recipe. Paths are as they should stand in the code. */
export interface Surroundings {
  readonly clientCa?: string;
  readonly crl?: string;
}
export interface SpelledFix {
  readonly title: string;
  readonly applicability: "safe" | "review";
  /** One entry a file; a remedy is written where its call stands, which need not be the finding's file. */
  readonly edits: readonly FileEdits[];
  /** Spans in the first file's edited text that the user should look at first (placeholder file names). */
  readonly placeholders: readonly Span[];
  /** Dependencies or features that the edited code needs and the manifest lacks. */
  readonly needs: readonly { readonly package: string; readonly versions: string; readonly features?: readonly string[] }[];
}

export function readCrate(input: ReadingInput): Reading {
  const { observations, endpoints, sites, intent, readsPeerIdentity, trace } = interpret(input);
  return {
    observations,
    endpoints,
    intent,
    readsPeerIdentity,
    trace,
    spell(observation, want, surroundings) {
      const site = sites[observation.handle];
      if (site === undefined) return err("the place of this observation is not known");
      return spell(input.crate === undefined ? site : { ...site, manifest: input.crate }, observation, want, surroundings, input.models);
    },
  };
}
