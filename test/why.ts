import { createLintService } from "../server/src/service/index.ts";
import { fixtures, setFiles, settingsOf } from "./harness/fixtures.ts";
import { memoryHost } from "./harness/memory-host.ts";
for (const fixture of fixtures()) {
  if (!process.argv.slice(2).some((it) => fixture.name.includes(it))) continue;
  const [set] = fixture.sets;
  const { manifest, lock } = set === undefined ? { manifest: undefined, lock: undefined } : setFiles(set);
  const file = `/project/${fixture.headers.get("file") ?? "src/main.rs"}`;
  const settings = settingsOf(fixture);
  const files = { [file]: fixture.text, ...(manifest && { "/project/Cargo.toml": manifest }), ...(lock && { "/project/Cargo.lock": lock }), ...(settings && { "/project/tlslint.toml": settings }) };
  for (const engine of [undefined, "analysis"] as const) {
    const host = memoryHost(files);
    const service = await createLintService(host, { roots: ["/project"], ...(engine && { engine }) });
    const { findings } = await service.lint(file);
    console.log("##", fixture.name, engine ?? "reading");
    for (const it of findings) console.log("  ", it.severity, it.rule, fixture.text.slice(0, it.place.span.start).split("\n").length, JSON.stringify(fixture.text.slice(it.place.span.start, it.place.span.end).slice(0, 50)), it.message.slice(0, 140), "| FIXES", it.fixes.map((f) => f.title).join("; "), "|", it.unfixed ?? "", "| REL", it.related.map((r) => `${fixture.text.slice(0, r.span.start).split("\n").length}: ${r.message}`).join("; "));
    service.dispose();
  }
}
