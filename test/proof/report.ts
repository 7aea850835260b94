/** `docs/proof.md`, written from what a run saw: `UPDATE=1` writes it, every other run compares. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/fixtures.ts";
import { ATTEMPTS, attempts } from "./attempts.ts";
import { IMPOSTORS, impostors } from "./impostors.ts";
import { UNTRIED } from "./untried.ts";

const PAGE = join(ROOT, "docs/proof.md");

/** Let in before and after the fix; undefined where the attempt was not made. */
export type Cell = readonly [before: boolean | undefined, after: boolean | undefined];

export interface Row {
  readonly stack: string;
  readonly mistake: string;
  readonly cells: readonly Cell[];
}

function word([before, after]: Cell): string {
  if (before === undefined || after === undefined) return "–";
  if (before && !after) return "**shut**";
  return before ? "in" : after ? "opened" : "out";
}

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function table(columns: readonly string[], rows: readonly Row[]): string {
  const head = ["stack", "mistake", ...columns];
  return [head, head.map(() => "---"), ...rows.map((it) => [it.stack, it.mistake, ...it.cells.map(word)])].map(line).join("\n");
}

function page(servers: readonly Row[], clients: readonly Row[]): string {
  return `# Handshakes before and after the fix

Each row is a mistake in a program, corrected by the fixes that an editor offers, and by nothing else.
The program with the mistake and the corrected one are built against the crates named, run on loopback, and tried in earnest.
A peer is in when it gets its answer, not when its handshake seems to succeed: in TLS 1.3 the server judges afterwards.

**shut**: in before the fix, refused after it · out: refused before and after · in: let in before and after · opened: let in only after the fix · –: cannot be tried there.
A revoked certificate is out only where the program loads a revocation list.

## Servers

The columns are clients: \`openssl s_client\` and rustls, for QUIC quinn. Where both can try, both have to agree.

${table(
  attempts.map((it) => ATTEMPTS[it].words),
  servers,
)}

## Clients

The columns are servers.

${table(
  impostors.map((it) => IMPOSTORS[it].words),
  clients,
)}

## Not tried

| what | why |
| --- | --- |
${UNTRIED.map((it) => line([it.what, it.why])).join("\n")}

Made by \`UPDATE=1 node scripts/test.mjs proof\`; the test suite makes it again and compares.
`;
}

/** What differs from the page; it is written instead where the run is to update. */
export function compareReport(servers: readonly Row[], clients: readonly Row[]): string | undefined {
  const text = page(servers, clients);
  if (process.env["UPDATE"] === "1") {
    writeFileSync(PAGE, text);
    return undefined;
  }
  const kept = existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "";
  return kept === text ? undefined : "docs/proof.md differs from what this run saw: UPDATE=1 writes it";
}
