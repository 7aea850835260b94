/** The configurations of proxies and deployments in the workspace, read together, and what is found in each of their files. */
import { covers, type Span, sameSpan, span } from "../../base/span.ts";
import { type EdgeFile, type EdgeReading, mayBeEdge, readEdge } from "../../edge/index.ts";
import { folderOf, isWithin, nameOf, textOf } from "../../project/index.ts";
import type { Guard, Observation } from "../../tls/facts.ts";
import type { FileReport, Finding } from "../api.ts";
import type { Listing } from "../listing.ts";
import { purposeGuards } from "../purpose.ts";
import { quieter } from "../severity.ts";
import type { Workspace } from "../workspace.ts";
import { edgeFindings } from "./edge-findings.ts";
import { programsOf } from "./programs.ts";

interface Kept {
  readonly moment: string;
  readonly reading: Promise<EdgeReading>;
}

/** From a client to a program, and the place on the way that was asked about. */
export interface WayHere {
  readonly words: string;
  readonly span: Span;
}

/** A configuration of more characters is nobody's own work, and takes seconds to read. */
const LARGEST = 4 << 20;

export class Edges {
  readonly #workspace: Workspace;
  readonly #listing: Listing;
  #kept: Kept | undefined;

  constructor(workspace: Workspace, listing: Listing) {
    this.#workspace = workspace;
    this.#listing = listing;
  }

  /** `moment`: another one whenever something in the workspace has changed. */
  async lint(file: string, text: string, moment: string): Promise<Omit<FileReport, "file">> {
    const { settings, gaps } = await this.#reading(file, moment);
    return {
      findings: await edgeFindings(this.#workspace, {
        file,
        text,
        settings: settings.filter((it) => it.observation.place.file === file),
      }),
      gaps: gaps.filter((it) => it.file === file),
    };
  }

  /** What proxies and deployments mean for findings in code: those at places that they speak of know them. */
  async joined(findings: readonly Finding[], moment: string): Promise<readonly Finding[]> {
    const { notes } = await this.#all(moment);
    return findings.map((it) => {
      const note = notes.find(({ place }) => place.file === it.place.file && sameSpan(place.span, it.place.span));
      return note === undefined ? it : withNote(it, note);
    });
  }

  /** The ways that a place is on. `known`: only those that were looked for already, since the workspace has changed. */
  async ways(file: string, offset: number, moment: string, known: boolean): Promise<readonly WayHere[]> {
    if (known && this.#kept?.moment !== moment) return [];
    const at = span(offset, offset);
    const { ways } = await this.#all(moment);
    const met = ways.flatMap(({ words, places }) =>
      places
        .filter((it) => it.file === file && covers(it.span, at))
        .slice(0, 1)
        .map((it) => ({ words, span: it.span })),
    );
    return met.filter((it, index) => met.findIndex(({ words }) => words === it.words) === index);
  }

  async observations(moment: string): Promise<readonly Observation[]> {
    return (await this.#all(moment)).settings.map((it) => it.observation);
  }

  /** Of all files, as they are now, with one that the workspace may not list. */
  async #reading(file: string, moment: string): Promise<EdgeReading> {
    const listed = await this.#paths();
    return listed.includes(file) ? this.#all(moment) : this.#read([...listed, file]);
  }

  async #all(moment: string): Promise<EdgeReading> {
    if (this.#kept?.moment !== moment) this.#kept = { moment, reading: this.#paths().then((it) => this.#read(it)) };
    return this.#kept.reading;
  }

  /** With open documents that are not on the disk. */
  async #paths(): Promise<readonly string[]> {
    const listed = await this.#listing.edges();
    const { files, roots } = this.#workspace;
    const open = files.openPaths().filter((it) => mayBeEdge(it) && !listed.includes(it) && roots.some((root) => isWithin(root, it)));
    return [...listed, ...open];
  }

  async #read(paths: readonly string[]): Promise<EdgeReading> {
    const guards = new Map<string, readonly Guard[]>();
    const fileAt = async (path: string): Promise<readonly EdgeFile[]> => {
      const decoded = textOf(await this.#workspace.files.read(path));
      if (decoded === undefined || decoded.binary !== undefined || decoded.text.length > LARGEST) return [];
      guards.set(path, await purposeGuards(this.#workspace, path, "proxy"));
      return [{ path, text: decoded.text }];
    };
    const files: EdgeFile[] = [];
    for (const path of paths) files.push(...(await fileAt(path)));
    const isAside = await this.#showsOthers(files, guards);
    return readEdge({
      files,
      open: async (path) => {
        const found: EdgeFile[] = [];
        const all = await this.#matching(path);
        for (const it of all ?? []) found.push(...(await fileAt(it)));
        return all === undefined || (all.length > 0 && found.length === 0) ? undefined : found;
      },
      programs: () => programsOf(this.#workspace, this.#listing),
      guards: (path) => (guards.get(path) ?? []).filter(({ kind }) => isAside || kind !== "example"),
    });
  }

  /** An example is beside what it is one of: where a workspace has nothing else, it is what the workspace is for. */
  async #showsOthers(files: readonly EdgeFile[], guards: ReadonlyMap<string, readonly Guard[]>): Promise<boolean> {
    const isShown = files.every(({ path }) => guards.get(path)?.some(({ kind }) => kind === "example") === true);
    return !isShown || (await this.#listing.rust()).length > 0;
  }

  /** The files of a path whose last part may be a pattern; undefined where there are none. */
  async #matching(path: string): Promise<readonly string[] | undefined> {
    const { files, roots } = this.#workspace;
    if (!roots.some((it) => isWithin(it, path))) return undefined;
    const name = nameOf(path);
    const folder = folderOf(path);
    if (folder.includes("*")) return undefined;
    const entries = (await files.readFolder(folder)) ?? [];
    const found = entries.filter((it) => !it.folder && matches(name, it.name)).map((it) => `${folder}/${it.name}`);
    return found.length === 0 ? undefined : found.sort();
  }
}

const GUARDED = "the proxies of the workspace set or remove it on every route, and nothing is published beside them";

const withNote = (finding: Finding, { related, isGuarded }: EdgeReading["notes"][number]): Finding => ({
  ...finding,
  ...(isGuarded ? { severity: quieter(finding.severity, "info"), notes: [...finding.notes, GUARDED] } : {}),
  related: [...finding.related, ...related],
});

/** `*` stands for anything; what begins with a dot is left to those who name it. */
function matches(pattern: string, name: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return pattern === name;
  if (!name.startsWith(first) || (first === "" && name.startsWith("."))) return false;
  let at = first.length;
  for (const part of parts) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
