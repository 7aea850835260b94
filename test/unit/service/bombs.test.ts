/**
 * Small inputs that stand for enormous ones: each is answered within its work, nothing fails inside, and the files beside it keep their
 * findings.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";
import { workOf } from "../../harness/work.ts";

const BAD = `pub fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().danger_accept_invalid_certs(true).build()
}
`;
const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\n';
const nested = (count: number, open: string, close: string, core: string): string => open.repeat(count) + core + close.repeat(count);
const agent = (statements: string, value: string): string =>
  `${BAD}pub fn x() -> reqwest::ClientBuilder { ${statements} reqwest::Client::builder().user_agent(${value}) }\n`;
/** Each is made of two of the one before. */
const doubled = (first: string, next: (before: string) => string): string =>
  agent(`let a0 = ${first}; ${Array.from({ length: 60 }, (_, at) => `let a${at + 1} = ${next(`a${at}`)};`).join(" ")}`, "a60");

const bombs: Readonly<Record<string, string>> = {
  "forty nested concat!": agent("", nested(40, 'concat!("a", ', ")", '"x"')),
  "forty nested format!": agent("let n = 1;", nested(40, 'format!("{}{}", n, ', ")", '"x"')),
  "format! that doubles a text": doubled('"xxxxxxxx"', (it) => `format!("{${it}}{${it}}")`),
  "concat! that doubles a text": doubled('"xxxxxxxx"', (it) => `concat!(${it}, ${it})`),
  "sums that double a text": doubled('"xxxxxxxx"', (it) => `${it} + ${it}`),
  "paths that double a text": doubled('"xxxxxxxx"', (it) => `${it}.join(${it})`),
  "a template of many holes": agent('let a = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";', `format!("${"{a}".repeat(200_000)}")`),
  "tuples that double": doubled('"x"', (it) => `(${it}, ${it})`),
  "vectors that double": doubled('"x"', (it) => `vec![${it}, ${it}]`),
  "3,000 nested modules": `${nested(3_000, "mod a {", "}", BAD)}\n`,
  "3,000 nested closures": `${BAD}fn f() { let a = ${"|| ".repeat(3_000)}1; }\n`,
  "3,000 nested blocks of impl": `${BAD}${nested(3_000, "impl A { fn f() { ", "} }", "")}\n`,
};

for (const [name, text] of Object.entries(bombs)) {
  test(`${name}: its own findings stay, and those of the file that uses it`, async () => {
    const host = memoryHost({
      "/w/Cargo.toml": MANIFEST,
      "/w/src/main.rs": "mod a; mod b;\n",
      "/w/src/a.rs": text,
      "/w/src/b.rs": `use crate::a::x;\n${BAD}pub fn y() { x(); }\n`,
    });
    const work = workOf(host);
    const service = await createLintService(host, { roots: ["/w"] });
    for (const file of ["/w/src/b.rs", "/w/src/a.rs"])
      assert.deepEqual(
        (await service.lint(file)).findings.map((it) => it.rule),
        ["disabled-verification"],
        file,
      );
    work.assertBounded();
    service.dispose();
  });
}

const filler = (line: (at: number) => string, size: number): string => {
  const lines: string[] = [];
  for (let length = 0; length < size; length += lines.at(-1)?.length ?? 0) lines.push(line(lines.length));
  return lines.join("");
};

const LARGE = 24 << 20;
const files: readonly (readonly [path: string, content: string, expected: "failed" | "finding" | "nothing"])[] = [
  ["/w/Cargo.lock", filler((at) => `[[package]]\nname = "a${at}"\nversion = "1.0.0"\n`, LARGE), "failed"],
  ["/w/tlslint.toml", filler((at) => `a${at} = 1\n`, LARGE), "failed"],
  ["/w/.env", filler((at) => `A${at}=redis://h${at}.example.com\n`, LARGE), "failed"],
  ["/w/tlslint.toml", filler((at) => `a${at} = 1\n`, 2 << 20), "finding"],
  ["/w/tlslint.toml", `a = ${nested(500_000, "[", "]", "")}\n`, "finding"],
  ["/w/tlslint.toml", `a = ${"{a=".repeat(500_000)}\n`, "finding"],
  ["/w/Cargo.toml", `${MANIFEST}a = ${"[{a=".repeat(300_000)}\n`, "finding"],
  ["/w/.gitignore", filler((at) => `**/a${at}*[a-z]?/**/b\n`, 4 << 20), "nothing"],
];

for (const [path, content, expected] of files) {
  test(`${path} of ${content.length} units, ${content.slice(0, 12).trim()}…: ${expected}, and the code beside it keeps its finding`, async () => {
    const host = memoryHost({ "/w/Cargo.toml": MANIFEST, "/w/src/lib.rs": BAD, [path]: content });
    const work = workOf(host);
    const service = await createLintService(host, { roots: ["/w"] });
    assert.deepEqual(
      (await service.lint("/w/src/lib.rs")).findings.map((it) => it.rule),
      ["disabled-verification"],
    );
    if (expected !== "nothing") {
      const { findings, gaps } = await service.lint(path);
      if (expected === "failed")
        assert.deepEqual(
          gaps.map(({ kind }) => kind),
          ["failed"],
        );
      else assert.ok(findings.length > 0 && findings.length <= 101, `${findings.length} findings`);
    }
    work.assertBounded();
    service.dispose();
  });
}

test("ten thousand suppressed lines of settings are each held by their own comment", async () => {
  const line = (at: number): string =>
    `URL_${at}=postgres://u:p@db.example/x?sslmode=disable # tlslint: allow(unverified-database-tls): reason ${at}\n`;
  const host = memoryHost({ "/w/.env": Array.from({ length: 10_000 }, (_, at) => line(at)).join("") });
  const work = workOf(host);
  const service = await createLintService(host, { roots: ["/w"] });
  const { findings, suppressed = [] } = await service.lint("/w/.env");
  assert.deepEqual([findings.length, suppressed.length], [0, 10_000]);
  assert.deepEqual(suppressed.at(-1)?.suppressed, { by: "comment", reason: "reason 9999" });
  work.assertBounded();
  service.dispose();
});
