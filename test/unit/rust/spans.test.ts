/** Every span covers the text it stands for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed } from "./load.ts";

const SOURCE = `
// é 😀 \r alone
use a::{b, c as d};
#[cfg(x)]
impl A for B<C> {
  const K: &str = "ü\\n";
  async fn f<T: D>(&self, mut e: &G) -> H {
    let r#x = "😀".to_string(); let y = (a.b::<C>(1, "q")?.d.await);
    if let Some(z) = y { z[0] |= S { a, b: -1, ..c }; }
    match y { E::F { g, h: _ } | I(j) if k => vec![l, m.n("ö")], _ => return (o, [p; 2]) }
  }
}
macro_rules! w { ($v:expr) => { fn u() { t("ß", $v) } } }
`;

/** Plain objects with a `span` next to what they name; lazily computed parts are asked for. */
function visit(value: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see);
  else if (typeof value === "object" && value !== null) {
    const node = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, typeof one === "function" ? one() : one]));
    see(node);
    for (const one of Object.values(node)) visit(one, see);
  }
}

const isSpan = (value: unknown): value is { readonly start: number; readonly end: number } =>
  typeof value === "object" && value !== null && "start" in value && "end" in value && Object.keys(value).length === 2;

test("names stand at their spans", async () => {
  const file = parsed(SOURCE);
  assert.deepEqual(file.errors, []);
  let names = 0;
  visit(file.items, (node) => {
    for (const [field, value] of Object.entries(node)) {
      if (!isSpan(value)) continue;
      assert.ok(value.start <= value.end && value.end <= SOURCE.length, field);
      const text = SOURCE.slice(value.start, value.end);
      assert.equal(text, text.trim(), `${field} has space around it`);
      if (field === "nameSpan" && typeof node["name"] === "string" && node["name"].match(/^[a-zA-Z]\w*$/)) {
        assert.equal(text.replace("r#", ""), node["name"]);
        names++;
      }
      if (field === "argumentsSpan") assert.match(text, /^\([\s\S]*\)$/);
      if (field === "segmentSpan") assert.match(text, /^\.[\s\S]*\)$/);
      if (field === "tokens") assert.match(text, /^[([{][\s\S]*[)\]}]$/);
    }
    if (Array.isArray(node["segments"])) {
      for (const segment of node["segments"])
        assert.equal(SOURCE.slice(segment.span.start, segment.span.end).replace("r#", "").replace("$", "_"), segment.name);
    }
  });
  assert.ok(names >= 7, String(names));
});

test("children lie within their parents, in order", async () => {
  const file = parsed(SOURCE);
  visit(file.items, (node) => {
    const own = node["span"];
    if (!isSpan(own) || node["kind"] === undefined) return;
    for (const key of [
      "receiver",
      "callee",
      "operand",
      "left",
      "right",
      "base",
      "index",
      "target",
      "value",
      "condition",
      "then",
      "otherwise",
      "body",
    ]) {
      const child = node[key];
      if (typeof child !== "object" || child === null || !("span" in child) || !isSpan(child.span)) continue;
      assert.ok(own.start <= child.span.start && child.span.end <= own.end, `${String(node["kind"])}.${key}`);
    }
  });
});
