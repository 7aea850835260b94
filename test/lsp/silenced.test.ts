/** What the editor's status tells of a document whose findings comments or the configuration keep quiet. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { startEditor } from "./editor.ts";
import { MANIFEST, MISTAKEN } from "./programs.ts";
import { serverBundle } from "./server-bundle.ts";

const server = serverBundle();
const RULE = "disabled-verification";
const NOTHING = { comments: 0, configuration: 0, errors: 0, skipped: null };

test("nothing, a comment, a rule that is off, and a file that is excluded", async (context) => {
  const allowed = `// tlslint: allow-file(${RULE}): the device has no name\n${MISTAKEN}`;
  const cases = [
    { text: MISTAKEN, configuration: "", silenced: NOTHING },
    { text: allowed, configuration: "", silenced: { ...NOTHING, comments: 1, errors: 1 } },
    { text: MISTAKEN, configuration: `[rules]\n${RULE} = "off"\n`, silenced: { ...NOTHING, configuration: 1, errors: 1 } },
    { text: MISTAKEN, configuration: 'exclude = ["**"]\n', silenced: { ...NOTHING, skipped: "the configuration excludes it" } },
  ];
  for (const { text, configuration, silenced } of cases) {
    const editor = await startEditor(context, { server: server(), files: { "Cargo.toml": MANIFEST, "tlslint.toml": configuration } });
    const uri = await editor.open("src/main.rs", text);
    assert.deepEqual(await editor.connection.sendRequest("tlslint/silenced", { uri }), silenced, configuration);
  }
});
