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
import type { Endpoint, Fact, FactKind, IntentSign, Observation, Place } from "../tls/facts.ts";
import type { interesting } from "./entries.ts";
import { interpret } from "./interpret.ts";
import { spell } from "./spelling/index.ts";

export { ACCEPTING, CONNECTING, isOffer, LEAVES_CLIENT, LEAVES_NAME, OF_CERTIFICATE } from "./lexicon.ts";
export type { Link } from "./links.ts";
export { type BodyOutline, type Outline, outlineOf } from "./outline.ts";
export { EditedSource } from "./spelling/edited-source.ts";
export { layoutAfter } from "./spelling/layout-after.ts";
export { type EditedFile, leftoversOf } from "./spelling/leftovers.ts";
export { panicsIn } from "./spelling/panics.ts";
export { guardsAt } from "./standing.ts";

/** Files that are read together: a file on its own, or those of one or more crates of a workspace that lead to each other. */
export interface ReadingInput {
  /** In an order that does not change from run to run. */
  readonly files: readonly SourceFile[];
  readonly models: readonly CrateModel[];
}

export interface SourceFile {
  readonly name: string;
  readonly file: RustFile;
  /** `crate::tls::server` as `["tls", "server"]`. */
  readonly modulePath: readonly string[];
  readonly testCode: boolean;
  /** It is shown, not run. */
  readonly example?: boolean;
  /** Keys of the bodies in which reading begins; none for a file that is read for what the others use of it, undefined for all. */
  readonly begins?: ReadonlySet<string> | undefined;
  /** Names of its fields that files elsewhere have, too: somebody may take what they hold there. */
  readonly named?: ReadonlySet<string> | undefined;
  /** Keys of those of its functions that something calls, of which names tell what they ask for; undefined where that is not known. */
  readonly called?: ReadonlySet<string> | undefined;
  /** The same object for all files of a crate; undefined without a manifest. */
  readonly crate?: ReadCrate | undefined;
}

/** What the manifest and the lock file say of a crate. */
export interface ReadCrate {
  /** By which others may depend on it; none for tests, examples and other crates that nobody can depend on. */
  readonly library?: string;
  /** Dependency name in code → package. */
  readonly dependencies: ReadonlyMap<
    string,
    {
      readonly package: string;
      readonly version?: string;
      readonly locked?: boolean;
      readonly own?: true;
      readonly features?: ReadonlySet<string>;
    }
  >;
  /** Versions by package name, newest first. */
  readonly versions: ReadonlyMap<string, readonly string[]>;
  /** Features that are on by default, transitively; every feature that exists. */
  readonly defaultFeatures: ReadonlySet<string>;
  readonly features: ReadonlySet<string>;
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
  | { readonly kind: FactKind }
  | { readonly kind: "propagate-error" | "remove-call" | "move-before-listener" };

/** What the workspace offers to the holes of a recipe. Paths are as they should stand in the code. */
export interface Surroundings {
  readonly clientCa?: string;
  /** The revocation list of the CAs in these files, as the code names them; for a server that of the workspace's client CA, where none is one. */
  readonly crlOf?: (files: readonly string[], role: "server" | "client") => string | undefined;
  /** Every revocation list near the code, whoever issued it. */
  readonly lists?: readonly string[];
  /** Which files of the workspace have a word; undefined where they are not known. */
  readonly namedIn?: (word: string) => readonly string[];
  /** The manifest that what a remedy needs is added to; `workspace`: the text of the workspace's, where that is another file. */
  readonly manifest?: { readonly file: string; readonly text: string; readonly workspace?: string };
}
export type Lacking = "client-ca" | "crl" | "server-crl" | "server-ca" | "own-chain" | "own-key";
export interface SpelledFix {
  readonly title: string;
  /** What it is called where its edits make the program panic, if that is all that they do. */
  readonly panicking?: string;
  readonly applicability: "safe" | "review";
  /** One entry a file; a remedy is written where its call stands, which need not be the finding's file. */
  readonly edits: readonly FileEdits[];
  /** Spans in the first file's edited text that the user should look at first (placeholder file names). */
  readonly placeholders: readonly Span[];
  /** Dependencies or features that the edited code needs and the manifest lacks. */
  readonly needs: readonly { readonly package: string; readonly versions: string; readonly features?: readonly string[] }[];
  /** Which recipe it is, for proofs: the crate's package and the recipe's number in its model, from 0. Absent where none was needed. */
  readonly recipe?: string;
  /** Files that the workspace lacks, whose names in the edited text are inventions. */
  readonly lacks: readonly Lacking[];
}

export function readTogether(input: ReadingInput, choose?: typeof interesting): Reading {
  const crates = new Map(input.files.map((it) => [it.name, it.crate]));
  const { observations, endpoints, sites, intent, readsPeerIdentity, trace } = interpret(input, choose);
  return {
    observations,
    endpoints,
    intent,
    readsPeerIdentity,
    trace,
    spell(observation, want, surroundings) {
      const site = sites[observation.handle];
      if (site === undefined) return err("the place of this observation is not known");
      const manifest = crates.get(site.file);
      return spell(manifest === undefined ? site : { ...site, manifest }, observation, want, surroundings, input.models);
    },
  };
}
