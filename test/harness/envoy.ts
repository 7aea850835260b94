/** The installed Envoy, started on loopback with a configuration of a test's. A test file that imports this is about it as a whole. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { answers, ended } from "./nginx.ts";

/** Runs until the test is over, or `stop` is called; one that refuses its configuration is an error with what it says. */
export async function startEnvoy(context: TestContext, folder: string, text: string, port: number): Promise<() => Promise<void>> {
  const file = join(folder, "envoy.yaml");
  const log = join(folder, "envoy.log");
  writeFileSync(file, text);
  const flags = ["--disable-hot-restart", "--concurrency", "1", "--log-level", "error", "--log-path", log];
  const child = spawn("envoy", ["-c", file, ...flags], { stdio: "ignore" });
  const stop = (): Promise<void> => ended(child);
  context.after(stop);
  while (child.exitCode === null && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (child.exitCode !== null) throw new Error(`envoy ended: ${readFileSync(log, "utf8")}`);
  return stop;
}
