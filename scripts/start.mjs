/** The main job, for a first look: builds, writes the example certificates, lints `examples/` and says what to do next. */
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildAll } from "./build.mjs";
import { writeExampleCertificates } from "./example-certificates.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await buildAll();
await writeExampleCertificates(join(root, "examples/certs"));
const { status } = spawnSync(process.execPath, ["server/out/cli.js", "check", "examples"], { cwd: root, stdio: "inherit" });
if (status === null || status > 2) process.exit(status ?? 1);

console.log(`
The same in an editor:        npm run code
One file, as a patch:         node server/out/cli.js check --diff examples/actix-openssl/src/bin/mistaken.rs
Why a rule matters:           node server/out/cli.js explain unenforced-client-ca
What is in a certificate:     node server/out/cli.js inspect examples/certs/client-ca.pem`);
