/** How a name is written tells where it leads: to a type's own function, to an import, or nowhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Link, linksIn } from "../../../server/src/reading/links.ts";

const IMPORTS = {
  paths: new Map([
    ["Mutex", [["tokio", "sync", "Mutex"]]],
    ["tls", [["crate", "net", "tls"]]],
    ["Old", [["crate", "config", "Settings"]]],
  ]),
  globs: new Set<string>(),
};

const written = ({ name, method, after, root }: Link): string =>
  `${root === undefined ? "" : `${root} … `}${method ? "." : after === undefined ? "" : `${after}::`}${name}`;

const links = (text: string): readonly string[] => linksIn(text, IMPORTS, "Server").map(written);

test("comments, strings, labels and fields lead nowhere", () => {
  assert.deepEqual(links(`{ /* load() */ "load()" 'a' r#"say "load()""# 1u32 x.field /// load()\n}`), ["x"]);
  assert.deepEqual(links("Options { verify: VERIFY }"), ["Options", "VERIFY"]);
});

test("a path leads to what stands in front of its last name", () => {
  assert.deepEqual(links("Self::open()"), ["Server", "Server::open"]);
  assert.deepEqual(links("value.check(1)"), ["value", ".check"]);
  assert.deepEqual(links("shout!(1)"), ["shout!"]);
});

test("an import is undone", () => {
  assert.deepEqual(links("Mutex::new(1)"), ["tokio … sync::Mutex", "tokio … Mutex::new"]);
  assert.deepEqual(links("tls::client()"), ["crate … net::tls", "crate … tls::client"]);
  assert.deepEqual(links("Old::default()"), ["crate … config::Settings", "crate … Settings::default"]);
  assert.ok(links("{ use crate::net::{open as begin, close}; begin() }").includes("crate … crate::open"));
});

test("strings in attributes are code", () => {
  assert.deepEqual(
    links('struct S { #[serde(default = "yes")] verify: bool }').filter((it) => it === "yes"),
    ["yes"],
  );
});
