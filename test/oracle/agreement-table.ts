/** The page that tells how often our verdicts are the real ones. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Agreement } from "./agreement.ts";

export const GROUPS = ["core", "name constraints", "revocation lists", "mutations", "handshakes", "random", "meshes"] as const;
export type Group = (typeof GROUPS)[number];

const BEGIN = "<!-- agreement -->";
const END = "<!-- end of agreement -->";

export class AgreementTable {
  readonly rows: { readonly stack: string; readonly group: Group; readonly found: Agreement }[] = [];

  add(stack: string, group: Group, found: Agreement): void {
    this.rows.push({ stack, group, found });
  }

  /** Between two marks of the page; stacks that were not asked keep their row. */
  write(file: string): void {
    const page = readFileSync(file, "utf8");
    const [before = "", rest = ""] = page.split(BEGIN);
    const [old = "", after = ""] = rest.split(END);
    const kept = new Map(
      old.split("\n").flatMap((line) => {
        const [, stack = "", ...cells] = line.split("|").map((it) => it.trim());
        return /@/.test(stack) ? [[stack, cells.slice(0, -1)] as const] : [];
      }),
    );
    for (const { stack } of this.rows)
      kept.set(
        stack,
        GROUPS.map((group, at) => this.#cell(stack, group) ?? kept.get(stack)?.[at] ?? "–"),
      );
    const lines = [...kept].map(([stack, cells]) => `| ${[stack, ...GROUPS.map((_, at) => cells[at] ?? "–")].join(" | ")} |`);
    const head = [`| stack | ${GROUPS.join(" | ")} |`, `|---|${GROUPS.map(() => "---").join("|")}|`];
    writeFileSync(file, `${before}${BEGIN}\n${[...head, ...lines].join("\n")}\n${END}${after}`);
  }

  #cell(stack: string, group: Group): string | undefined {
    const row = this.rows.find((it) => it.stack === stack && it.group === group);
    if (row === undefined) return undefined;
    const { asked, cannotTell, agreed, refusedByBoth, sameKind } = row.found;
    const kinds = row.group === "handshakes" ? "" : `, ${sameKind} of ${refusedByBoth}`;
    return `${agreed} of ${asked - cannotTell}${kinds}${cannotTell === 0 ? "" : `, ${cannotTell} untold`}`;
  }
}
