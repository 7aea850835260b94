/** Which calls drop an error, and what stands in their place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { R23 } from "./case.ts";
import { fixed } from "./stage.ts";

const collected = async (calls: string, returns = "std::io::Result<()>"): Promise<string> => {
  const text = await fixed({
    text: `fn load(reader: &mut dyn std::io::BufRead) -> ${returns} {\n    let certs = rustls_pemfile::certs(reader)${calls};\n    Ok(())\n}\n`,
    at: "rustls_pemfile::certs",
    call: "rustls_pemfile::certs",
    want: { kind: "propagate-error" },
    fact: { kind: "dropped-error", what: "certificate", call: "certs", systemStore: false },
    versions: R23,
  });
  return /certs\(reader\)(.*);/s.exec(text)?.[1]?.replace(/\n\s*/g, "") ?? text;
};

for (const given of ["Result::ok", "std::result::Result::ok", "|it| it.ok()", "|it: Result<_, _>| it.ok()", "| it | /* no error */ it"])
  test(`filter_map(${given}) drops errors`, async () => {
    assert.equal(await collected(`.filter_map(${given}).collect()`), ".collect::<Result<Vec<_>, _>>()?");
  });
for (const given of [
  "Option::Some",
  "usable",
  "|it| other",
  "|it| other.ok()",
  "|it| it.ok().filter(usable)",
  "|it| it.err()",
  "|it| it.ok_or(1)",
])
  test(`filter_map(${given}) is something else`, async () => {
    assert.match(await collected(`.filter_map(${given}).collect()`), /^refused: /);
  });

test("what is collected into stays what it is", async () => {
  assert.equal(await collected(".flatten().collect::<Box<[_]>>()"), ".collect::<Result<Box<[_]>, _>>()?");
  assert.equal(await collected(".flatten().collect::<Vec<_>>()", "u8"), '.collect::<Result<Vec<_>, _>>().expect("malformed certificate")');
  assert.equal(await collected(".flatten().count()"), ".collect::<Result<Vec<_>, _>>()?.into_iter().count()");
});

test("the body of an `if let` moves out of its block unless a text goes over lines there", async () => {
  const then = (text: string): Promise<string> =>
    fixed({
      text: `fn trust(roots: &mut R, ca: C) -> Result<(), E> {\n    if let Ok(()) = roots.add(ca) {\n        println!(${text});\n    }\n}\n`,
      at: ".add(",
      call: "rustls::RootCertStore::add",
      want: { kind: "propagate-error" },
      fact: { kind: "dropped-error", what: "anchor", call: "add", systemStore: false },
      versions: R23,
    });
  assert.match(await then('"one" /* " */'), /\n {4}println!\("one" \/\* " \*\/\);\n}/);
  assert.match(await then('"one\n        two"'), /\n {8}println!\("one\n {8}two"\);\n {4}}\n}/);
});
