/** Statements that we write are broken as rustfmt breaks them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { layOut, splitChain, styleOf } from "../../../server/src/reading/spelling/layout.ts";

const rustfmt = (text: string): string | undefined => {
  const run = spawnSync("rustfmt", ["--edition", "2021"], { input: text, encoding: "utf8" });
  return run.status === 0 ? run.stdout : undefined;
};
const present = rustfmt("fn main() {}\n") !== undefined;

const name = (most: number) => fc.string({ unit: fc.constantFrom(..."abcdefg_"), maxLength: most }).map((it) => `a${it}`);
const text = fc.string({ unit: fc.constantFrom(..."abcdefg "), maxLength: 45 }).map((it) => `"${it}"`);
const argument = fc.oneof(
  name(20),
  text,
  fc.tuple(name(20), text).map(([callee, it]) => `${callee}(${it})`),
);
const closure = fc
  .tuple(fc.constantFrom("|it| ", "move |it| "), name(20), argument)
  .map(([parameters, callee, it]) => `${parameters}${callee}(${it})`);
const call = fc
  .tuple(name(25), fc.oneof({ weight: 5, arbitrary: fc.array(argument, { maxLength: 2 }) }, { weight: 1, arbitrary: fc.tuple(closure) }))
  .map(([callee, given]) => `${callee}(${given.join(", ")})`);
const suffix = fc.constantFrom("", "?", '.expect("what went wrong here")', ".map_err(std::io::Error::other)?");
const chain = fc
  .tuple(
    fc.oneof(
      name(12),
      call.map((it) => `Type::${it}`),
    ),
    fc.array(fc.tuple(call, suffix), { maxLength: 3 }),
  )
  .map(([root, calls]) => root + calls.map(([one, end]) => `.${one}${end}`).join(""));
const statement = fc
  .tuple(fc.constantFrom("let value = ", "let mut value = ", "", "for a in "), chain)
  .map(([head, value]) => (head === "for a in " ? `${head}${value} {` : `${head}${value};`));

test("statements are laid out as rustfmt does", { skip: !present }, () => {
  const lines = fc.sample(statement, { numRuns: 1000, seed: 20_260_601 });
  const style = styleOf("fn main() {\n    a();\n}\n");
  const whole = (body: (line: string) => string) =>
    lines.map((line, at) => `fn f${at}() {\n    ${body(line)}${line.endsWith("{") ? "\n        b();\n    }" : ""}\n}\n`).join("\n");
  assert.equal(
    whole((line) => layOut([line], "    ", style)),
    rustfmt(whole((line) => line)),
  );
});

test("a chain is split at its own dots only", () => {
  assert.deepEqual(splitChain('a::b("x.y").c(d.e())?.f::<G<_, H>>()'), {
    root: 'a::b("x.y")',
    segments: [".c(d.e())?", ".f::<G<_, H>>()"],
  });
  assert.equal(splitChain("a.b() | c.d()"), undefined);
});

test("a file's line ends and indentation are kept", () => {
  assert.deepEqual(styleOf("fn f() {\r\n\ta();\r\n}\r\n"), { eol: "\r\n", unit: "\t" });
  assert.deepEqual(styleOf("fn f() {\n  a();\n  b();\n}\n"), { eol: "\n", unit: "  " });
  assert.deepEqual(styleOf(""), { eol: "\n", unit: "    " });
});
