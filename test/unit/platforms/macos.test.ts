/** Names by the rules of macOS: case and composition do not count on its disks, and git composes what a folder may give decomposed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Files } from "../../../server/src/project/files.ts";
import { Tracked } from "../../../server/src/project/git-index.ts";
import { resolveLiteral } from "../../../server/src/project/literals.ts";
import { Packages } from "../../../server/src/project/packages.ts";

const COMPOSED = "/w/zertifikate/ä.pem";
const DECOMPOSED = COMPOSED.normalize("NFD");

const folded = (path: string): string => path.normalize("NFC").toLowerCase();

/** `folding`: whether spellings of one name are one file. */
function disk(path: string, folding: boolean) {
  const knows = (asked: string): boolean => asked === path || (folding && folded(asked) === folded(path));
  return {
    readFile: async (asked: string) => (knows(asked) ? new Uint8Array() : undefined),
    readFolder: async (folder: string) =>
      path.startsWith(`${folder}/`) ? [{ name: path.slice(folder.length + 1), folder: false }] : undefined,
    realPath: async (asked: string) => (knows(asked) ? path : undefined),
  };
}

async function linked(written: string, path: string, folding: boolean): Promise<string | undefined> {
  const files = new Files(disk(path, folding));
  return resolveLiteral(written, "/w/a.rs", new Packages(files, ["/w"], () => {}), files);
}

test("a name in code leads to the file that the disk knows by it", async () => {
  assert.notEqual(COMPOSED, DECOMPOSED);
  assert.equal(await linked("zertifikate/ä.pem".normalize("NFC"), DECOMPOSED, true), DECOMPOSED);
  assert.equal(await linked("certs/CA.pem", "/w/certs/ca.pem", true), "/w/certs/ca.pem");
});

test("where case and composition count, another spelling is another file", async () => {
  assert.equal(await linked("zertifikate/ä.pem".normalize("NFC"), DECOMPOSED, false), undefined);
  assert.equal(await linked("certs/CA.pem", "/w/certs/ca.pem", false), undefined);
  assert.equal(await linked("certs/ca.pem", "/w/certs/ca.pem", false), "/w/certs/ca.pem");
});

test("git has a file under the composed name", () => {
  const tracked = new Tracked("/w", ["zertifikate/ä.pem".normalize("NFC")]);
  assert.ok(tracked.has(DECOMPOSED) && tracked.has(COMPOSED));
  assert.ok(tracked.hasBelow("/w/zertifikate") && !tracked.hasBelow("/w/zert"));
});
