/** A service while somebody types: everything that it says of a function that does not parse for the moment, and of what is around it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { span } from "../../server/src/base/span.ts";
import { applyEdits } from "../../server/src/base/text-edit.ts";
import { createLintService, type FileReport, type LintService } from "../../server/src/service/index.ts";
import { forTyping } from "../../server/src/service/typing/typing-service.ts";
import { memoryHost } from "../harness/memory-host.ts";

const FILE = "/w/src/main.rs";
const MANIFEST = '[package]\nname = "a"\nversion = "0.1.0"\n[dependencies]\nreqwest = "0.12"\nopenssl = "0.10"\n';
const TEXT = `fn first() -> reqwest::Client {
    let wait = 10;
    reqwest::Client::builder().danger_accept_invalid_certs(true).build().unwrap()
}

fn second() -> Result<(), openssl::error::ErrorStack> {
    let mut builder = openssl::ssl::SslAcceptor::mozilla_modern_v5(openssl::ssl::SslMethod::tls_server())?;
    builder.set_ca_file("ca.pem")?;
    builder.set_session_id_context(b"a")?;
    builder.set_verify(openssl::ssl::SslVerifyMode::PEER);
    Ok(())
}

fn main() {
    first();
    second().unwrap();
}
`;

const HALF = TEXT.replace("let wait = 10;", "let wait = Duration::from_secs(");
const service = async (): Promise<{ readonly behind: LintService; readonly typing: LintService }> => {
  const behind = await createLintService(memoryHost({ "/w/Cargo.toml": MANIFEST, [FILE]: TEXT, "/w/ca.pem": "" }), { roots: ["/w"] });
  return { behind, typing: forTyping(behind) };
};

/** Rules, with what stands at the places of their findings. */
const said = ({ findings }: FileReport, text: string): readonly string[] =>
  findings.map(({ rule, place: { span } }) => `${rule} ${text.slice(span.start, span.end)}`);

const BOTH = ["disabled-verification", "optional-client-auth"];
const rulesOf = ({ findings }: FileReport): readonly string[] => findings.map((it) => it.rule);

test("findings stay while a function does not parse, at the places where their text stands now", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  const whole = await typing.lint(FILE);
  const before = said(whole, TEXT);
  assert.deepEqual(rulesOf(whole), BOTH);
  typing.change(FILE, HALF, undefined);
  assert.deepEqual(said(await typing.lint(FILE), HALF), before);
  assert.equal(await typing.text(FILE), HALF);
  assert.equal((await typing.shownText(FILE))?.part(span(0, HALF.length)), HALF);
});

test("what is being changed is not judged by what it was", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  const half = TEXT.replace("danger_accept_invalid_certs(true)", "danger_accept_in(");
  typing.change(FILE, half, undefined);
  assert.deepEqual(rulesOf(await typing.lint(FILE)), ["optional-client-auth"]);
});

test("a text that was never seen whole is analysed as it is", async () => {
  const { behind, typing } = await service();
  typing.open(FILE, HALF);
  assert.deepEqual((await typing.lint(FILE)).findings, (await behind.lint(FILE)).findings);
  assert.equal(await behind.text(FILE), HALF);
});

test("a key in what does not parse is no news: nothing is analysed for it", async () => {
  const { behind, typing } = await service();
  typing.open(FILE, TEXT);
  typing.change(FILE, HALF, undefined);
  const report = await behind.lint(FILE);
  typing.change(FILE, HALF.replace("from_secs(", "from_secs(1, "), undefined);
  await typing.lint(FILE);
  assert.equal(await behind.lint(FILE), report);
  typing.change(FILE, TEXT.replace("10", "11"), undefined);
  await typing.lint(FILE);
  assert.notEqual(await behind.lint(FILE), report);
});

test("fixes change what is there, also beside what does not parse", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  typing.change(FILE, HALF, undefined);
  const { findings } = await typing.lint(FILE);
  for (const [rule, from, to] of [
    ["disabled-verification", ".danger_accept_invalid_certs(true)", "Client::builder().build()"],
    ["optional-client-auth", "SslVerifyMode::PEER)", "FAIL_IF_NO_PEER_CERT"],
  ] as const) {
    const edits = findings.find((it) => it.rule === rule)?.fixes[0]?.edits.find((it) => it.file === FILE)?.edits ?? [];
    const fixed = applyEdits(HALF, edits);
    assert.ok(fixed.includes("from_secs("), fixed);
    assert.ok(!fixed.includes(from) && fixed.includes(to), fixed);
  }
  const { groups, blocked } = await typing.planFixes([FILE], { allowed: "review" });
  assert.deepEqual([groups, [...blocked.keys()]], [[], [FILE]], "all of a file is changed when it is whole");
});

test("a fix that would change what is no longer there is not offered, and says why", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  const half = TEXT.replace("reqwest::Client::builder()", "reqwest::Client::builder(");
  typing.change(FILE, half, undefined);
  const found = (await typing.lint(FILE)).findings.find((it) => it.rule === "disabled-verification");
  if (found !== undefined && found.fixes.length === 0) assert.match(found.unfixed ?? "", /does not parse/);
  for (const { edits } of found?.fixes ?? []) for (const it of edits) assert.ok(applyEdits(half, it.edits).includes("builder("));
});

test("suppressions, hovers, links and explanations are about the text as it is", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  typing.change(FILE, HALF, undefined);
  const finding = (await typing.lint(FILE)).findings.find((it) => it.rule === "optional-client-auth");
  assert.ok(finding !== undefined);
  const [edits] = (await typing.suppressions(FILE, finding))[0]?.edits ?? [];
  assert.match(applyEdits(HALF, edits?.edits ?? []), /allow\(optional-client-auth\): reason\n {4}builder\.set_verify/);

  const hover = await typing.hover(FILE, HALF.indexOf("mozilla_modern_v5") + 2);
  assert.ok(hover !== undefined);
  assert.match(HALF.slice(hover.span.start, hover.span.end), /mozilla_modern_v5/);
  assert.equal(await typing.hover(FILE, HALF.indexOf("from_secs(")), undefined);

  const links = await typing.navigation.links(FILE);
  assert.deepEqual(
    links.map(({ span }) => HALF.slice(span.start, span.end)),
    ["ca.pem"],
  );

  const line = HALF.slice(0, HALF.indexOf("set_verify")).split("\n").length;
  const told = await typing.explain(FILE, line);
  assert.deepEqual(
    told.findings.map((it) => it.rule),
    ["optional-client-auth"],
  );
  assert.match(told.file.at(-1) ?? "", /does not parse/);
  assert.ok(told.known.includes(line));

  const { items } = await typing.overview.endpoints({ from: 0, count: 10 });
  assert.ok(items.length > 0);
  for (const { place } of items) assert.match(HALF.slice(place.span.start, place.span.end), /builder|mozilla_modern_v5/);
});

test("work aside begins with the same texts, and leaves them alone", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  typing.change(FILE, HALF, undefined);
  const before = await typing.lint(FILE);
  await typing.aside(async (fork) => {
    assert.deepEqual(said(await fork.lint(FILE), HALF), said(before, HALF));
    fork.change(FILE, "fn main() {}\n", undefined);
    assert.deepEqual((await fork.lint(FILE)).findings, []);
  });
  assert.deepEqual(said(await typing.lint(FILE), HALF), said(before, HALF));
});

test("a document that is closed, or opened again, begins anew", async () => {
  const { typing } = await service();
  typing.open(FILE, TEXT);
  typing.change(FILE, HALF, undefined);
  typing.close(FILE);
  assert.equal(await typing.text(FILE), TEXT);
  typing.open(FILE, HALF);
  assert.equal(await typing.text(FILE), HALF);
  const { behind } = { behind: await service() };
  behind.behind.open(FILE, HALF);
  assert.deepEqual(said(await typing.lint(FILE), HALF), said(await behind.behind.lint(FILE), HALF));
});
