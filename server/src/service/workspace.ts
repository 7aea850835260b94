/** The state of a service: the world it reads, what it keeps of it, and what a change makes stale. */
import { switchNames } from "../analysis/named-switches.ts";
import { HEADER_TRIGGERS } from "../models/identity-headers.ts";
import { seeds } from "../models/seeds.ts";
import { mentionsKey } from "../pki/keys/mentions.ts";
import {
  breath,
  Confinement,
  type Content,
  Files,
  fingerprint,
  GitIndexes,
  Nomination,
  type Package,
  Packages,
  RustSources,
  StampedDisk,
  type WalkRules,
} from "../project/index.ts";
import type { ScannedFile } from "../rust/index.ts";
import { mentionsConnection } from "../settings/connections.ts";
import type { LintHost, LintOptions } from "./api.ts";
import { RustCode } from "./code/rust-code.ts";
import { Configurations } from "./configuration/configurations.ts";
import type { Offer } from "./fixes/offers.ts";
import { ruleNames } from "./rule-names.ts";

/** Connection strings and comments for us stand in files that say nothing else about TLS. */
export const speaksToUs = (text: string): boolean => text.includes("tlslint") || mentionsConnection(text);

const nomination = new Nomination(seeds, switchNames, HEADER_TRIGGERS);

export class Workspace {
  readonly host: LintHost;
  /** What of the host's disk may be opened. */
  readonly disk: Confinement;
  readonly files: Files;
  readonly packages: Packages;
  readonly configurations: Configurations;
  readonly sources: RustSources;
  readonly rust: RustCode;
  readonly gitIndexes: GitIndexes;
  readonly #stamped: StampedDisk;
  readonly #offers: Map<string, Promise<readonly Offer[]>>;
  readonly #reported: Set<string>;
  #options: LintOptions;
  #moment: number;

  /** `from`: what it knows is known, and need not be found out again. */
  constructor(host: LintHost, options: LintOptions, from?: Workspace) {
    this.host = host;
    this.#options = options;
    this.#offers = new Map(from ? from.#offers : []);
    this.#reported = new Set(from ? from.#reported : []);
    this.#moment = from ? from.#moment : 0;
    this.#stamped = from ? from.#stamped : new StampedDisk(host);
    this.#stamped.keeps = options.unwatched === true;
    // What a fork reads, nobody asks it to look at again.
    this.disk = from ? from.disk.fork(host) : new Confinement(options.batch ? host : this.#stamped, options.roots);
    if (options.configuration !== undefined) this.disk.name(options.configuration);
    this.files = new Files(this.disk, from?.files);
    this.gitIndexes = new GitIndexes(this.disk, from?.gitIndexes);
    const warn = (message: string): void => this.warnOnce(message);
    this.packages = new Packages(this.files, options.roots, ({ path, message }) => warn(`${path}: ${message}`), from?.packages);
    this.configurations = new Configurations(this.files, this.packages, ruleNames, options, warn, from?.configurations);
    this.sources = new RustSources((path) => this.files.isOpen(path), from?.sources);
    this.rust = new RustCode(this, from?.rust);
  }

  /** A workspace that begins as this one is now: what is opened in it, and what follows from that, is seen by it alone. */
  fork(): Promise<Workspace> {
    return this.rust.settled(() => new Workspace(this.host, this.#options, this));
  }

  get walkRules(): WalkRules {
    return {
      roots: this.roots,
      excluded: (path, folder) => this.configurations.excluded(path, folder),
      tracked: (folder) => this.gitIndexes.around(folder),
    };
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
    this.#stamped.keeps = options.unwatched === true;
    this.disk.setRoots(options.roots);
    if (options.configuration !== undefined) this.disk.name(options.configuration);
    this.packages.forget(options.roots);
    this.configurations.forget(options);
    this.rust.forgetAll();
    this.#stale();
  }

  /** Files changed on disk, or an open text that others depend on did. Empty: everything. */
  changed(paths: readonly string[]): void {
    this.disk.forget();
    this.gitIndexes.forget();
    this.files.forget(paths);
    this.packages.forget();
    this.configurations.forget();
    this.rust.forget(paths);
    this.#stale();
  }

  /** What differs from what was read, as `changed` takes it; undefined: nothing that is known of. */
  changedOnDisk(): Promise<readonly string[] | undefined> {
    return this.#stamped.changed();
  }

  /** Whether a text is worth a scan for that. */
  mayMentionTls(text: string, owner: Package | undefined): boolean {
    return nomination.mayNominate(text, owner);
  }

  /** Whether a file may say anything about TLS: others are not parsed. */
  mentionsTls(scanned: ScannedFile, text: string, owner: Package | undefined): boolean {
    return nomination.nominates(scanned, text, owner);
  }

  /** Files are as they were first seen, until somebody says otherwise. */
  get inBatch(): boolean {
    return this.#options.batch === true;
  }

  /** Whether fixes are made with the findings, while what they are made from is there: all are wanted, and nobody types. */
  fixesAtOnce(files: readonly { readonly name: string }[]): boolean {
    return this.inBatch && !files.some((it) => this.files.isOpen(it.name));
  }

  /** Whether anybody may read how findings in code are fixed. */
  get makesFixes(): boolean {
    return this.#options.withoutFixes !== true;
  }

  /** Whether a text says something whatever its code does: to us, of a connection, by a key. */
  speaks(text: string): boolean {
    return speaksToUs(text) || mentionsKey(text);
  }

  /** A file has this content now, whoever changed it. */
  async notice(path: string, content: Content): Promise<void> {
    if (this.files.isOpen(path)) return;
    const now = fingerprint(content);
    const kept = this.files.kept(path);
    const known = [this.rust.fingerprintOf(path), kept && fingerprint(await kept)];
    if (known.every((it) => it === undefined || it === now)) return;
    this.files.forget([path]);
    this.rust.forget([path]);
  }

  #stale(): void {
    this.#offers.clear();
    this.#reported.clear();
    this.#moment++;
  }

  /** Files near a package that a fix could name. */
  offers(owner: Package | undefined, top: string): Promise<readonly Offer[]> {
    const folders = owner ? [owner.folder, owner.workspaceFolder] : [top];
    const key = folders.join("\n");
    const known = this.#offers.get(key);
    if (known) return known;
    const search = import("./fixes/offers.ts").then((it) => it.searchOffers(folders, this.files, breath(undefined)));
    this.#offers.set(key, search);
    return search;
  }

  dispose(): void {
    this.sources.dispose();
    this.#offers.clear();
  }

  warnOnce(message: string): void {
    if (this.#reported.has(message)) return;
    this.#reported.add(message);
    this.host.log("warning", message);
  }
}
