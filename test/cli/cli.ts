/** Runs the bundled command line as a process, in a folder of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { engineFlags } from "../harness/engine.ts";
import { ROOT } from "../harness/fixtures.ts";

export const CLI = join(ROOT, "server/out/cli.js");

/** Where runs note down what they change: not the home of whoever runs the tests. */
const STATE = mkdtempSync(join(tmpdir(), "tlslint-state-"));
process.on("exit", () => rmSync(STATE, { recursive: true, force: true }));
process.env["XDG_CACHE_HOME"] = STATE;

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with these files, removed after the test. */
export function folder(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): string {
  const path = mkdtempSync(join(tmpdir(), "tlslint-"));
  context.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

export function tlslint(cwd: string, args: readonly string[], input = "", environment: Readonly<Record<string, string>> = {}): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...engineFlags, CLI, ...args], {
    cwd,
    input,
    encoding: "utf8",
    timeout: 240_000,
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: "1", XDG_STATE_HOME: STATE, ...environment },
  });
  return { status, stdout, stderr };
}

/** A client that was told to accept anything, with the manifest that tells its versions. */
export const MISTAKEN = {
  "Cargo.toml": '[package]\nname = "client"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nreqwest = "0.12.12"\n',
  "src/main.rs": `use reqwest::Client;

pub fn client() -> reqwest::Result<Client> {
    Client::builder()
        .danger_accept_invalid_certs(true)
        .build()
}
`,
} as const;
