/**
 * `tlslint/summary`: what came of the last time that the workspace was read, told when it ends or was cancelled to clients that asked for it,
 * and in the log: that something was looked at, and how much.
 */
import type { FileReport, Severity } from "../service/api.ts";
import type { Session } from "./session.ts";

/** How the parts of a summary are counted while files are read. */
export class Count {
  files = 0;
  /** The user did not stop it. */
  isWhole = true;
  readonly #began = performance.now();
  readonly #rules = new Map<string, { severity: Severity; count: number }>();
  #failed = 0;
  #outOfReach = 0;

  add({ findings, gaps }: FileReport): void {
    this.files++;
    for (const { rule, severity } of findings) {
      const known = this.#rules.get(`${severity} ${rule}`);
      if (known === undefined) this.#rules.set(`${severity} ${rule}`, { severity, count: 1 });
      else known.count++;
    }
    const open = gaps.filter((it) => it.acknowledged === undefined);
    this.#failed += open.filter((it) => it.kind === "failed").length;
    this.#outOfReach += open.filter((it) => it.kind === "out of reach").length;
  }

  get counted() {
    const rules = [...this.#rules].map(([key, it]) => ({ rule: key.slice(it.severity.length + 1), ...it }));
    return {
      files: this.files,
      findings: rules.sort((a, b) => (a.rule < b.rule ? -1 : 1)),
      notAnalysed: this.#failed,
      outOfReach: this.#outOfReach,
      milliseconds: Math.round(performance.now() - this.#began),
    };
  }
}

/** `version`: of the server. */
export async function tellSummary(session: Session, version: string, count: Count): Promise<void> {
  const { abilities, connection, documents, service } = session;
  const { milliseconds, ...counted } = count.counted;
  const { total, revocationLists } = await service.overview.certificates({ from: 0, count: 0 });
  const certificates = total - revocationLists;
  const crates = await service.overview.crates();
  const folders = session.roots();
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  const versions = crates.map(({ name, versions: all }) => `${name} ${all.join(", ")}`).join("; ");
  connection.console.info(
    `tlslint ${version} ${count.isWhole ? "read" : "was cancelled after"} ${counted.files} files with ${certificates} certificates in ${seconds} (${folders.join(", ") || "no folder"})${versions === "" ? "" : `: ${versions}`}`,
  );
  if (!abilities.overviewChanges) return;
  const roots = folders.map((it) => ({ uri: documents.uri(it) }));
  const { isWhole: complete } = count;
  await connection.sendNotification("tlslint/summary", {
    version,
    complete,
    roots,
    certificates,
    revocationLists,
    crates,
    milliseconds,
    ...counted,
  });
}
