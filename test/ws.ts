import { createLintService } from "../server/src/service/index.ts";
import { memoryHost } from "./harness/memory-host.ts";
import { workspaces } from "./harness/workspaces.ts";
const only = process.argv[2];
let same = 0, lost = 0, won = 0, equal = 0, all = 0;
for (const { name, files } of workspaces()) {
  if (only && !name.includes(only)) continue;
  const texts = Object.fromEntries([...files].map(([path, { text }]) => [`/project/${path}`, text]));
  const out: string[][] = [];
  for (const engine of [undefined, "analysis"] as const) {
    const host = memoryHost(texts);
    const service = await createLintService(host, { roots: ["/project"], ...(engine && { engine }) });
    const found: string[] = [];
    for (const path of Object.keys(texts).filter((it) => it.endsWith(".rs"))) for (const it of (await service.lint(path)).findings) found.push(`${it.severity} ${it.rule} ${path.slice(9)}:${texts[path]!.slice(0, it.place.span.start).split("\n").length} ${it.message.slice(0, 110)}`);
    for (const it of host.lines) if (it.level === "error") console.log(name, JSON.stringify(it).slice(0, 600));
    service.dispose(); out.push(found);
  }
  const key = (s: string) => s.split(" ").slice(0, 3).join(" ");
  const [a, b] = [out[0]!, out[1]!];
  const l = a.filter((it) => !b.some((o) => key(o) === key(it))), w = b.filter((it) => !a.some((o) => key(o) === key(it)));
  all++; if (l.length + w.length === 0) equal++; else { console.log(name); for (const it of l) console.log("  -", it); for (const it of w) console.log("  +", it); }
  same += a.length - l.length; lost += l.length; won += w.length;
}
console.log({ all, equal, same, lost, won });
