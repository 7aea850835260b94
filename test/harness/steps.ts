/**
 * How much is done, in steps: V8 counts how often each function and each block of it is run. The same on every machine, unlike a
 * time. What the engine does within one call (a regular expression, a sort) is one step.
 */
import { type Profiler, Session } from "node:inspector";

/** From the start: only what is compiled while it counts is counted in full. */
const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** Counts since the last time. */
function taken(): number {
  let counted: readonly Profiler.ScriptCoverage[] = [];
  session.post("Profiler.takePreciseCoverage", (_, found) => {
    counted = found.result;
  });
  // The bundle of the test, which all of the server is in.
  const own = counted.filter(({ url }) => url.endsWith(".cjs"));
  return own.flatMap(({ functions }) => functions).reduce((sum, { ranges }) => sum + ranges.reduce((all, it) => all + it.count, 0), 0);
}

export async function stepsOf(work: () => unknown): Promise<number> {
  taken();
  await work();
  return taken();
}
