/** What rustc's lint `dead_code` counts of what derives make: whether they read fields, and make variants. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DERIVES } from "../../server/src/models/derives.ts";
import { resultFor } from "./results.ts";
import { languageSet } from "./sets.ts";
import { cargoCheck, packageFor, skipWithoutCargo } from "./workspace.ts";

const set = languageSet();

/** Where a derive is from, and which kind of type it is not for. */
const CRATES: Readonly<Record<string, { readonly from: string; readonly not?: "struct" | "enum" }>> = {
  Serialize: { from: "serde" },
  Deserialize: { from: "serde" },
  Parser: { from: "clap" },
  Args: { from: "clap", not: "enum" },
  Subcommand: { from: "clap", not: "struct" },
  ValueEnum: { from: "clap", not: "struct" },
  StructOpt: { from: "structopt" },
};

/** What a trait stands on, by hand, so that only the derive could read or make something. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  Copy: ["Clone"],
  Eq: ["PartialEq"],
  PartialOrd: ["PartialEq"],
  Ord: ["PartialEq", "Eq", "PartialOrd"],
  ValueEnum: ["Clone"],
};
const BY_HAND: Readonly<Record<string, (type: string) => string>> = {
  Clone: (type) => `impl Clone for ${type} { fn clone(&self) -> Self { loop {} } }`,
  PartialEq: (type) => `impl PartialEq for ${type} { fn eq(&self, _: &Self) -> bool { true } }`,
  Eq: (type) => `impl Eq for ${type} {}`,
  PartialOrd: (type) => `impl PartialOrd for ${type} { fn partial_cmp(&self, _: &Self) -> Option<std::cmp::Ordering> { None } }`,
};

function declared(derive: string): string {
  const { from, not } = CRATES[derive] ?? {};
  const path = from === undefined ? derive : `${from}::${derive}`;
  const needed = (type: string): string => (NEEDED[derive] ?? []).map((it) => BY_HAND[it]?.(type) ?? "").join("\n");
  const first = derive === "Default" ? "#[default] " : "";
  const [field, variant] = [`field_${derive.toLowerCase()}`, `Variant${derive}`];
  const struct = `#[derive(${path})] pub struct Of${derive} { ${field}: u8 }
${needed(`Of${derive}`)}
pub fn make_${derive.toLowerCase()}() -> Of${derive} { Of${derive} { ${field}: 1 } }`;
  const choice = `#[derive(${path})] enum One${derive} { ${first}${variant}, Other${derive} }
${needed(`One${derive}`)}
pub fn take_${derive.toLowerCase()}() { let _ = One${derive}::Other${derive}; }`;
  return [not === "struct" ? "" : struct, not === "enum" ? "" : choice].join("\n");
}

test("derives read fields and make variants where their rows say so", { skip: skipWithoutCargo }, async (context) => {
  const text = `#![deny(dead_code)]\n${Object.keys(DERIVES).map(declared).join("\n")}\n`;
  const { complaints } = await resultFor(context, set, "derives", text, async () => {
    const { errors, failure } = await cargoCheck(packageFor(set, "language-derives", { "src/lib.rs": text }), set, true, "--lib");
    const others = failure ?? errors.find((it) => it.code !== "dead_code")?.message;
    if (others !== undefined) return { complaints: [others], excluded: {} };
    const dead = new Set(errors.flatMap(({ message }) => [...message.matchAll(/`(\w+)`/g)].map((it) => it[1])));
    const wrong = Object.entries(DERIVES).flatMap(([derive, { reads, makes }]) => {
      const { not } = CRATES[derive] ?? {};
      const isRead = not !== "struct" && !dead.has(`field_${derive.toLowerCase()}`);
      const isMade = not !== "enum" && !dead.has(`Variant${derive}`);
      return isRead === reads && isMade === makes ? [] : [`${derive} reads fields: ${isRead}, makes variants: ${isMade}`];
    });
    return { complaints: wrong, excluded: {} };
  });
  if (complaints.length > 0) assert.fail(`\n${complaints.join("\n")}\n`);
});
