/** Editors that watch no files: what changes on disk is seen when something is asked, whoever changed it and wherever it lies. */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import type { ClientCapabilities } from "vscode-languageserver-protocol/node";
import { certificatePem } from "../certificates/build.ts";
import { LIKE_VSCODE, PLAIN, startEditor, write } from "./editor.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const numbered = (subject: string, number: number): string =>
  certificatePem({ subject, issuer: "Example CA", serial: Uint8Array.of(0x30, number) });
const [OWN, TWIN, OTHER] = [numbered("own", 1), numbered("twin", 1), numbered("twin", 2)];
/** As long as the server takes the disk to be as it was. */
const HOLDS = 1050;

/** Whether the open certificate shares its number with another, asked after a change of the disk. */
type Asks = (context: TestContext) => Promise<{ readonly folder: string; shared(): Promise<boolean> }>;

const { didChangeWatchedFiles: _, ...workspace } = LIKE_VSCODE.workspace;
const asking: Asks = async (context) => {
  const capabilities: ClientCapabilities = { ...LIKE_VSCODE, workspace };
  const editor = await startEditor(context, { server: server(), files: { "src/main.rs": "" }, capabilities });
  const uri = await editor.open("own.pem", OWN, "pem");
  return {
    folder: editor.folder,
    shared: async () => (await editor.diagnostics(uri)).some((it) => it.code === "shared-serial-number"),
  };
};
const told: Asks = async (context) => {
  const editor = await startEditor(context, { server: server(), files: { "src/main.rs": "" }, capabilities: PLAIN });
  const uri = await editor.open("own.pem", OWN, "pem");
  return {
    folder: editor.folder,
    async shared() {
      await editor.type(uri, 0, 0, "#\n");
      return (await editor.pushed(uri)).some((it) => it.code === "shared-serial-number");
    },
  };
};

for (const [name, start] of Object.entries({ "an editor that asks": asking, "an editor that is told": told }))
  test(`${name} and watches no files sees what others do to them`, async (context) => {
    const { folder, shared } = await start(context);
    const after = async (change: () => void): Promise<boolean> => {
      change();
      await pause(HOLDS);
      return shared();
    };
    const twin = join(folder, "twin.pem");
    assert.equal(await shared(), false);
    assert.equal(await after(() => write(twin, TWIN)), true, "a file appeared");
    assert.equal(await after(() => write(twin, OTHER)), false, "it changed");
    assert.equal(await after(() => write(twin, TWIN)), true, "and again");
    assert.equal(await after(() => rmSync(twin)), false, "it vanished");
    assert.equal(await after(() => write(join(folder, "new/folder/twin.pem"), TWIN)), true, "folders appeared");
    assert.equal(await after(() => rmSync(join(folder, "new"), { recursive: true })), false, "they vanished");
  });
