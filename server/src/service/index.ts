/**
 * The product behind one factory: files in, findings, fixes, hovers and inspections out, the world injected. `lsp/` and `cli/`
 * only translate. This file holds the life of a service and what it remembers; each capability has a file of its own.
 */
import { DAY } from "../base/duration.ts";
import { LARGEST_TOML } from "../cargo/index.ts";
import { absence, breath, bytesOf, type Content, fingerprint, kindByName, kindOf, textOf, walk } from "../project/index.ts";
import type {
  FileReport,
  Finding,
  Fix,
  FixPlan,
  FixWish,
  Gap,
  Hover,
  Inspection,
  InspectWish,
  LintHost,
  LintOptions,
  LintService,
  Reissue,
} from "./api.ts";
import type { CertificateContext, Certificates } from "./certificates/certificates.ts";
import { Uses } from "./certificates/uses.ts";
import { isSilentAsSeen, lintSilent } from "./code/lint-silent.ts";
import type { FileUse } from "./code/unit-lint.ts";
import { contained } from "./contained.ts";
import { EdgeSide } from "./edge/edge-side.ts";
import { finishedReport, type Kept } from "./finished-report.ts";
import { acknowledged } from "./gaps.ts";
import type { HoverInput } from "./hover.ts";
import { lintManifest, lintSettings } from "./lint-settings.ts";
import { lintToml } from "./lint-toml.ts";
import { Listing } from "./listing.ts";
import { EXCLUDED, missed } from "./missed.ts";
import type { Navigation } from "./navigation/api.ts";
import { createNavigation } from "./navigation/navigation.ts";
import { createOverview } from "./overview/overview.ts";
import { hostWithoutKeys, withoutWholeKeys } from "./redaction.ts";
import { ShownText } from "./shown-text.ts";
import { switchedOff } from "./suppressions.ts";
import { Workspace } from "./workspace.ts";

export type * from "./api.ts";

export async function createLintService(host: LintHost, options: LintOptions): Promise<LintService> {
  return new Service(new Workspace(hostWithoutKeys(host), options));
}

class Service implements LintService {
  readonly navigation: Navigation;
  readonly overview: LintService["overview"];
  readonly #workspace: Workspace;
  readonly #listing: Listing;
  readonly #uses: Uses;
  /** Undefined until something is asked of a certificate file. */
  #certificates: Certificates | undefined;
  readonly #edges: EdgeSide;
  readonly #kept: Map<string, Kept>;
  readonly #withLinks: Map<string, { readonly moment: string; readonly report: FileReport }>;
  /** Grows with every change of Rust code: it concerns the files that are read with it, and the certificate files that it names. */
  #codeMoment: number;

  /** `from`: the service whose workspace this one's was forked from. */
  constructor(workspace: Workspace, from?: Service) {
    this.#workspace = workspace;
    this.#listing = new Listing(workspace, from ? from.#listing : undefined);
    this.#edges = new EdgeSide(workspace, this.#listing, () => `${workspace.moment} ${this.#codeMoment}`);
    this.#uses = new Uses(
      workspace,
      this.#listing,
      async (file, signal) => (await this.#lint(file, signal)).uses,
      from ? from.#uses : undefined,
    );
    this.navigation = createNavigation(workspace, this.#uses, this.#listing, (file, signal) => this.lint(file, signal));
    this.overview = createOverview(this.#certificateContext, this.#edges, async () => (await this.#certificateSide()).inventory);
    this.#certificates = from === undefined ? undefined : from.#certificates?.fork(this.#certificateContext);
    this.#kept = new Map(from ? from.#kept : []);
    this.#withLinks = new Map(from ? from.#withLinks : []);
    this.#codeMoment = from ? from.#codeMoment : 0;
  }

  open(file: string, text: string): void {
    this.#workspace.disk.nameOutside(file);
    this.#setOpen(file, text);
  }

  change(file: string, text: string): void {
    this.#setOpen(file, text);
  }

  close(file: string): void {
    this.#setOpen(file, undefined);
    this.#workspace.sources.drop(file);
  }

  #setOpen(file: string, text: string | undefined): void {
    if (text !== undefined && this.#workspace.files.openText(file) === text) return;
    this.#workspace.files.setOpen(file, text);
    this.#uses.forget([file]);
    if (kindByName(file) !== "rust") this.#workspace.changed([file]);
    else {
      this.#workspace.rust.forget([file]);
      this.#codeMoment++;
    }
  }

  invalidate(files: readonly string[]): void {
    this.#workspace.changed(files);
    this.#listing.forget();
    this.#uses.forget(files);
    this.#certificates?.forget(files);
    this.#withLinks.clear();
    if (files.length === 0) this.#kept.clear();
    for (const file of files) this.#kept.delete(file);
  }

  async lookAgain(): Promise<boolean> {
    const changed = await this.#workspace.changedOnDisk();
    if (changed !== undefined) this.invalidate(changed);
    return changed !== undefined;
  }

  setOptions(options: LintOptions): void {
    this.#workspace.setOptions(options);
    this.#listing.forget();
    this.#uses.forget([]);
    this.#certificates?.forget([]);
  }

  configurationFault(): Promise<string | undefined> {
    return this.#workspace.configurations.fault();
  }

  async lint(file: string, signal?: AbortSignal): Promise<FileReport> {
    this.#workspace.disk.nameOutside(file);
    const { report, uses, key } = await this.#lint(file, signal);
    if (uses.length === 0) return report;
    const linked = () => this.#linked(file, report, uses, key, signal);
    return contained(this.#workspace.host, file, signal, linked, (gap) => ({ ...report, gaps: [...report.gaps, gap] }));
  }

  /** Code that reads files is judged again with what is wrong with them: that is known only once all code was read. */
  async #linked(
    file: string,
    report: FileReport,
    uses: readonly FileUse[],
    key: string,
    signal: AbortSignal | undefined,
  ): Promise<FileReport> {
    const workspace = this.#workspace;
    const known = this.#withLinks.get(file);
    const moment = `${this.#codeMoment} ${key}`;
    if (known?.moment === moment) return known.report;
    const { linkFindings } = await import("./certificates/link-findings.ts");
    const found = await linkFindings(file, uses, {
      workspace,
      resolve: (path, from) => this.#uses.resolve(path, from),
      lint: (it) => this.#lintFor(file, it, signal),
      told: async (it) => (await this.#lint(it, signal)).report,
    });
    const { settings } = await workspace.configurations.of(file);
    const linked = found.flatMap((it): readonly Finding[] => [settings.rules.get(it.rule) === "off" ? switchedOff(it) : it]);
    const text = textOf(await workspace.files.read(file))?.text;
    const { lintRust } = await import("./code/lint-rust.ts");
    const made = linked.length === 0 || text === undefined ? undefined : await lintRust(workspace, file, text, signal, linked);
    const whole =
      made === undefined
        ? report
        : await finishedReport(this.#workspace, { ...report, findings: await this.#edges.joined(made.findings) }, () => this.text(file));
    signal?.throwIfAborted();
    this.#withLinks.set(file, { moment, report: whole });
    return whole;
  }

  async files(path: string, signal?: AbortSignal): ReturnType<LintService["files"]> {
    this.#workspace.disk.name(path);
    const found = await walk(path, this.#workspace.files, this.#workspace.walkRules, breath(signal));
    const gaps = [
      ...found.unreadable.map(({ path: file, reason }): Gap => ({ file, kind: "failed", reason })),
      ...found.beyond.map(({ path: file, reason }): Gap => ({ file, kind: "out of reach", reason })),
      ...found.excluded.map((file): Gap => ({ file, kind: "skipped", reason: EXCLUDED })),
    ];
    return { files: await this.#withNamed(path, found.files), gaps: await acknowledged(gaps, this.#workspace.configurations) };
  }

  /** With what the code of a folder names as parts of its crates, wherever that lies in it. */
  async #withNamed(folder: string, files: readonly string[]): Promise<readonly string[]> {
    const { rust, configurations } = this.#workspace;
    if (files.length === 1 && files[0] === folder) return files;
    const all = new Set(files);
    for (const path of files.some((it) => kindByName(it) === "rust") ? await rust.namedBelowFolder(folder) : [])
      if (!all.has(path) && !(await configurations.excluded(path))) all.add(path);
    return all.size === files.length ? files : [...all].sort();
  }

  async hover(file: string, offset: number, signal?: AbortSignal): Promise<Hover | undefined> {
    const content = await this.#contentOf(file);
    const { findings } = await this.lint(file, signal);
    const input: HoverInput = {
      workspace: this.#workspace,
      file,
      offset,
      findings,
      lint: async (it) => (await this.lint(it, signal)).findings,
      resolve: (path, from) => this.#uses.resolve(path, from),
      uses: (it) => this.#uses.of(it, signal),
      ways: () => this.#edges.ways(file, offset, findings),
    };
    const bytes = bytesOf(content);
    if (!bytes) return undefined;
    const text = textOf(content)?.text;
    const { certificateHover, codeHover } = await import("./hover.ts");
    const made =
      (await kindOf(file, bytes)) === "certificates"
        ? await certificateHover(input, bytes, (await this.#certificateSide()).inventory)
        : text === undefined
          ? undefined
          : await codeHover(input, text, async () => (await this.#certificateSide()).inventory);
    return made && { ...made, markdown: withoutWholeKeys(made.markdown) };
  }

  async inspect(file: string, signal?: AbortSignal, wish: InspectWish = {}): Promise<Inspection> {
    this.#workspace.disk.name(file);
    return (await this.#certificateSide()).inspect(file, signal, wish);
  }

  isInRoots(file: string): Promise<boolean> {
    return this.#workspace.disk.isInRoots(file);
  }

  async reissue(file: string, signal?: AbortSignal): Promise<readonly Reissue[] | { readonly refused: string }> {
    this.#workspace.disk.name(file);
    return (await this.#certificateSide()).reissue(file, signal);
  }

  async configurationOf(file: string): ReturnType<LintService["configurationOf"]> {
    const { effectiveSettings } = await import("./configuration/printed.ts");
    return effectiveSettings(this.#workspace, file, (it) => this.text(it));
  }

  async settingCompletions(file: string, offset: number): ReturnType<LintService["settingCompletions"]> {
    const { settingCompletions } = await import("./configuration/assist.ts");
    return settingCompletions({ file, text: (await this.text(file)) ?? "" }, offset);
  }

  async explain(file: string, line: number): ReturnType<LintService["explain"]> {
    const { explain } = await import("./explain.ts");
    return explain(this.#workspace, { report: await this.lint(file), text: await this.text(file) }, line);
  }

  async expiries(file: string): ReturnType<LintService["expiries"]> {
    return (await this.#certificateSide()).expiries(file);
  }

  /** A certificate file as the crate of some code sees it. */
  async #lintFor(code: string, file: string, signal: AbortSignal | undefined): Promise<FileReport> {
    const { report } = await this.#lint(file, signal);
    return (await this.#certificateSide()).lintFor(code, report, signal);
  }

  async #certificateSide(): Promise<Certificates> {
    if (this.#certificates !== undefined) return this.#certificates;
    const { Certificates: Made } = await import("./certificates/certificates.ts");
    this.#certificates ??= new Made(this.#certificateContext);
    return this.#certificates;
  }

  get #certificateContext(): CertificateContext {
    return {
      workspace: this.#workspace,
      listing: this.#listing,
      uses: this.#uses,
      lint: (file, signal) => this.lint(file, signal),
      text: (file) => this.text(file),
    };
  }

  /** As those who compare certificate files have read it. */
  async #contentOf(file: string): Promise<Content> {
    return this.#certificates?.inventory.contentOf(file) ?? this.#workspace.files.read(file);
  }

  async dependents(changed: readonly string[], files: readonly string[]): Promise<ReadonlySet<string>> {
    const { dependentsOf } = await import("./dependents.ts");
    return dependentsOf(changed, files, { workspace: this.#workspace, listing: this.#listing, uses: this.#uses });
  }

  /** Files whose findings follow from these: of the others nothing is said. Undefined: any, since some of these are no Rust. */
  async concerned(files: readonly string[]): Promise<ReadonlySet<string> | undefined> {
    if (files.some((it) => kindByName(it) !== "rust")) return undefined;
    const { filesToldOf } = await import("./code/lint-rust.ts");
    const found = new Set<string>();
    for (const file of files) for (const it of await filesToldOf(this.#workspace, file)) found.add(it);
    return found;
  }

  /** Worked out on a fork, whose open documents are the fixed texts. */
  async planFixes(files: readonly string[], wish: FixWish, signal?: AbortSignal): Promise<FixPlan> {
    return this.aside(async (fork) => (await import("./fixes/plan-fixes.ts")).planFixes(files, wish, fork, signal));
  }

  async aside<T>(work: (fork: Service) => Promise<T>): Promise<T> {
    const fork = new Service(await this.#workspace.fork(), this);
    try {
      return await work(fork);
    } finally {
      fork.dispose();
    }
  }

  async suppressions(file: string, finding: Finding): Promise<readonly Fix[]> {
    const bytes = bytesOf(await this.#workspace.files.read(file));
    return bytes === undefined ? [] : (await import("./allow.ts")).allowFixesIn(file, bytes, await this.text(file), finding);
  }

  async switchOff(file: string, finding: Finding): Promise<Fix | undefined> {
    return (await import("./switch-off-fix.ts")).switchOffFix(this.#workspace, file, finding);
  }

  async text(file: string): Promise<string | undefined> {
    const content = await this.#contentOf(file);
    // Whatever an open document holds, its places are places in it.
    if (content.kind === "open") return content.text;
    const bytes = bytesOf(content);
    if (bytes && (await kindOf(file, bytes)) === "certificates") return (await this.#certificateSide()).textOf(file, content, bytes);
    const decoded = textOf(content);
    return decoded?.binary === undefined ? decoded?.text : undefined;
  }

  async shownText(file: string): Promise<ShownText | undefined> {
    const text = await this.text(file);
    return text === undefined ? undefined : new ShownText(text);
  }

  get setsPermissions(): boolean {
    return this.#workspace.host.setPermissions !== undefined;
  }

  async setPermissions(file: string, mode: number): Promise<string | undefined> {
    const { host, files } = this.#workspace;
    if (host.setPermissions === undefined) return "this host has no permissions";
    return (await files.mayOpen(file)) ? host.setPermissions(file, mode) : "it is a link that leads out of the workspace";
  }

  get createsFiles(): boolean {
    return this.#workspace.host.createFile !== undefined;
  }

  async createFile(file: string, text: string, mode: number): Promise<string | undefined> {
    const { host } = this.#workspace;
    return host.createFile === undefined ? "this host creates no files" : host.createFile(file, text, mode);
  }

  dispose(): void {
    this.#workspace.dispose();
    this.#kept.clear();
    this.#withLinks.clear();
  }

  async #lint(file: string, signal: AbortSignal | undefined): Promise<Kept> {
    signal?.throwIfAborted();
    const workspace = this.#workspace;
    if (await isSilentAsSeen(workspace, file, signal)) return { key: "", report: { file, findings: [], gaps: [] }, uses: [] };
    const content = await this.#contentOf(file);
    const key = [workspace.moment, this.#codeMoment, Math.floor(workspace.host.now() / DAY), fingerprint(content)].join(" ");
    const known = this.#kept.get(file);
    if (known?.key === key) return known;
    await workspace.notice(file, content);
    const analysed = () => this.#analyse(file, content, signal);
    const made = await contained(workspace.host, file, signal, analysed, (gap) => ({
      report: { file, findings: [], gaps: [gap] },
      uses: [],
    }));
    const kept = { key, report: await finishedReport(workspace, made.report, () => this.text(file)), uses: made.uses };
    // A caller that gave up, or a change meanwhile, must not leave an answer to another question.
    signal?.throwIfAborted();
    this.#kept.set(file, kept);
    return kept;
  }

  async #analyse(file: string, content: Content, signal: AbortSignal | undefined): Promise<Omit<Kept, "key">> {
    const bytes = bytesOf(content);
    const kindOfGap = content.kind === "unreadable" && content.outside ? "out of reach" : "failed";
    if (!bytes) return missed(file, kindOfGap, absence(content) ?? "there is nothing to read");
    const workspace = this.#workspace;
    if (await workspace.configurations.excluded(file)) return missed(file, "skipped", EXCLUDED);
    const byContent = await kindOf(file, bytes);
    const kind = ["text", "other"].includes(byContent) && workspace.rust.isNamed(file) ? "rust" : byContent;
    if (kind === "certificates") {
      const certificates = await this.#certificateSide();
      return { report: { file, ...(await certificates.lint(file, content, bytes, signal)) }, uses: [] };
    }
    if (kind === "other") return missed(file, "skipped", "it is no kind of file that tlslint reads");
    const silent = kind === "rust" ? await lintSilent(workspace, file, content, signal) : undefined;
    if (silent !== undefined) return { report: { file, findings: [], gaps: silent }, uses: [] };
    const decoded = textOf(content);
    if (!decoded || decoded.binary !== undefined) return missed(file, "failed", decoded?.binary ?? "there is nothing to read");
    const { text, damage } = decoded;
    if (kind === "text") {
      const { lintText } = await import("./embedded-keys.ts");
      return { report: { file, findings: await lintText(workspace, file, text), gaps: [] }, uses: [] };
    }
    if (kind !== "rust" && text.length > LARGEST_TOML)
      return missed(file, "failed", `${text.length} code units, at most ${LARGEST_TOML} are read`);
    if (kind === "settings" || kind === "environment")
      return { report: { file, findings: await lintSettings(workspace, file, kind, text), gaps: [] }, uses: [] };
    if (kind === "edge") return { report: { file, ...(await this.#edges.lint(file, text)) }, uses: [] };
    if (kind !== "rust") {
      const { findings, ...rest } = lintToml(file, kind, text);
      const asked = kind === "manifest" ? await lintManifest(workspace, file, text) : [];
      return { report: { file, findings: [...findings, ...asked], ...rest }, uses: [] };
    }
    const { lintRust } = await import("./code/lint-rust.ts");
    const { findings: found, uses, gaps } = await lintRust(workspace, file, text, signal);
    const findings = await this.#edges.joined(found);
    const reason = `${damage}, so the compiler refuses the file; the rest was linted`;
    return { report: { file, findings, gaps: damage === undefined ? gaps : [...gaps, { file, kind: "failed", reason }] }, uses };
  }
}
