/** The state of a service: the world it reads, what it keeps of it, and what a change makes stale. */
import { triggers } from "../models/index.ts";
import { breath, Files, type Mentions, mentionsAny, type Package, Packages, RustSources } from "../project/index.ts";
import { rules } from "../rules/index.ts";
import { createRustParser, type RustParser } from "../rust/index.ts";
import type { LintHost, LintOptions } from "./api.ts";
import { Configurations } from "./configurations.ts";
import { ownRules } from "./own-rules.ts";
import type { RuleName } from "./settings.ts";
import { type Offer, searchOffers } from "./surroundings.ts";

export const ruleNames: readonly RuleName[] = [...rules, ...ownRules];
export const ruleIds: readonly string[] = ruleNames.map((it) => it.id);

export class Workspace {
  readonly host: LintHost;
  readonly files: Files;
  readonly packages: Packages;
  readonly configurations: Configurations;
  readonly sources: RustSources;
  readonly mentions: Mentions = mentionsAny(triggers);
  readonly #offers = new Map<string, Promise<readonly Offer[]>>();
  readonly #reported = new Set<string>();
  #options: LintOptions;
  #parser: Promise<RustParser> | undefined;
  #moment = 0;

  constructor(host: LintHost, options: LintOptions) {
    this.host = host;
    this.#options = options;
    this.files = new Files(host);
    this.packages = new Packages(this.files, options.roots, ({ path, message }) => this.#warnOnce(`${path}: ${message}`));
    this.configurations = new Configurations(this.files, this.packages, ruleNames, options, (message) => this.#warnOnce(message));
    this.sources = new RustSources(() => this.#rustParser());
  }

  get roots(): readonly string[] {
    return this.#options.roots;
  }

  /** Grows with every change that can concern findings of files other than the changed one. */
  get moment(): number {
    return this.#moment;
  }

  setOptions(options: LintOptions): void {
    this.#options = options;
    this.packages.forget(options.roots);
    this.configurations.forget(options);
    this.#stale();
  }

  /** Files changed on disk, or an open text that others depend on did. Empty: everything. */
  changed(paths: readonly string[]): void {
    this.files.forget(paths);
    this.packages.forget();
    this.configurations.forget();
    this.#stale();
  }

  #stale(): void {
    this.#offers.clear();
    this.#reported.clear();
    this.#moment++;
  }

  /** Files near a package that a fix could name. */
  offers(owner: Package | undefined, top: string, signal: AbortSignal | undefined): Promise<readonly Offer[]> {
    const folders = owner ? [owner.folder, owner.workspaceFolder] : [top];
    const key = folders.join("\n");
    const known = this.#offers.get(key);
    if (known) return known;
    // Somebody else may wait for the same search: one caller's signal must not end it for all.
    const search = searchOffers(folders, this.files, breath(undefined));
    this.#offers.set(key, search);
    signal?.throwIfAborted();
    return search;
  }

  dispose(): void {
    this.sources.dispose();
    this.#offers.clear();
  }

  #rustParser(): Promise<RustParser> {
    this.#parser ??= Promise.all([this.host.asset("web-tree-sitter.wasm"), this.host.asset("tree-sitter-rust.wasm")]).then(
      ([runtime, grammar]) => createRustParser({ runtime, grammar }),
    );
    return this.#parser;
  }

  #warnOnce(message: string): void {
    if (this.#reported.has(message)) return;
    this.#reported.add(message);
    this.host.log("warning", message);
  }
}
