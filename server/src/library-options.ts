/** What `lint` of the library was given: JavaScript passes anything, and a misspelled option would lint something else. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { LintOptions } from "../types/library.d.ts";
import { closest } from "./base/closest.ts";

/** What is expected of each, and whether a value is that. */
const EXPECTED: { readonly [K in keyof Required<LintOptions>]: readonly [expected: string, isOne: (value: unknown) => boolean] } = {
  paths: ['a list of paths such as ["src", "certs"]', (it) => Array.isArray(it) && it.length > 0 && it.every(isPath)],
  cwd: ["the path of a folder", isPath],
  configuration: ["the path of a file", isPath],
  now: ["a valid Date", (it) => it instanceof Date && !Number.isNaN(it.getTime())],
};

/** What is wrong with them, for whoever made the call. */
export function optionsFault(options: unknown): string | undefined {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    return `\`lint\` takes an object of options; found ${shown(options)}`;
  for (const [key, value] of Object.entries(options)) {
    if (!isOption(key)) return `unknown option \`${key}\`; ${advice(key)}`;
    const [expected, isOne] = EXPECTED[key];
    if (value !== undefined && !isOne(value)) return `invalid value for \`${key}\`: expected ${expected}; found ${shown(value)}`;
  }
  return undefined;
}

/** A folder that is not there has nothing in it that is wrong. */
export function folderFault(cwd: string): string | undefined {
  return statSync(resolve(cwd), { throwIfNoEntry: false })?.isDirectory() ? undefined : `there is no folder \`${cwd}\`, which is \`cwd\``;
}

const isOption = (key: string): key is keyof LintOptions => Object.hasOwn(EXPECTED, key);

function isPath(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}

function advice(key: string): string {
  const near = closest(key, Object.keys(EXPECTED));
  return near === undefined
    ? `expected ${Object.keys(EXPECTED)
        .map((it) => `\`${it}\``)
        .join(", ")}`
    : `did you mean \`${near}\`?`;
}

/** Its kind, or it where it is short: it may be anything of the caller's. */
function shown(value: unknown): string {
  if (value instanceof Date) return "an invalid Date";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list of other things";
  if (value === null || value === undefined) return String(value);
  return typeof value === "string" ? JSON.stringify(value.slice(0, 80)) : `a value of type ${typeof value}`;
}
