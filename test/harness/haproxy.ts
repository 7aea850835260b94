/** The installed HAProxy, started on loopback with a configuration of a test's. A test file that imports this is about it as a whole. */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { answers, ended } from "./nginx.ts";

const HEAD = `global
    log stderr local0 emerg
defaults
    mode http
    timeout connect 2s
    timeout client 2s
    timeout server 2s
`;

function written(folder: string, text: string): readonly string[] {
  const file = join(folder, "haproxy.cfg");
  writeFileSync(file, HEAD + text);
  return ["-f", file];
}

/** What `haproxy -c` says; empty when it accepts the text. */
export function refusal(folder: string, text: string): string {
  const { status, stderr } = spawnSync("haproxy", ["-c", ...written(folder, text)], { encoding: "utf8" });
  return status === 0 ? "" : `refused: ${stderr}`;
}

/** Runs until the test is over, or `stop` is called. */
export async function startHaproxy(context: TestContext, folder: string, text: string, port: number): Promise<() => Promise<void>> {
  const child = spawn("haproxy", ["-db", ...written(folder, text)], { stdio: "ignore" });
  const stop = (): Promise<void> => ended(child);
  context.after(stop);
  while (child.exitCode === null && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (child.exitCode !== null) throw new Error(`haproxy ended: ${refusal(folder, text)}`);
  return stop;
}
