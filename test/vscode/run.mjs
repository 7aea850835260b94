/**
 * The extension in a real VS Code. `node test/vscode/run.mjs grammars|suite|interface|views|certificates|web|package…`:
 * `suite` runs in the extension host, started by `@vscode/test-electron`; `interface` and `views` look at the workbench through a browser,
 * `certificates` at the certificate editor; `web` runs in a web extension host; `package` does so with the packed .vsix, in Restricted Mode.
 * All, without a name. Screenshots go to
 * test/output/.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { downloadAndUnzipVSCode, runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { common } from "../../scripts/build.mjs";
import { pack, stage } from "../../scripts/package.mjs";
import { install, installExtension, isInstalled, startHost } from "../../tools/vscode-host/host.mjs";
import { lookAtCertificates } from "./certificates.mjs";
import { checkGrammars } from "./grammars.mjs";
import { lookAtWorkbench } from "./interface.mjs";
import { lookAtViews } from "./views.mjs";
import { forBrowsersOnly, lookAtWebHost } from "./web.mjs";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const output = join(root, "test/output");
const scratch = mkdtempSync(join(tmpdir(), "tlslint-vscode-"));
/** Several runs may share one. */
const extension = process.env.TLSLINT_STAGED ?? join(scratch, "extension");

const parts = {
  grammars: checkGrammars,

  async suite() {
    const suite = join(scratch, "suite/index.js");
    await bundle("suite/index.ts", suite);
    const vscodeExecutablePath = await executable();
    console.log(`VS Code: ${vscodeExecutablePath}`);
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: extension,
      extensionTestsPath: suite,
      launchArgs: [await makeWorkspace(), "--disable-extensions"],
    });
  },

  async interface() {
    const host = await startHost({ home: mkdtempSync(join(scratch, "home-")), flags: ["--vscode-option", "enable-smoke-test-driver"] });
    const payload = [["extensionDevelopmentPath", host.remote(extension)]];
    await lookAtWorkbench(host, await makeWorkspace(), { payload, output, name: "interface" });
  },

  async views() {
    const home = mkdtempSync(join(scratch, "home-"));
    const settings = { "window.autoDetectColorScheme": true };
    const host = await startHost({ home, settings, flags: ["--vscode-option", "enable-smoke-test-driver"] });
    const payload = [["extensionDevelopmentPath", host.remote(extension)]];
    const empty = mkdtempSync(join(scratch, "empty-"));
    const { makeWorkspace, makeTwins } = await workspaces();
    await lookAtViews(host, { folder: makeWorkspace(scratch), twins: makeTwins(scratch), empty, extension, payload, output });
  },

  async certificates() {
    const outfile = join(scratch, "certificates.cjs");
    await bundle("certificates-workspace.ts", outfile);
    const { makeCertificates, PASSWORD: password } = createRequire(import.meta.url)(outfile);
    const host = await startHost({ home: mkdtempSync(join(scratch, "home-")), flags: ["--vscode-option", "enable-smoke-test-driver"] });
    const payload = [["extensionDevelopmentPath", host.remote(extension)]];
    await lookAtCertificates(host, await makeCertificates(scratch), { extension, payload, output, password });
  },

  async web() {
    const host = await startHost({ home: mkdtempSync(join(scratch, "home-")) });
    await lookAtWebHost(host, await makeWorkspace(), { extension: forBrowsersOnly(extension, join(scratch, "web-extension")), output });
  },

  async package() {
    const vsix = await pack(extension, join(scratch, "tlslint.vsix"));
    const home = mkdtempSync(join(scratch, "home-"));
    await installExtension(vsix, home);
    const host = await startHost({ home, trust: true });
    await lookAtWorkbench(host, await makeWorkspace(), { payload: [], output, name: "package", restricted: true });
  },
};

const bundle = (entry, outfile) => build({ ...common, entryPoints: [join(root, "test/vscode", entry)], outfile, sourcemap: "inline" });

const makeWorkspace = async () => (await workspaces()).makeWorkspace(scratch);

async function workspaces() {
  const outfile = join(scratch, "workspace.cjs");
  await bundle("workspace.ts", outfile);
  return createRequire(import.meta.url)(outfile);
}

/** Desktop VS Code where it can be had and shown, else the editor host. */
async function executable() {
  if (process.env.VSCODE_EXECUTABLE) return process.env.VSCODE_EXECUTABLE;
  const shim = join(root, "tools/vscode-host/code-shim.mjs");
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return shim;
  return downloadAndUnzipVSCode({ cachePath: join(root, ".vscode-test") }).catch((error) => {
    console.log(`desktop VS Code cannot be downloaded (${error.message}): the editor host is used`);
    return shim;
  });
}

// Ending in order takes the editor host along.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const wanted = process.argv.slice(2);
mkdirSync(output, { recursive: true });
if (!isInstalled()) install();
const isStaged = `${extension}.staged`;
if (!existsSync(isStaged)) {
  await stage(extension);
  writeFileSync(isStaged, "");
}
let failed = false;
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const old of readdirSync(output)) if (old.startsWith(`${name}-`)) rmSync(join(output, old));
  const start = Date.now();
  try {
    await part();
    console.log(`${name}: passed in ${Date.now() - start} ms`);
  } catch (error) {
    failed = true;
    console.error(`${name}: FAILED after ${Date.now() - start} ms\n`, error);
  }
}
rmSync(scratch, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
