/**
 * Whether the command line comes to an end in a hostile tree, opens nothing outside, shows what it cannot look at, lets no name steer a
 * terminal, and keeps the findings of the files that nobody touched.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isWithin } from "../../../server/src/project/index.ts";
import { certificatePem } from "../../certificates/build.ts";
import { MANIFEST, MISTAKEN } from "../../lsp/programs.ts";
import { commandLine, crashIn, isState, NOBODY, SCRATCH, type Spoken } from "../command-line.ts";
import { Dice } from "../dice.ts";
import { codeSeeds, seeds } from "../files/seeds.ts";
import { leftOut, type Subject } from "../subject.ts";
import { type Entry, entriesOf } from "./entries.ts";
import { opened } from "./opens.ts";
import { plant } from "./plant.ts";
import { wrongInReport } from "./report.ts";

interface Tree {
  readonly entries: readonly Entry[];
  readonly asNobody: boolean;
  readonly args: readonly string[];
}

export interface HostileTrees extends Subject<Tree> {
  /** Kinds of entries that this system makes none of: what is not tried is told by name. */
  readonly lacking: ReadonlySet<string>;
}

const IS_ROOT = process.getuid?.() === 0;
const CHECK = ["check", "--format", "json"];

/** Files that nothing of the tree touches: `report.ts` knows what has to be found in them. */
const KEPT: Readonly<Record<string, string>> = {
  "keep/src/main.rs": MISTAKEN,
  "keep/Cargo.toml": MANIFEST,
  "keep/ca.pem": certificatePem({ subject: "kept.example" }),
  "settings/.env": "DATABASE_URL=postgres://app:x@db.example.com/app?sslmode=disable\n",
  "settings/Cargo.toml": '[package]\nname = "settings"\nversion = "0.1.0"\n\n[dependencies]\nsqlx = "0.8"\n',
};
const OUTSIDE: Readonly<Record<string, string>> = {
  "secret.pem": certificatePem({ subject: "outside.example" }),
  "main.rs": MISTAKEN,
  "tlslint.toml": 'exclude = ["**"]\n',
};

export async function hostileTrees(): Promise<HostileTrees> {
  // What the configuration leaves out is no finding that was lost: of settings of ours only the other fixtures stand in these trees.
  const contents = [...(await seeds()).filter(({ path }) => !path.endsWith("tlslint.toml")), ...codeSeeds().slice(0, 40)].map(
    (it) => it.bytes,
  );
  const lacking = new Set<string>();
  return {
    name: "trees",
    lacking,
    input(seed, number) {
      const dice = new Dice(seed, number);
      const entries = entriesOf(dice, contents);
      return { entries, asNobody: IS_ROOT && dice.below(2) === 0, args: dice.one(COMMANDS) };
    },
    judge: (tree) => judge(tree, lacking),
    size: ({ entries }) => entries.length,
    without: ({ entries, ...rest }, start, count) => ({ ...rest, entries: leftOut(entries, start, count) }),
    files: (tree) => ({ "tree.json": JSON.stringify(tree, asText, 1) }),
  };
}

const COMMANDS = [CHECK, CHECK, CHECK, [...CHECK, "--fix"], [...CHECK, "--fix-review"], ["inspect", "keep/ca.pem"]];

const asText = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? new TextDecoder("latin1").decode(value) : value);

async function judge({ entries, asNobody, args }: Tree, lacking: Set<string>): Promise<string | undefined> {
  const base = mkdtempSync(join(SCRATCH, "tlslint-tree-"));
  const [root, outside] = [join(base, "in"), join(base, "out")];
  chmodSync(base, 0o755);
  write(root, KEPT);
  write(outside, OUTSIDE);
  const tree = await plant(root, outside, entries);
  for (const it of tree.lacking) lacking.add(it);
  try {
    const { result, paths } = await opened(() => asUser(asNobody ? NOBODY : undefined, () => commandLine(root, args)));
    const strange = [...paths].find((path) => !isWithin(root, path) && !isState(path));
    if (strange !== undefined) return `${strange.replace(base, "")} was opened`;
    if (JSON.stringify(contentsOf(outside)) !== JSON.stringify(OUTSIDE)) return "a file outside was changed";
    return (
      wrongIn(result) ?? (args[0] === "check" ? wrongInReport(result, tree, { asNobody, fixes: args.length > CHECK.length }) : undefined)
    );
  } finally {
    tree.remove();
    rmSync(base, { recursive: true, force: true });
  }
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const contentsOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.keys(OUTSIDE).map((name) => [name, existsSync(join(folder, name)) ? readFileSync(join(folder, name), "utf8") : ""]),
  );

/** This process as somebody else, for as long as `work` takes. */
async function asUser<T>(user: number | undefined, work: () => Promise<T>): Promise<T> {
  if (user === undefined) return work();
  process.setegid?.(user);
  process.seteuid?.(user);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

/** Of any command. */
function wrongIn({ status, stdout, stderr }: Spoken): string | undefined {
  const told = stdout + stderr;
  if (![0, 1, 2].includes(status)) return `it ended with ${status}`;
  const [hidden] = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u.exec(told) ?? [];
  if (hidden !== undefined) return `U+${hidden.codePointAt(0)?.toString(16)} was printed`;
  const crash = crashIn(told);
  if (crash !== undefined) return `it says ${crash}`;
  return told.includes("outside.example") ? "it tells of a certificate outside" : undefined;
}
