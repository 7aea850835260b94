/** Names by themselves: what the carets in small crates say that a path, a method and a call mean, and who calls a function. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { differencesOfNames } from "./harness/name-carets.ts";
import { meaningsIn, modulesOf, namedIn, resolved } from "./harness/names.ts";
import { workspaces } from "./harness/workspaces.ts";

const all = workspaces("names");

for (const { name, files } of all) {
  test(name, () => {
    const texts = new Map([...files].map(([path, { text }]) => [`/${name}/${path}`, text]));
    const names = resolved(texts);
    let carets = 0;
    for (const [path, text] of texts) {
      if (!path.endsWith(".rs")) continue;
      const meanings = meaningsIn(path, names);
      const { differences, count } = differencesOfNames(text, ({ start, end, name, expected }) => {
        // In an import: what the module then knows by the name.
        if (expected.some((it) => it.startsWith("is ")))
          return [...new Set(modulesOf(path, names.maps).flatMap((it) => namedIn(it, name, names.maps)))];
        return meanings.get(`${start} ${end}`) ?? [];
      });
      assert.deepEqual(differences, [], path);
      carets += count;
    }
    assert.ok(carets > 0, "nothing is asserted");
  });
}

test("the cases are many, and most of them hold", () => {
  assert.ok(all.length >= 20, `${all.length}`);
});
