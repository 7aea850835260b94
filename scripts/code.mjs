/** Opens `examples/` in VS Code with the extension: in desktop VS Code where there is one, else in the editor host. */

import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, isInstalled, startHost } from "../tools/vscode-host/host.mjs";
import { buildAll } from "./build.mjs";
import { writeExampleCertificates } from "./example-certificates.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const examples = join(root, "examples");

await buildAll({ minify: false });
await writeExampleCertificates(join(examples, "certs"));
if (!inDesktop()) await inBrowser();

function inDesktop() {
  const { status } = spawnSync("code", [`--extensionDevelopmentPath=${root}`, examples], {
    stdio: "ignore",
    shell: process.platform === "win32",
  });
  if (status === 0) console.log(`VS Code opens ${examples} with tlslint`);
  return status === 0;
}

/** Serves until it is stopped. */
async function inBrowser() {
  console.log("there is no `code` on the path: an editor is started to be used from the browser");
  if (!isInstalled()) {
    console.log("installing it once into tools/vscode-host (half a gigabyte)");
    install();
  }
  const host = await startHost({ flags: ["--vscode-option", "enable-smoke-test-driver"] });
  const payload = [
    ["extensionDevelopmentPath", host.remote(root)],
    ["openFile", host.remote(join(examples, "actix-rustls/src/bin/mistaken.rs"))],
  ];
  console.log(`\nopen ${host.workbench(examples, payload)}\n\n(stop with Ctrl+C)`);
  const end = async () => {
    await host.stop();
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}
