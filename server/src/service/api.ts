/** What the surfaces (`lsp/`, `cli/`, tests) see of the product: plain data in, plain data out, the world injected. */
import type { Span } from "../base/span.ts";
import type { FileEdits, TextEdit } from "../base/text-edit.ts";
import type { CertificateFile, VerifyNatively } from "../pki/index.ts";
import type { Severity } from "../rules/rule.ts";
import type { Place, RelatedPlace } from "../tls/facts.ts";
import type { InspectionEntry, InspectWish } from "./certificates/api.ts";
import type { EffectiveSettings, SettingCompletion } from "./configuration/api.ts";
import type { ExplainedFact } from "./explained-fact.ts";
import type { Navigation } from "./navigation/api.ts";
import type { Overview } from "./overview/api.ts";
import type { ShownText } from "./shown-text.ts";

export type * from "./certificates/api.ts";
export type { ConfigurationFlaw, ConfigurationLine, SettingCompletion, SettingOrigin } from "./configuration/api.ts";
export type { HintWish, OutlineEntry } from "./navigation/api.ts";
export type { Listed, ListedCertificate, ListedEndpoint, ListedFinding } from "./overview/api.ts";
export type { ExplainedFact, Severity, ShownText };

/** The world. Paths are absolute, `/`-separated; on the editor's side they are made from URIs by `lsp/`. */
export interface LintHost {
  /** Undefined when there is no such file; an error when there is one that cannot be read. Links are followed; the service asks where to. */
  readFile(path: string): Promise<Uint8Array | { readonly unreadable: string } | undefined>;
  /** The first bytes of a file, all of them where there are fewer; without it files are read as a whole to see what they are. */
  readStart?(path: string, count: number): Promise<Uint8Array | { readonly unreadable: string } | undefined>;
  /** Entries of a folder; undefined when there is none. `link` marks symbolic links, `irregular` says what is neither file nor folder. */
  readFolder(
    path: string,
  ): Promise<readonly { readonly name: string; readonly folder: boolean; readonly link?: true; readonly irregular?: string }[] | undefined>;
  /** Milliseconds since 1970. */
  now(): number;
  /** Checks a signature at once, where the host has a library of its own for it; undefined where that lacks the algorithm. */
  readonly verifySignature?: VerifyNatively;
  log(level: "error" | "warning" | "info" | "trace", message: string): void;
  /** Of a host that keeps answers for later runs: until when they hold. */
  readonly horizon?: Horizon;
  /** The path with symbolic links resolved, so that a link in a project cannot lead outside of it; undefined when there is none or they form a loop. */
  realPath?(path: string): Promise<string | undefined>;
  /** Differs when a file or a folder has changed; undefined where there is none. For workspaces that nobody watches. */
  stamp?(path: string): Promise<string | undefined>;
  /** The nine permission bits of POSIX; undefined where there are none. */
  permissions?(path: string): Promise<number | undefined>;
  /** Sets them when the user asked for it; why not, where it failed. */
  setPermissions?(path: string, mode: number): Promise<string | undefined>;
  /** Creates a file that has these permissions from its first moment, on the user's word; why not, as where there is one of its name. */
  createFile?(path: string, text: string, mode: number): Promise<string | undefined>;
}

/** Answers change with the clock: each lowers the time until which all hold. */
export interface Horizon {
  /** Milliseconds since 1970. */
  readonly until: number;
  lower(until: number): void;
}

export interface LintOptions {
  /**
   * Workspace folders. Nothing outside of them is opened, whatever link leads there, except what a caller names itself, what the user's
   * own settings and the command line name, and the index of the git repository around them (`project/confinement.ts`).
   */
  readonly roots: readonly string[];
  /** A configuration file that wins over all others. */
  readonly configuration?: string;
  /**
   * All files are asked for, one after the other, and nobody changes them without a word: of one that the first look saw to say nothing no
   * second is taken, and fixes, which are all shown, are made while what they are made from is there.
   */
  readonly batch?: true;
  /** Nobody reads how findings in code are fixed, nor asks for a plan: no fix is made. */
  readonly withoutFixes?: true;
  /** Nobody says which files change on disk: `lookAgain` finds it out. */
  readonly unwatched?: true;
  /** Settings of the editor, below every configuration file. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly place: Place;
  /** What is wrong, with the guard quoted where one lowers the severity. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  /** Why, for which versions, what was assumed; what has a place is in `related`. */
  readonly notes: readonly string[];
  readonly related: readonly RelatedPlace[];
  /** Of an open document's finding made when first read: nobody waits for them while typing. */
  readonly fixes: readonly Fix[];
  /** Why there is no fix, where one could be expected. */
  readonly unfixed?: string | undefined;
  /** Where another certificate is needed: how to make it. */
  readonly reissue?: Reissue | undefined;
  /** It is not reported: who said so, and why. Of such findings there are no fixes. */
  readonly suppressed?: { readonly by: "comment" | "configuration" | "baseline"; readonly reason: string };
}
/** Commands for the user to run, each a text for `sh`. Without names from a file that a shell or a terminal could stumble over. */
export interface Reissue {
  readonly openssl: string;
  readonly step?: string;
}
export interface Fix {
  readonly title: string;
  /**
   * `safe`, to be applied with others and unseen: whoever talks with the program today still can, and it starts as before as long as its
   * own files are readable. All else that corrects a mistake needs `review`, because it may take a way in away. What takes `input` corrects the mistake once somebody has named
   * what nothing here tells. A `choice` corrects no mistake, or may break what works: it is for those who want what it makes.
   */
  readonly applicability: "safe" | "review" | "input" | "choice";
  readonly preferred: boolean;
  /** One entry a file: all of them are changed, or none. The first is the code's, which need not be the finding's file. */
  readonly edits: readonly FileEdits[];
  /** The texts that the edits are stated against, by file, as far as others than the finding's may be among them. */
  readonly against?: ReadonlyMap<string, string>;
  /** Spans in the first file's edited text where a placeholder waits for the user. */
  readonly placeholders: readonly Span[];
  /** Sentences that the user should read: a feature or dependency to add. */
  readonly notes: readonly string[];
  /** The permissions that a file gets instead of its present ones. */
  readonly permissions?: { readonly file: string; readonly mode: number };
  /** A file that is made with the edits, both or neither, and only where there is none of its name. Never printed. */
  readonly creates?: { readonly file: string; readonly text: string; readonly mode: number };
  /** The file holds a private key: its lines must not be printed, not even around an edit. */
  readonly secret?: true;
  /** Names that the fix takes along because nothing uses them any more: no other fix of the same round may count on them. */
  readonly gone?: readonly string[];
  /** Names that it uses less often, and how often they were there: fixes that together use none of them any more follow each other. */
  readonly lost?: ReadonlyMap<string, { readonly lost: number; readonly had: number }>;
  /** Which recipe of the models it comes from, for those who prove them. */
  readonly recipe?: string;
}

export interface FileReport {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** What would be found, and comments or the configuration say nothing of: it is counted, so that no weakening goes unseen. */
  readonly suppressed?: readonly Finding[];
  /** Nothing is left out without a word: a file without findings and without gaps was analysed, and is clean. */
  readonly gaps: readonly Gap[];
}

/**
 * Something that was not analysed. `failed`: it was asked for and could not be, or a bound was hit where a decision about TLS depends
 * on it. `out of reach`: nothing here can see it, such as generated code and other platforms. `skipped`: it is no kind of file that
 * is linted, or the configuration excludes it.
 */
export interface Gap {
  readonly file: string;
  readonly kind: "failed" | "out of reach" | "skipped";
  readonly reason: string;
  /** The part of the file; without it the whole file or folder. */
  readonly span?: Span;
  /** The configuration knows of it: why that is in order. */
  readonly acknowledged?: string;
}

/** What is to be fixed. */
export interface FixWish {
  /** With `review`, fixes that a person has to look at count, too; with `choice`, all. */
  readonly allowed: Fix["applicability"];
  /** Fixes that the asker cannot carry out, or does not want, are left out. */
  accepts?(fix: Fix, finding: Finding): boolean;
  /** Why a file with this text must not be changed; fixes that would are left out. */
  refusal?(file: string, text: string): string | undefined;
}
/** One file from what it is to what the fixes make of it. */
export interface FixedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly TextEdit[];
}
/** What becomes of files when their fixes are made one after the other until none is left. */
export interface FixPlan {
  readonly applied: readonly { readonly finding: Finding; readonly fix: Fix }[];
  /** Files that fixes change together: all of a group, or none. */
  readonly groups: readonly (readonly FixedFile[])[];
  /** What is found in the fixed texts, file by file. */
  readonly left: readonly FileReport[];
  /** Files that must not be changed, and why. */
  readonly blocked: ReadonlyMap<string, string>;
}

export interface Hover {
  readonly span: Span;
  /** Markdown; everything that came from a file is escaped. */
  readonly markdown: string;
}

/** A certificate file, for hover, `inspect` and trees. All strings are raw: each surface escapes for itself. */
export interface Inspection {
  readonly file: string;
  readonly entries: readonly InspectionEntry[];
  readonly findings: readonly Finding[];
  readonly notAnalysed?: string;
  /** How its bytes are written. */
  readonly format?: CertificateFile["format"];
  /** Objects beyond those that were wished for. */
  readonly more?: number;
  /** It is a PKCS#12 of which a password would show more. */
  readonly sealed?: true;
}

/** When something in a certificate file ends. All strings are raw, as in an inspection. */
export interface Expiry {
  readonly file: string;
  readonly span: Span;
  /** `leaf certificate`, `revocation list`. */
  readonly kind: string;
  /** Of a list, who issued it. */
  readonly subject: string;
  readonly issuer: string;
  readonly serial?: string;
  readonly fingerprint: string;
  /** Milliseconds since 1970. */
  readonly end: number;
}

/** `gaps`: what may hold more. */
export interface FileExpiries {
  readonly expiries: readonly Expiry[];
  readonly gaps: readonly Gap[];
}

/** Why something is, or is not, reported on a line. */
export interface Explanation {
  /** What holds for the file as a whole: it is left out, not analysed, or nothing in it is about TLS. */
  readonly file: readonly string[];
  /** Of the line, those among them that are suppressed. */
  readonly findings: readonly Finding[];
  /** What is known of the line. */
  readonly facts: readonly ExplainedFact[];
  /** Lines of the file of which something is known, counted from 1. */
  readonly known: readonly number[];
}
export interface LintService {
  /** The text of an open document replaces the file's until it is closed. `changes` allow incremental parsing. */
  open(file: string, text: string): void;
  change(file: string, text: string, changes: readonly { readonly span: Span; readonly text: string }[] | undefined): void;
  close(file: string): void;
  /** Files changed, appeared or vanished on disk: caches of what depends on them are dropped. Empty: everything. */
  invalidate(files: readonly string[]): void;
  /** In a workspace that nobody watches: whether something changed on disk of what was read there; it is forgotten. */
  lookAgain(): Promise<boolean>;
  setOptions(options: LintOptions): void;
  /** The settings that hold for a file as TOML, the files that say them from the weakest on, and whether they leave the file out. */
  configurationOf(file: string): Promise<EffectiveSettings>;
  /** Keys and values that fit at an offset of a `tlslint.toml`, or of a table of settings in a `Cargo.toml`. */
  settingCompletions(file: string, offset: number): Promise<readonly SettingCompletion[]>;
  /** Why the configuration that the options name cannot be used as it is. */
  configurationFault(): Promise<string | undefined>;
  /** Lints one file, by its content: Rust, PEM or DER, `tlslint.toml`, `Cargo.toml`, other TOML, `.env`. */
  lint(file: string, signal?: AbortSignal): Promise<FileReport>;
  /** Of `files`, those that changed and those whose findings may follow from what changed or is gone. */
  dependents(changed: readonly string[], files: readonly string[]): Promise<ReadonlySet<string>>;
  /** The files under a folder (or the file itself) that are worth linting: ignore rules honoured, sorted. */
  files(path: string, signal?: AbortSignal): Promise<{ readonly files: readonly string[]; readonly gaps: readonly Gap[] }>;
  hover(file: string, offset: number, signal?: AbortSignal): Promise<Hover | undefined>;
  readonly navigation: Navigation;
  readonly overview: Overview;
  inspect(file: string, signal?: AbortSignal, wish?: InspectWish): Promise<Inspection>;
  /** Whether a file lies in the workspace's folders, wherever links lead; of others only what a user named is opened. */
  isInRoots(file: string): Promise<boolean>;
  /** Why something is, or is not, reported on a line, counted from 1. */
  explain(file: string, line: number): Promise<Explanation>;
  /** When the certificates and revocation lists of a file end; none of a file of another kind. */
  expiries(file: string): Promise<FileExpiries>;
  /** How to issue the certificates of a file again: those that a finding asks another for, else the first. */
  reissue(file: string, signal?: AbortSignal): Promise<readonly Reissue[] | { readonly refused: string }>;
  /** Makes the fixes of some files on copies of the texts: nothing is changed, here or on disk. */
  planFixes(files: readonly string[], wish: FixWish, signal?: AbortSignal): Promise<FixPlan>;
  /** Work on a fork of this service: what is opened, named and found out there is seen by it alone, and gone when the work ends. */
  aside<T>(work: (fork: LintService) => Promise<T>): Promise<T>;
  /** "Allow with a reason": the edits that suppress a finding, at its place and in its whole file. */
  suppressions(file: string, finding: Finding): Promise<readonly Fix[]>;
  /** Its rule switched off in the `tlslint.toml` that holds for the file; in a new one where there is none. */
  switchOff(file: string, finding: Finding): Promise<Fix | undefined>;
  /** Text of a file as the service sees it now (open document or disk). */
  text(file: string): Promise<string | undefined>;
  /** The same as it may be shown: unit for unit, private keys blotted out. */
  shownText(file: string): Promise<ShownText | undefined>;
  /** Whether the host can set the permissions of files. */
  readonly setsPermissions: boolean;
  /** On the user's word only. Undefined when it is done, else why not. */
  setPermissions(file: string, mode: number): Promise<string | undefined>;
  /** Likewise, whether and that it makes one that is not there yet. */
  readonly createsFiles: boolean;
  createFile(file: string, text: string, mode: number): Promise<string | undefined>;
  dispose(): void;
}
