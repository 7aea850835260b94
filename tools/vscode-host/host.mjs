/** Starts the editor host: a VS Code server with its workbench on a loopback port, and a headless Chromium to look at it. */
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const START_LIMIT = 60_000;
const STOP_LIMIT = 5_000;

/** Quiet: nothing that opens by itself, asks, reports or updates. */
const SETTINGS = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.feedback.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** Half a gigabyte, kept out of the project's own dependencies; no compiler is needed. */
export function install() {
  execFileSync("npm", ["ci", "--prefix", here, "--no-progress", "--loglevel=error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

export const isInstalled = () => existsSync(join(here, "node_modules/code-server"));

/** The Node that the VS Code server runs on, and its entry. Its own install step would have made the link. */
export function hostProgram() {
  if (!isInstalled()) throw new Error("the editor host is not installed: npm ci --prefix tools/vscode-host");
  const link = join(here, "node_modules/code-server/lib/vscode/node_modules");
  if (!existsSync(link)) symlinkSync("../../..", link, "dir");
  const platform = `node-${process.platform}-${process.arch}`;
  return { node: join(here, "node_modules", platform, "bin/node"), entry: join(here, "node_modules/code-server/out/node/entry.js") };
}

export const temporaryFolder = (name) => mkdtempSync(join(tmpdir(), `tlslint-${name}-`));

/** Where user data, extensions and logs of one host are. Two hosts, or a host and an installation, may share one. */
export function homeFolders(home) {
  const folders = { userData: join(home, "user-data"), extensions: join(home, "extensions") };
  mkdirSync(join(folders.userData, "User"), { recursive: true });
  mkdirSync(folders.extensions, { recursive: true });
  return folders;
}

/**
 * Serves until `stop()`. `trust`: whether folders have to be trusted first (Restricted Mode until then).
 * Everything it starts is in one process group of its own, which `stop()` ends.
 */
export async function startHost({ home = temporaryFolder("host"), settings = {}, trust = false, flags = [] } = {}) {
  const { node, entry } = hostProgram();
  const { userData, extensions } = homeFolders(home);
  const trustSettings = trust ? { "security.workspace.trust.enabled": true } : { "security.workspace.trust.enabled": false };
  writeFileSync(join(userData, "User/settings.json"), JSON.stringify({ ...SETTINGS, ...trustSettings, ...settings }, null, 2));
  const port = await freePort();
  const args = ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check"];
  args.push("--disable-getting-started-override", "--user-data-dir", userData, "--extensions-dir", extensions);
  if (!trust) args.push("--disable-workspace-trust");
  const child = spawn(node, [entry, ...args, ...flags], {
    env: { ...process.env, ...environment(home) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const kill = () => signalGroup(child, "SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    await stopGroup(child);
  };
  await listening(child, join(home, "server.log")).catch(async (error) => {
    await stop();
    throw error;
  });
  const authority = `127.0.0.1:${port}`;
  return {
    home,
    stop,
    url: `http://${authority}/`,
    /** Address of the workbench with a folder or a `.code-workspace` open. `payload` as VS Code's own test runner for the web gives it. */
    workbench: (folder, payload = []) =>
      `http://${authority}/?${folder.endsWith(".code-workspace") ? "workspace" : "folder"}=${encodeURIComponent(resolve(folder))}&payload=${encodeURIComponent(JSON.stringify(payload))}`,
    remote: (path) => `vscode-remote://${authority}${resolve(path)}`,
  };
}

/** Installs a packaged extension for the hosts that use the same home. */
export async function installExtension(vsix, home) {
  const { node, entry } = hostProgram();
  const { userData, extensions } = homeFolders(home);
  const args = [entry, "--install-extension", resolve(vsix), "--user-data-dir", userData, "--extensions-dir", extensions];
  const child = spawn(node, args, { env: { ...process.env, ...environment(home) }, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data));
  const code = await new Promise((done) => {
    child.once("exit", done);
    setTimeout(() => void stopGroup(child), START_LIMIT).unref();
  });
  if (code !== 0) throw new Error(`installing ${vsix} ended with ${code}\n${output}`);
  return output;
}

export async function startBrowser({ width = 1280, height = 800 } = {}) {
  const args = ["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  args.push("--disable-component-update", "--disable-sync");
  // Chromium refuses to sandbox itself for root, as in containers.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  const browser = await chromium.launch({ executablePath: browserPath(), headless: false, args, ignoreDefaultArgs: ["--headless"] });
  const context = await browser.newContext({ viewport: { width, height } });
  return { browser, page: await context.newPage() };
}

function browserPath() {
  const known = [
    process.env.CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/opt/google/chrome/chrome",
  ];
  const found = known.find((it) => it && existsSync(it));
  if (!found) throw new Error("no Chromium was found: install it (apt-get install chromium) or name it in CHROMIUM");
  return found;
}

/** No gallery, and no file outside of the home. */
const environment = (home) => ({
  EXTENSIONS_GALLERY: '{"serviceUrl":""}',
  XDG_CONFIG_HOME: join(home, "config"),
  XDG_DATA_HOME: join(home, "data"),
  XDG_CACHE_HOME: join(home, "cache"),
});

function freePort() {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function listening(child, logFile) {
  const log = createWriteStream(logFile);
  return new Promise((done, failed) => {
    let output = "";
    const timer = setTimeout(() => failed(new Error(`the editor host did not start in time\n${output}`)), START_LIMIT);
    const read = (data) => {
      log.write(data);
      if (output.length < 100_000) output += data;
      if (!/HTTP server listening on/.test(output)) return;
      clearTimeout(timer);
      done();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the editor host ended with ${code}\n${output}`)));
  });
}

async function stopGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((done) => child.once("exit", done));
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_LIMIT);
  await ended;
  clearTimeout(timer);
}

function signalGroup(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone already.
  }
}
