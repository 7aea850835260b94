/** Golden files of messages: what a run of some fixtures writes down loses nothing of what all of them say. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { textsWith, unlisted } from "../harness/messages.ts";

const NEW = { rule: "weak-cipher", message: "`RC4-SHA` is `something new` (in test code)", help: "read `ciphers(1)`" };

test("what is said beside what is listed is added to it", () => {
  assert.equal(unlisted([NEW]).length, 2);
  const texts = textsWith([NEW]);
  assert.equal(texts.size, 1);
  for (const [path, text] of texts) {
    assert.match(path, /\/messages\/weak-cipher\.txt$/);
    const lines = new Set(text.split("\n"));
    assert.deepEqual(
      readFileSync(path, "utf8")
        .split("\n")
        .filter((it) => !lines.has(it)),
      [],
    );
    assert.match(text, /^`…` is `…`\n {4}`RC4-SHA` `something new`$/m);
  }
});

test("what is listed changes no file", () => {
  const message = "`set_cipher_list` allows `DES-CBC3-SHA`: 64-bit blocks leak plaintext in long connections";
  assert.deepEqual([...textsWith([{ rule: "weak-cipher", message }])], []);
});
