/** `tlslint report`: a page that is well formed, loads nothing, can be read aloud, counts right, and holds no markup of strangers. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { certificate } from "../lsp/programs.ts";
import { folder, MISTAKEN, tlslint } from "./cli.ts";

const POSIX = process.platform !== "win32";
const HOSTILE = 'src/"><script>alert(1)</script>&.rs';

function reports(context: TestContext): string {
  const cwd = folder(context, { ...MISTAKEN, "src/b.rs": MISTAKEN["src/main.rs"], "certs/ca.pem": certificate("<b>root</b>", 12.5) });
  const write = (name: string, args: readonly string[]) => writeFileSync(join(cwd, name), tlslint(cwd, args).stdout);
  write("before.json", ["check", "--format", "json", "src"]);
  write("ends.json", ["expiry", "--format", "json"]);
  writeFileSync(join(cwd, "src/b.rs"), "pub fn f() {}\n");
  writeFileSync(join(cwd, HOSTILE.replaceAll("/script", "script")), MISTAKEN["src/main.rs"]);
  write("now.json", ["check", "--format", "json", "src"]);
  return cwd;
}

test("the page is well formed, and its tables say what the reports say", { skip: !POSIX }, async (context) => {
  const { XmlDocument } = await import("libxml2-wasm");
  const cwd = reports(context);
  const { status, stdout, stderr } = tlslint(cwd, [
    "report",
    "pay=now.json",
    "--previous",
    "before.json",
    "--expiry",
    "ends.json",
    "--now",
    "2026-01-01",
  ]);
  assert.deepEqual([status, stderr], [0, ""]);
  const document = XmlDocument.fromString(stdout.replace(/^<!DOCTYPE html>\n/, ""));
  const texts = (path: string): readonly string[] => document.find(path).map((it) => it.content);
  assert.deepEqual(texts("//section[@id='repositories']//tbody/tr/*"), ["pay", "2", "0", "0", "0", "0", "3"]);
  assert.deepEqual(texts("//section[@id='rules']//tbody/tr/*"), ["disabled-verification", "2", "0", "0", "0", "1"]);
  assert.equal(texts("//section[@id='findings']//tbody/tr").length, 2);
  assert.match(texts("//section[@id='certificates']//tbody/tr/th")[0] ?? "", /<b\\?>root/, "as text");
  assert.equal(document.find("//script|//b|//img|//link|//iframe").length, 0);
  assert.deepEqual(new Set(texts("//section[@id='findings']//code")), new Set(["danger_accept_invalid_certs"]));
  assert.doesNotMatch(texts("//section[@id='findings']")[0] ?? "", /`/);
});

test("the trend goes by path and fingerprint", { skip: !POSIX }, async (context) => {
  const { XmlDocument } = await import("libxml2-wasm");
  const { stdout } = tlslint(reports(context), ["report", "now.json", "--previous", "before.json"]);
  const document = XmlDocument.fromString(stdout.replace(/^<!DOCTYPE html>\n/, ""));
  assert.deepEqual(
    document.find("//section[@id='trend']//tr/*").map((it) => it.content),
    ["repository", "new", "gone", "suppressed since", "not known", "still there", "this run", "1", "1", "0", "0", "1"],
  );
});

test("the trend is told by repository, and what nobody can tell is not gone", { skip: !POSIX }, async (context) => {
  const { XmlDocument } = await import("libxml2-wasm");
  const cwd = folder(context, {
    ...MISTAKEN,
    "src/a.rs": MISTAKEN["src/main.rs"],
    "src/b.rs": MISTAKEN["src/main.rs"],
    "src/c.rs": MISTAKEN["src/main.rs"],
  });
  const write = (name: string, ...args: readonly string[]) =>
    writeFileSync(join(cwd, name), tlslint(cwd, ["check", "--format", "json", "src", ...args]).stdout);
  write("before.json");
  writeFileSync(join(cwd, "src/a.rs"), new Uint8Array([0, 159, 146, 150, 0]));
  writeFileSync(join(cwd, "src/b.rs"), `// tlslint: allow-file(disabled-verification): a test server\n${MISTAKEN["src/main.rs"]}`);
  writeFileSync(join(cwd, "src/c.rs"), "pub fn f() {}\n");
  write("now.json");
  write("part.json", "--shard", "1/2");
  const trend = (...args: readonly string[]): readonly string[] =>
    XmlDocument.fromString(tlslint(cwd, ["report", ...args]).stdout.replace(/^<!DOCTYPE html>\n/, ""))
      .find("//section[@id='trend']//tbody/tr")
      .map((it) =>
        it
          .find("*")
          .map((cell) => cell.content)
          .join(" "),
      );
  assert.deepEqual(trend("now.json", "--previous", "before.json"), ["this run 0 1 1 1 1"]);
  assert.deepEqual(
    trend("part.json", "--previous", "before.json")
      .map((it) => it.replace(/^this run \d /, ""))
      .map((it) => it[0]),
    ["0"],
  );
  assert.deepEqual(trend("pay=now.json", "new=now.json", "--previous", "pay=before.json", "--previous", "old=before.json"), [
    "all 1 1 1 5 1",
    "new (only in this report) 1 0 0 0 0",
    "old (only in the previous report) 0 0 0 4 0",
    "pay 0 1 1 1 1",
  ]);
  const many = ["a", "b", "c", "pay"].flatMap((it) => ["--previous", `${it}=${it === "pay" ? "before" : "now"}.json`]);
  assert.deepEqual(trend("a=now.json", "b=now.json", "c=now.json", "pay=now.json", ...many), [
    "all 0 1 1 1 4",
    "pay 0 1 1 1 1",
    "3 without changes 0 0 0 0 3",
  ]);
});

test("--expiry is taken several times, by name; what could not be read is told", { skip: !POSIX }, async (context) => {
  const { XmlDocument } = await import("libxml2-wasm");
  const cwd = reports(context);
  const broken = folder(context, { "ca.pem": certificate("later", 99.5), "broken.crt": new Uint8Array([0, 1, 2, 0]) });
  writeFileSync(join(cwd, "more.json"), tlslint(broken, ["expiry", "--format", "json"]).stdout);
  const { status, stdout } = tlslint(cwd, ["report", "now.json", "--expiry", "ledger=more.json", "--expiry", "pay=ends.json"]);
  assert.equal(status, 0);
  const document = XmlDocument.fromString(stdout.replace(/^<!DOCTYPE html>\n/, ""));
  const texts = (path: string): readonly string[] => document.find(path).map((it) => it.content);
  assert.deepEqual(texts("//section[@id='certificates']//tbody/tr/td[last()]"), ["pay/certs/ca.pem:1", "ledger/ca.pem:1"]);
  assert.deepEqual(texts("//section[@id='gaps']//tbody/tr/th"), ["ledger/broken.crt"]);
  writeFileSync(join(cwd, "lib.rs"), "mod gone;\n");
  writeFileSync(join(cwd, "gap.json"), tlslint(cwd, ["check", "--format", "json", "lib.rs"]).stdout);
  assert.match(tlslint(cwd, ["report", "gap.json"]).stdout, /module <code>gone<\/code> is not read/);
});

test("it loads nothing, and assistive technology finds its way", { skip: !POSIX }, async (context) => {
  const { XmlDocument } = await import("libxml2-wasm");
  const { stdout } = tlslint(reports(context), ["report", "now.json", "--expiry", "ends.json"]);
  const document = XmlDocument.fromString(stdout.replace(/^<!DOCTYPE html>\n/, ""));
  assert.equal(document.find("//*[@src]|//*[starts-with(name(@*), 'on')]").length, 0);
  assert.match(document.get("//meta[@http-equiv='Content-Security-Policy']/@content")?.content ?? "", /^default-src 'none'/);
  assert.doesNotMatch(stdout, /@import|url\(/);
  assert.match(stdout, /<style>\n:root \{[^<&]*<\/style>/, "a browser reads it as it stands");
  assert.equal(document.get("/html/@lang")?.content, "en");
  assert.notEqual(document.get("//title")?.content, "");
  const count = (path: string): number => document.find(path).length;
  assert.ok(count("//table") >= 4);
  assert.equal(count("//table[not(caption)]") + count("//thead//th[not(@scope='col')]") + count("//tbody/tr[not(th[@scope='row'])]"), 0);
  for (const id of document.find("//section/@aria-labelledby")) assert.equal(count(`//h2[@id='${id.content}']`), 1);
  assert.equal(count("//h1"), 1);
  assert.deepEqual(
    document.find("//nav//a/@href").map((it) => it.content),
    document.find("//section/@id").map((it) => `#${it.content}`),
    "every part is within one step",
  );
  const target = document.get("//a[@class='skip']/@href")?.content.slice(1);
  assert.equal(count(`//*[@id='${target}']`), 1);
});

test("what is no report is a mistake, and a page that cannot be written, too", { skip: !POSIX }, (context) => {
  const cwd = reports(context);
  for (const [args, message] of [
    [["report", "ends.json"], /`ends\.json` cannot be used: it is not a report/],
    [["report", "now.json", "--previous", "none.json"], /`none\.json` cannot be used: there is no such file/],
    [
      ["report", "now.json", "--expiry", "now.json"],
      /`--expiry now\.json` cannot be used; expected what `tlslint expiry --format json` writes/,
    ],
    [["report", "now.json", "--output", "src"], /`--output src` could not be written: it is a folder/],
    [["report"], /needs reports/],
  ] as const) {
    const { status, stderr } = tlslint(cwd, args);
    assert.equal(status, 2, args.join(" "));
    assert.match(stderr, message);
  }
  assert.equal(tlslint(cwd, ["report", "now.json", "--output", "page.html"]).status, 0);
  assert.match(readFileSync(join(cwd, "page.html"), "utf8"), /^<!DOCTYPE html>\n<html lang="en">/);
});
