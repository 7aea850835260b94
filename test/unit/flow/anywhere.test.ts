/** What is evaluated is the same wherever the code lies: its folder orders no conditions. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { programOf } from "../../harness/flow.ts";

const TEXT = `
  enum Mode { First, Second, Third, Fourth, Fifth }
  fn asked(a: Mode, b: Mode) -> u32 {
    if let Mode::First | Mode::Second = a { return 1; }
    if let Mode::Third = b { return 2; }
    match b { Mode::Fourth => 3, Mode::Fifth => 4, _ => 5 }
  }`;

/** Short ones, and some that are longer than the part of a name that conditions are put in order by. */
const FOLDERS = Array.from({ length: 24 }, (_, at) => `/${`folder ${at} `.repeat(at + 1)}`);

/** The variants that each way to a result asks about, in the order in which they are told. */
function askedIn(folder: string): readonly string[] {
  const result = programOf(TEXT, folder).flow().summary("f.rs::asked")?.result;
  assert.ok(result?.kind === "alternatives");
  return result.of.flatMap(({ condition }) =>
    condition.map(({ atoms }) => atoms.map(({ value }) => (value?.kind === "test" ? value.what.split("::").at(-1) : "?")).join(" ")),
  );
}

test("conditions have one order wherever a crate lies", () => {
  const [first, ...others] = FOLDERS.map(askedIn);
  assert.ok(first?.includes("First Second Fifth Fourth Third"), first?.join("; "));
  for (const it of others) assert.deepEqual(it, first);
});
