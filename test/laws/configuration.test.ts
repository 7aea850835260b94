/** Law: the schema, the page and the manifest's block say what the table of settings says. `UPDATE=1` writes them. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import Ajv from "ajv";
import { parseToml } from "../../server/src/cargo/index.ts";
import { readSettings } from "../../server/src/service/configuration/layers.ts";
import { configurationPage, configurationSchema, contributedConfiguration } from "../../server/src/service/configuration/pages.ts";
import { SETTING_KEYS } from "../../server/src/service/configuration/settings.ts";
import { ruleNames } from "../../server/src/service/rule-names.ts";

const root = process.env["TLSLINT_ROOT"] ?? ".";
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function same(path: string, expected: string): void {
  const file = join(root, path);
  if (process.env["UPDATE"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, expected);
  }
  assert.equal(readFileSync(file, "utf8"), expected, `${path} is out of date: run the tests with UPDATE=1`);
}

test("the JSON schema follows from the table", () => same("server/schema/tlslint.schema.json", json(configurationSchema(ruleNames))));

test("the page follows from the table", () => same("docs/configuration.md", configurationPage(ruleNames)));

test("the manifest's configuration follows from the table", () => {
  const manifest: { contributes?: { configuration?: unknown } } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const expected = { ...manifest, contributes: { ...manifest.contributes, configuration: contributedConfiguration(ruleNames) } };
  same("package.json", json(expected));
});

test("each setting stands in one group of the settings editor", () => {
  const grouped = contributedConfiguration(ruleNames).flatMap(({ properties }) => Object.keys(Object(properties)));
  assert.deepEqual(grouped.toSorted(), [...SETTING_KEYS, "inlay-hints", "trace.server"].map((key) => `tlslint.${key}`).toSorted());
});

test("the page's example is read without a complaint, and its schema agrees", () => {
  const example = /```toml\n([\s\S]*?)```/.exec(configurationPage(ruleNames))?.[1] ?? "";
  const parsed = parseToml(example);
  assert.ok(parsed.ok);
  assert.deepEqual(readSettings(parsed.value, ruleNames).problems, []);
  const validate = new Ajv().compile(configurationSchema(ruleNames));
  assert.ok(validate(parsed.value), JSON.stringify(validate.errors));
});

test("schema and parser refuse the same", () => {
  const validate = new Ajv().compile(configurationSchema(ruleNames));
  for (const wrong of [
    { mtls: "maybe" },
    { "minimum-version": "1.2" },
    { rules: { "no-client-auth": "loud" } },
    { rules: { "no-such-rule": "off" } },
    { exclude: "vendor" },
    { "expiring-days": -1 },
    { "client-ca": 3 },
    { unknown: true },
  ]) {
    assert.equal(validate(wrong), false, JSON.stringify(wrong));
    assert.equal(readSettings(wrong, ruleNames).problems.length, 1, JSON.stringify(wrong));
  }
});
