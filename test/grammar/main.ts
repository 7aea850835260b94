/** `npm run grammar -- FOLDER…`: compares our parser with syn over all Rust files below, and prints figures and the first differences. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { compare, type Judgement } from "./compare.ts";

/** Enough to see what is wrong. */
const MOST_SHOWN = 200;
/** Generated bindings, which syn alone would take minutes for. */
const LARGEST = 1_000_000;

function rustFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((it) => {
    const inside = join(path, it.name);
    if (it.isDirectory()) return rustFiles(inside);
    return it.isFile() && inside.endsWith(".rs") && statSync(inside).size < LARGEST ? [inside] : [];
  });
}

const counts = new Map<string, number>();
const count = (what: string, more = 1): void => void counts.set(what, (counts.get(what) ?? 0) + more);
let shown = 0;

function see(path: string, judgement: Judgement): void {
  count("files");
  count(judgement.kind === "refused" && judgement.ours ? "refused by both" : judgement.kind);
  if (judgement.kind === "same") count("items and expressions", judgement.nodes);
  if (judgement.kind === "same" || judgement.kind === "beyond" || shown++ >= MOST_SHOWN) return;
  console.log(path, JSON.stringify(judgement).slice(0, 300));
}

await compare(process.argv.slice(2).flatMap(rustFiles), see);
for (const [what, number] of counts) console.log(`${what}: ${number}`);
