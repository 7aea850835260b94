/** The installed Apache, started on loopback with a configuration of a test's. A test file that imports this is about it as a whole. */
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { answers, ended } from "./nginx.ts";

const MODULES = ["mpm_event", "authz_core", "authn_core", "ssl", "socache_shmcb", "headers", "rewrite", "proxy", "proxy_http"] as const;

const whole = (text: string, folder: string, port: number): string => `ServerRoot ${folder}
ServerName localhost
PidFile ${folder}/apache.pid
DefaultRuntimeDir ${folder}
Mutex pthread
ErrorLog ${folder}/logs/error.log
${MODULES.map((it) => `LoadModule ${it}_module /usr/lib/apache2/modules/mod_${it}.so`).join("\n")}
ServerLimit 1
StartServers 1
MaxRequestWorkers 25
Listen 127.0.0.1:${port}
${text}`;

function written(folder: string, text: string, port: number): readonly string[] {
  const file = join(folder, "apache.conf");
  writeFileSync(file, whole(text, folder, port));
  return ["-d", folder, "-f", file];
}

/** What `apache2 -t` says, warnings among it; empty when it accepts the text. */
export function refusal(folder: string, text: string, port: number): string {
  const { status, stderr } = spawnSync("apache2", ["-t", ...written(folder, text, port)], { encoding: "utf8" });
  return status === 0 && stderr.trim() === "Syntax OK" ? "" : `refused: ${stderr}`;
}

/** Runs in one process until the test is over, or `stop` is called. */
export async function startApache(context: TestContext, folder: string, text: string, port: number): Promise<() => Promise<void>> {
  const child = spawn("apache2", ["-X", ...written(folder, text, port)], { stdio: "ignore" });
  const stop = (): Promise<void> => ended(child);
  context.after(stop);
  while (child.exitCode === null && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (child.exitCode !== null) throw new Error(`apache2 ended: ${refusal(folder, text, port)}`);
  return stop;
}
