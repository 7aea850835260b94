/** The installed nginx, started on loopback with a configuration of a test's. A test file that imports this is about it as a whole. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** A folder with all that nginx writes below it. */
export function prefixFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "tlslint-nginx-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "logs"));
  return folder;
}

/** A port of loopback that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : freePort();
}

const whole = (http: string, folder: string): string => `daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log ${folder}/logs/error.log;
events {}
http {
    access_log off;
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
${http}
}
`;

function written(folder: string, http: string): readonly string[] {
  const file = join(folder, "nginx.conf");
  writeFileSync(file, whole(http, folder));
  return ["-p", folder, "-c", file, "-e", join(folder, "logs/error.log")];
}

/** What `nginx -t` says of the contents of `http`; empty when it accepts them. */
export function refusal(folder: string, http: string): string {
  const { status, stderr } = spawnSync("nginx", ["-t", "-q", ...written(folder, http)], { encoding: "utf8" });
  return status === 0 ? "" : `refused: ${stderr}`;
}

/** Runs until the test is over, or `stop` is called. */
export async function startNginx(context: TestContext, folder: string, http: string, port: number): Promise<() => Promise<void>> {
  const child = spawn("nginx", written(folder, http), { stdio: "ignore" });
  const stop = (): Promise<void> => ended(child);
  context.after(stop);
  while (child.exitCode === null && !(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  if (child.exitCode !== null) throw new Error(`nginx ended: ${refusal(folder, http)}`);
  return stop;
}

export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });

export const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
