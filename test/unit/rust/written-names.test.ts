/** The names that a text writes as code, and those that its paths begin with. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parsed } from "./load.ts";

const names = (text: string) => {
  const { all, leading } = parsed(text).names;
  return { all: [...all].sort(), leading: [...leading].sort() };
};

test("paths begin with the first of their names, global ones and imports among them", () => {
  assert.deepEqual(names("use a::b; use ::c::d; use e as f; extern crate g; fn h() { i :: j(); k.l(); }").leading, [
    "a",
    "c",
    "e",
    "g",
    "i",
  ]);
  assert.deepEqual(names("use tokio_rustls::rustls::{self, pki::A}; type T = <B as C>::D; fn f() { E::<F>::g() }").leading, [
    "E",
    "pki",
    "tokio_rustls",
  ]);
  assert.deepEqual(names("m! { n::o p }").leading, ["n"]);
});

test("two names that follow one another in a path are one more", () => {
  assert.deepEqual(names("fn f() { a::b /* of */ ::c; }").all, ["a", "a::b", "b", "b::c", "c", "f"]);
  assert.deepEqual(names("fn f() { self::a; Self::b; }").all, ["Self", "Self::b", "a", "b", "f", "self::a"]);
});

test("comments and strings write no names", () => {
  const { all, leading } = names('//! use a::b;\n/* c::d */ fn f() { /// e::f\n g("h::i", r#"j::k"#); }');
  assert.deepEqual([all, leading], [["f", "g"], []]);
});
