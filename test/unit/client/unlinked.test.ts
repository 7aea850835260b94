/** What a file is called, or says, never becomes a link that runs a command of the editor. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { statusOf } from "../../../client/src/status-text.ts";
import { unlinked } from "../../../client/src/unlinked.ts";

/** As VS Code finds links (`src/vs/base/common/linkedText.ts`) and icons (`iconLabels.ts`). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;
const HOSTILE = [
  "[Forgot it?](command:workbench.action.quit).p12",
  "[a](file:///etc/passwd)",
  '[a](https://x.example "b").p12',
  "$(key).p12",
];

test("a hostile name is text, and still recognised", () => {
  for (const name of HOSTILE) {
    assert.ok(LINK.test(name) || ICON.test(name), name);
    assert.doesNotMatch(unlinked(name), LINK);
    assert.doesNotMatch(unlinked(name), ICON);
    assert.equal(unlinked(name).replaceAll(" (", "("), name);
  }
  assert.equal(unlinked("certs/client (1) [old].p12"), "certs/client (1) [old].p12");
});

test("reasons in the status quote code and names, and link nowhere", () => {
  const silenced = { comments: 0, configuration: 0, errors: 0 };
  const [hostile = ""] = HOSTILE;
  const of = { findings: 0, outOfReach: [hostile], silenced: { ...silenced, skipped: hostile }, trusted: true };
  for (const { text, detail } of [statusOf(of), statusOf({ ...of, failed: hostile })]) {
    assert.match(detail, /Forgot it\?/);
    assert.doesNotMatch(`${text} ${detail}`, LINK);
  }
});
