/** What a client says of itself, read one by one: nothing is assumed, and nothing is mixed up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { abilitiesOf } from "../../../server/src/lsp/client-abilities.ts";
import { LIKE_VSCODE } from "../../lsp/editor.ts";

const of = (capabilities: Parameters<typeof abilitiesOf>[0]["capabilities"]) =>
  abilitiesOf({ processId: null, rootUri: null, capabilities });
const able = (capabilities: Parameters<typeof of>[0]): readonly string[] =>
  Object.entries(of(capabilities)).flatMap(([name, it]) => (it === true ? [name] : []));

test("a client that says nothing can do nothing", () => {
  assert.deepEqual(able({}), []);
  assert.equal(of({}).unit, "utf-16");
});

test("a client like VS Code", () => {
  assert.deepEqual(able(LIKE_VSCODE), [
    "pull",
    "refreshDiagnostics",
    "relatedInformation",
    "codeDescription",
    "diagnosticTags",
    "markdownHover",
    "codeActionLiterals",
    "resolveEdit",
    "confirmChanges",
    "appliesEdits",
    "versionedEdits",
    "snippetEdits",
    "configuration",
    "registerConfiguration",
    "workspaceFolders",
    "registerWatchers",
    "registerCompletion",
    "progress",
  ]);
});

test("what is said of published diagnostics alone, and of resolving without data", () => {
  assert.deepEqual(able({ textDocument: { publishDiagnostics: { relatedInformation: true } } }), ["relatedInformation"]);
  assert.deepEqual(able({ textDocument: { codeAction: { resolveSupport: { properties: ["edit"] } } } }), []);
});
