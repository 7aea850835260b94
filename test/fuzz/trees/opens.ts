/** What this process opens, by its real path: `node:fs` with a note before each call that opens something. */
import fs from "node:fs";
import { dirname } from "node:path";

const NAMES = ["openSync", "readFileSync", "readdirSync", "opendirSync", "createReadStream", "copyFileSync", "cpSync"] as const;

/** Parts of the program itself that are loaded meanwhile, and their source maps: they are beside the file that it was started with. */
const OWN = dirname(fs.realpathSync(process.argv[1] ?? ""));

/** Calls `work`, and tells what was opened meanwhile. */
export async function opened<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly paths: ReadonlySet<string> }> {
  const paths = new Set<string>();
  const { native } = fs.realpathSync;
  const originals = NAMES.map((name) => [name, fs[name]] as const);
  for (const [name, original] of originals) {
    const noted = (path: unknown, ...rest: readonly unknown[]): unknown => {
      try {
        const real = typeof path === "string" ? native(path) : undefined;
        if (real !== undefined && dirname(real) !== OWN) paths.add(real);
      } catch {
        // What does not exist is not opened.
      }
      return Reflect.apply(original, fs, [path, ...rest]);
    };
    Object.assign(fs, { [name]: noted });
  }
  try {
    return { result: await work(), paths };
  } finally {
    for (const [name, original] of originals) Object.assign(fs, { [name]: original });
  }
}
