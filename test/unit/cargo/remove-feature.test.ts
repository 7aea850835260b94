/** A feature taken out of manifests of every manner: what held it and holds nothing now goes along. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { parseToml, withoutFeature } from "../../../server/src/cargo/index.ts";

for (const [name, before, expected] of [
  ["one of several goes alone", 'a = { version = "1", features = ["x", "bad"] }\n', 'a = { version = "1", features = ["x"] }\n'],
  ["with the last one a table becomes its version", 'a = { version = "1", features = ["bad"] }\n', 'a = "1"\n'],
  ["also where the features stand first", "a = { features = ['bad',], version = '1' }\n", "a = '1'\n"],
  [
    "what else the table says stays",
    'a = { version = "1", optional = true, features = ["bad"] }\n',
    'a = { version = "1", optional = true }\n',
  ],
  [
    "in the middle, too",
    'a = { workspace = true, features = [ "bad" ], optional = true }\n',
    "a = { workspace = true, optional = true }\n",
  ],
  ["at the front, too", 'a = { features = ["bad"], path = "../a" }\n', 'a = { path = "../a" }\n'],
  ["over several lines", 'a = { version = "1", features = [\n  "bad",\n] }\nb = "2"\n', 'a = "1"\nb = "2"\n'],
  [
    "a line of a table goes",
    '[dependencies.a]\nversion = "1"\nfeatures = ["bad"] # why\nb = 1\n',
    '[dependencies.a]\nversion = "1"\nb = 1\n',
  ],
  [
    "lines of a table go",
    '[dependencies.a]\r\nfeatures = [\r\n  "bad",\r\n]\r\nversion = "1"\r\n',
    '[dependencies.a]\r\nversion = "1"\r\n',
  ],
  ["a dotted key goes", '[dependencies]\na.workspace = true\na.features = ["bad"]\n', "[dependencies]\na.workspace = true\n"],
  ["at the end of the file", '[dependencies.a]\nversion = "1"\nfeatures = ["bad"]', '[dependencies.a]\nversion = "1"\n'],
  ["a comment in the list keeps it", 'a = { features = [\n  # later\n  "bad",\n] }\n', "a = { features = [\n  # later\n] }\n"],
  ["a crate's own feature may switch on nothing", '[features]\nlab = ["bad"]\n', "[features]\nlab = []\n"],
  ["even one of that name", '[features]\nfeatures = ["bad"]\n', "[features]\nfeatures = []\n"],
] as const) {
  test(name, () => {
    const at = before.indexOf("bad");
    const after = applyEdits(before, [withoutFeature(before, { start: at, end: at + "bad".length })]);
    assert.equal(after, expected);
    assert.ok(parseToml(after).ok);
  });
}
