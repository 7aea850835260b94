/** The installed Caddy, started on loopback with a configuration of a test's. A test file that imports this is about it as a whole. */
import { spawn } from "node:child_process";
import { openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { answers, ended } from "./nginx.ts";

const HEAD = `{
	admin off
	auto_https off
}
`;

/** Runs until the test is over, or `stop` is called; one that refuses its configuration is an error with what it says. */
export async function startCaddy(context: TestContext, folder: string, text: string, port: number): Promise<() => Promise<void>> {
  const file = join(folder, "Caddyfile");
  const log = join(folder, "caddy.log");
  writeFileSync(file, HEAD + text);
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const flags = ["run", "--config", file, "--adapter", "caddyfile"];
  const child = spawn("caddy", flags, { stdio: ["ignore", "ignore", openSync(log, "w")], env });
  const stop = (): Promise<void> => ended(child);
  context.after(stop);
  while (child.exitCode === null && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (child.exitCode !== null) throw new Error(`caddy ended: ${readFileSync(log, "utf8")}`);
  return stop;
}
