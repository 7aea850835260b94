/** The door to what stands in front of programs: its readers are loaded when a configuration is met. */
import { covers, span } from "../../base/span.ts";
import type { Observation } from "../../tls/facts.ts";
import type { FileReport, Finding } from "../api.ts";
import type { Listing } from "../listing.ts";
import type { Workspace } from "../workspace.ts";
import type { Edges, WayHere } from "./edges.ts";

/** Rules over code that say how a program is reached. */
const REACHED: ReadonlySet<string> = new Set(["plaintext-listener", "trusted-proxy-header"]);

export class EdgeSide {
  readonly #workspace: Workspace;
  readonly #listing: Listing;
  readonly #moment: () => string;
  #edges: Edges | undefined;

  /** `moment`: another one whenever something in the workspace has changed. */
  constructor(workspace: Workspace, listing: Listing, moment: () => string) {
    this.#workspace = workspace;
    this.#listing = listing;
    this.#moment = moment;
  }

  async lint(file: string, text: string): Promise<Omit<FileReport, "file">> {
    return (await this.#loaded()).lint(file, text, this.#moment());
  }

  /** Findings in code, with what stands in front of the program, as far as they are of that. */
  async joined(findings: readonly Finding[]): Promise<readonly Finding[]> {
    const isConcerned = findings.some((it) => REACHED.has(it.rule) && it.suppressed === undefined);
    if (!isConcerned || (await this.#listing.edges()).length === 0) return findings;
    return (await this.#loaded()).joined(findings, this.#moment());
  }

  /** The ways from clients to programs that a place is on. In code they are looked for where a finding is about them. */
  async ways(file: string, offset: number, findings: readonly Finding[]): Promise<readonly WayHere[]> {
    if ((await this.#listing.edges()).length === 0) return [];
    const at = span(offset, offset);
    const isAsked = !file.endsWith(".rs") || findings.some((it) => REACHED.has(it.rule) && covers(it.place.span, at));
    return (await this.#loaded()).ways(file, offset, this.#moment(), !isAsked);
  }

  /** What all of these configurations say. */
  async observations(): Promise<readonly Observation[]> {
    if ((await this.#listing.edges()).length === 0) return [];
    return (await this.#loaded()).observations(this.#moment());
  }

  async #loaded(): Promise<Edges> {
    const { Edges: Made } = await import("./edges.ts");
    this.#edges ??= new Made(this.#workspace, this.#listing);
    return this.#edges;
  }
}
