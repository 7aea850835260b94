/** What the service says of certificate files. Loaded with the first of them: most workspaces have few, and their code comes first. */
import { covers } from "../../base/span.ts";
import { type CertificateFile, openKeyStore, readCertificateFile } from "../../pki/index.ts";
import { absence, bytesOf, type Content, kindOf, nameOf } from "../../project/index.ts";
import type { FileReport, Inspection, InspectWish, LintService, Reissue } from "../api.ts";
import { policyOf } from "../configuration/layers.ts";
import { finishedReport } from "../finished-report.ts";
import { acknowledged, failureOf } from "../gaps.ts";
import type { Listing } from "../listing.ts";
import { inspectionWithoutKeys } from "../redaction.ts";
import type { Workspace } from "../workspace.ts";
import { expiriesIn } from "./expiries.ts";
import { inspection } from "./inspect.ts";
import { Inventory } from "./inventory.ts";
import { KeyLists } from "./key-lists.ts";
import { keyPlacesOf } from "./key-places.ts";
import { type Around, type CertificateLint, lintCertificates } from "./lint-certificates.ts";
import { lockedStacks, lockedWebpki } from "./locked-stacks.ts";
import { reissueOf } from "./reissue/index.ts";
import type { Uses } from "./uses.ts";

/** The service around. */
export interface CertificateContext {
  readonly workspace: Workspace;
  readonly listing: Listing;
  readonly uses: Uses;
  lint(file: string, signal: AbortSignal | undefined): Promise<FileReport>;
  text(file: string): Promise<string | undefined>;
}

export class Certificates {
  readonly #context: CertificateContext;
  readonly inventory: Inventory;
  readonly #keyLists: KeyLists;

  constructor(context: CertificateContext, from?: Certificates) {
    this.#context = context;
    this.inventory = new Inventory(context.workspace, context.listing, from?.inventory);
    this.#keyLists = new KeyLists(context.workspace);
  }

  /** For a service that was forked from this one's. */
  fork(context: CertificateContext): Certificates {
    return new Certificates(context, this);
  }

  /** Empty: everything. */
  forget(files: readonly string[]): void {
    this.inventory.forget(files);
  }

  async lint(file: string, content: Content, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<CertificateLint> {
    const read = this.inventory.contentsOf(file, content, bytes);
    return lintCertificates(this.#context.workspace, file, read, await this.#around(file, signal), signal);
  }

  /** `report` as the crate of some code sees it: crates of one workspace may have different releases. */
  async lintFor(code: string, report: FileReport, signal: AbortSignal | undefined): Promise<FileReport> {
    const { file } = report;
    const { workspace } = this.#context;
    const around = await this.#around(file, signal);
    const webpki = await lockedWebpki(workspace.packages, code, []);
    if (webpki === around.webpki) return report;
    const content = await this.inventory.contentOf(file);
    const bytes = bytesOf(content);
    if (!bytes || (await kindOf(file, bytes)) !== "certificates") return report;
    const read = this.inventory.contentsOf(file, content, bytes);
    const { findings, gaps } = await lintCertificates(workspace, file, read, { ...around, webpki }, signal);
    return { file, findings: findings.filter((it) => it.suppressed === undefined), gaps };
  }

  async inspect(file: string, signal: AbortSignal | undefined, wish: InspectWish): Promise<Inspection> {
    const { password } = wish;
    const { workspace, uses, lint } = this.#context;
    const content = await workspace.files.read(file);
    const bytes = bytesOf(content);
    if (!bytes) return { file, entries: [], findings: [], notAnalysed: absence(content) ?? "there is nothing to read" };
    // Whatever its name, the caller wants this file's certificates to be seen.
    const named = (await kindOf(file, bytes)) === "certificates";
    const closed = readCertificateFile(bytes);
    const opened = password === undefined ? undefined : await openKeyStore(bytes, closed, password, signal);
    const read = opened !== undefined && "file" in opened ? opened.file : closed;
    const report = !named
      ? { file, findings: [], gaps: [] }
      : read === closed
        ? await lint(file, signal)
        : await this.#lintOpened(file, read, signal);
    const refused = opened !== undefined && "refused" in opened ? opened.refused : undefined;
    const context = {
      policy: policyOf(await workspace.configurations.of(file), workspace.host.now()),
      usedAs: [],
      path: file,
      neighbours: await this.inventory.around(file, read, signal),
    };
    const stacks = await lockedStacks(workspace.packages, file, await uses.of(file, signal));
    return inspectionWithoutKeys(await inspection(file, read, context, stacks, report.findings, refused ?? failureOf(report), wish));
  }

  /** Of files of other kinds there is nothing to tell. */
  async expiries(file: string): ReturnType<LintService["expiries"]> {
    const { files, configurations } = this.#context.workspace;
    const content = await files.read(file);
    const bytes = bytesOf(content);
    const { expiries, gaps } =
      bytes === undefined
        ? { expiries: [], gaps: [{ file, kind: "failed", reason: absence(content) ?? "there is nothing to read" } as const] }
        : (await kindOf(file, bytes)) === "certificates"
          ? expiriesIn(file, bytes)
          : { expiries: [], gaps: [] };
    return { expiries, gaps: await acknowledged(gaps, configurations) };
  }

  /** What somebody's password opened is judged like a bundle, and not kept. */
  async #lintOpened(file: string, read: CertificateFile, signal: AbortSignal | undefined): Promise<FileReport> {
    const { workspace, text } = this.#context;
    const report = await lintCertificates(workspace, file, read, await this.#around(file, signal), signal);
    return finishedReport(workspace, { file, ...report }, () => text(file));
  }

  async reissue(file: string, signal: AbortSignal | undefined): Promise<readonly Reissue[] | { readonly refused: string }> {
    const { workspace, lint } = this.#context;
    const content = await workspace.files.read(file);
    const bytes = bytesOf(content);
    if (!bytes) return { refused: absence(content) ?? "there is nothing to read" };
    const read = readCertificateFile(bytes);
    const first = read.sections.find((it) => it.parsed?.kind === "certificate");
    if (first === undefined) return { refused: read.unread ?? "no certificate that can be read is in it" };
    const { findings } = (await kindOf(file, bytes)) === "certificates" ? await lint(file, signal) : { findings: [] };
    const asked = read.sections.flatMap(
      (section) => findings.find((it) => it.reissue !== undefined && covers(section.span, it.place.span))?.reissue ?? [],
    );
    if (asked.length > 0) return asked;
    const policy = policyOf(await workspace.configurations.of(file), workspace.host.now());
    const neighbours = await this.inventory.around(file, read, signal);
    const made = reissueOf(read, first, "alike", { policy, usedAs: [], path: file, neighbours });
    return made === undefined ? { refused: "it is limited in ways that could not be taken over" } : [made];
  }

  async #around(file: string, signal: AbortSignal | undefined): Promise<Around> {
    const { workspace, uses: all } = this.#context;
    const uses = await all.of(file, signal);
    const webpki = await lockedWebpki(workspace.packages, file, uses);
    // Only of what the code presents is it asked who would believe it.
    const trusted = uses.some((it) => it.loader.role === "own-chain") ? await all.trusted(signal) : undefined;
    const isNamed = async (): Promise<boolean | undefined> => uses.length > 0 || all.isNamed(nameOf(file));
    const ofTestsAlone = uses.length === 0 && (await all.isOfTestsAlone(file));
    const keyPlaces: Around["keyPlaces"] = (pins, neighbours) => keyPlacesOf(all, file, uses, pins, neighbours, signal);
    const { inventory } = this;
    return {
      uses,
      isNamed,
      ofTestsAlone,
      keyPlaces,
      trusted,
      inventory,
      gitIndexes: workspace.gitIndexes,
      keyLists: this.#keyLists,
      webpki,
    };
  }

  textOf(file: string, content: Content, bytes: Uint8Array): string | undefined {
    return this.inventory.contentsOf(file, content, bytes).text;
  }
}
