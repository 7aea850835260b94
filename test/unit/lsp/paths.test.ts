/** URIs and paths: what editors on every system send, and back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { pathOf, uriOf } from "../../../server/src/lsp/paths.ts";

const PAIRS = [
  ["file:///home/a/src/main.rs", "/home/a/src/main.rs"],
  ["file:///home/a%20b/100%25.rs", "/home/a b/100%.rs"],
  ["file:///home/%C3%BC/%F0%9F%92%A5.pem", "/home/ü/💥.pem"],
  ["file:///c%3A/Users/a/main.rs", "c:/Users/a/main.rs"],
  ["file://host/share/main.rs", "//host/share/main.rs"],
  ["file:///home/a%23b%3Fc.rs", "/home/a#b?c.rs"],
] as const;

test("a path has one URI, spelled as VS Code spells it", () => {
  for (const [uri, path] of PAIRS) {
    assert.equal(pathOf(uri), path);
    assert.equal(uriOf(path), uri);
  }
});

test("other spellings of a URI are the same path", () => {
  assert.equal(pathOf("file:///C:/Users/a.rs"), "c:/Users/a.rs");
  assert.equal(pathOf("file:///C%3a/Users/a.rs"), "c:/Users/a.rs");
  assert.equal(pathOf("file://localhost/a.rs"), "/a.rs");
  assert.equal(pathOf("FILE:///a.rs"), "/a.rs");
  assert.equal(pathOf("file:///%41.rs"), "/A.rs");
  assert.equal(pathOf("file:///100%.rs"), "/100%.rs", "a broken escape stands for itself");
  assert.equal(pathOf("file:///%ff.rs"), "/%ff.rs", "so does one that is no UTF-8");
});

test("documents that are no files get paths that no disk has, with the extension of their language", () => {
  const untitled = pathOf("untitled:Untitled-1", "rust");
  assert.match(untitled, /^\/editor:untitled\/.*Untitled-1\.rs$/);
  assert.notEqual(pathOf("git:/a/main.rs", "rust"), "/a/main.rs");
  assert.match(pathOf("git:/a/main.rs", "rust"), /[^s]\.rs$/);
  assert.notEqual(pathOf("untitled:a"), pathOf("vscode-vfs://host/a"));
});

test("any path survives the way to a URI and back", () => {
  const segment = fc.string({ unit: "grapheme", minLength: 1 }).filter((it) => !it.includes("/"));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
      const path = `/${segments.join("/")}`;
      fc.pre(!/^\/[A-Za-z]:(\/|$)/.test(path));
      assert.equal(pathOf(uriOf(path)), path);
    }),
  );
});

test("a file that only the editor can read has one URI, too", () => {
  for (const uri of [
    "vscode-vfs://github/owner/repo/src/a%20b.rs",
    "vscode-remote://127.0.0.1:8080/home/a/main.rs",
    "vscode-remote://wsl%2Bubuntu/home/a/client.crt",
    "memfs:/a/Cargo.toml",
  ]) {
    assert.equal(uriOf(pathOf(uri)), uri);
    assert.equal(uriOf(pathOf(uri, "pem")), uri, "a name that tells needs no extension");
  }
  assert.notEqual(pathOf("a://b/c"), pathOf("a:/b/c"));
});
