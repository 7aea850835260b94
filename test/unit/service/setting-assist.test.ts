/** Keys, rules and values that fit where the cursor is in a file of settings, what they mean, and the word that was meant. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEdits } from "../../../server/src/base/text-edit.ts";
import { SETTING_KEYS } from "../../../server/src/service/configuration/settings.ts";
import { createLintService } from "../../../server/src/service/index.ts";
import { memoryHost } from "../../harness/memory-host.ts";

/** `|` is the cursor. */
async function at(written: string, file = "/w/tlslint.toml") {
  const offset = written.indexOf("|");
  assert.ok(offset >= 0);
  const text = written.replace("|", "");
  const service = await createLintService(memoryHost({ [file]: text }), { roots: ["/w"] });
  const complete = async (): Promise<readonly string[]> => {
    const found = await service.settingCompletions(file, offset);
    return found.map(({ insert, place }) => text.slice(0, place.start) + insert + text.slice(place.end));
  };
  const labels = async (): Promise<readonly string[]> => (await service.settingCompletions(file, offset)).map(({ label }) => label);
  return { complete, labels, hover: () => service.hover(file, offset) };
}

test("an empty file has all settings to offer, tables as their headers", async () => {
  const all = await (await at("|")).complete();
  assert.equal(all.length, SETTING_KEYS.length);
  assert.ok(all.includes("mtls = ") && all.includes("[rules]") && all.includes("[hosts]"), all.join());
});

test("what is there is not offered again, and what is half written is replaced whole", async () => {
  const { complete, labels } = await at('mtls = "auto"\nprof|ile\n');
  assert.ok(!(await labels()).includes("mtls"));
  assert.ok((await complete()).includes('mtls = "auto"\nprofile = \n'));
});

test("rules are offered in their table, and levels behind them", async () => {
  const rules = await at('[rules]\nno-client-auth = "error"\n|');
  assert.ok((await rules.labels()).includes("expired-certificate"));
  assert.ok(!(await rules.labels()).includes("no-client-auth"));
  assert.deepEqual(await (await at("[rules]\nno-client-auth = |")).labels(), ["error", "warning", "info", "hint", "off"]);
  assert.ok((await (await at('[rules]\nno-client-auth = "w|"\n')).complete()).includes('[rules]\nno-client-auth = "warning"\n'));
});

test("values are those of the setting, and nothing is offered where anything fits or nothing does", async () => {
  assert.deepEqual(await (await at('profile = "|"')).labels(), ["private-mtls", "public-web"]);
  assert.ok((await (await at('minimum-version = "TLS 1.|2"')).complete()).includes('minimum-version = "TLS 1.3"'));
  for (const it of ['crl = "|"', "# mt|", "mtls = 'auto' # |", "[hosts]\n|", '[rules]\nx = "a|"', "mtls auto |"])
    assert.deepEqual(await (await at(it)).labels(), [], it);
});

test("in a manifest only the tables of settings are completed", async () => {
  const manifest = "/w/Cargo.toml";
  const head = '[package]\nname = "a"\n';
  assert.deepEqual(await (await at(`${head}|`, manifest)).labels(), []);
  const [first] = await (await at(`${head}[package.metadata.tlslint]\nru|\n`, manifest))
    .complete()
    .then((all) => all.filter((it) => it.includes("[package.metadata.tlslint.rules]")));
  assert.equal(first, `${head}[package.metadata.tlslint]\n[package.metadata.tlslint.rules]\n`);
  assert.deepEqual(await (await at(`${head}metadata.tlslint.mtls = "|"`, manifest)).labels(), ["auto", "required", "off"]);
});

test("a hover says what a setting, a rule and a table mean", async () => {
  const said = async (it: string, file?: string): Promise<string> => (await (await at(it, file)).hover())?.markdown ?? "";
  assert.match(await said('mt|ls = "auto"'), /demand client certificates.*\n.*`required`.*\n.*Default: `"auto"`/);
  assert.match(await said("expiring-da|ys = 3"), /Default: `30`/);
  assert.match(await said('[rules]\nno-cli|ent-auth = "off"'), /no-client-auth\]\(https:.*Severity: `info`\. Values: `error`/s);
  assert.match(await said("[ru|les]"), /severity of single rules/i);
  assert.equal(await said('[package]\nname| = "mtls"\n', "/w/Cargo.toml"), "");
});

test("a word that is nearly right can be changed to the one that was meant", async () => {
  const file = "/w/tlslint.toml";
  const text = 'mtlss = \'auto\'\nprofile = "private-mtl"\nrules.expired-certificat = "warn"\nnothing-like-it = 1\n';
  const service = await createLintService(memoryHost({ [file]: text }), { roots: ["/w"] });
  const { findings } = await service.lint(file);
  const fixes = findings.flatMap((it) => it.fixes);
  assert.deepEqual(
    fixes.map(({ title }) => title),
    ["Change to `mtls`", "Change to `private-mtls`", "Change to `expired-certificate`"],
  );
  const changed = fixes.map(({ edits }) => applyEdits(text, edits[0]?.edits ?? []));
  assert.deepEqual(changed, [
    text.replace("mtlss", "mtls"),
    text.replace("private-mtl", "private-mtls"),
    text.replace("expired-certificat ", "expired-certificate "),
  ]);
});
