/** Fields of what a model knows: a field that is the object itself, seen as another type, is assigned to as that. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { said } from "../../harness/said.ts";

test("a field behind a view of a configuration", async () => {
  const text = `use std::sync::Arc;
use rustls::{ClientConfig, KeyLogFile};
pub fn observed(config: &mut ClientConfig) {
    config.dangerous().cfg.key_log = Arc::new(KeyLogFile::new());
}
`;
  assert.deepEqual(await said(text), ["4 warning key-log: KeyLogFile::new"]);
});
