/**
 * The oracle of a change to the analysis: what the command line of a given commit finds in the project's own fixtures, workspaces and
 * examples and in repositories laid out elsewhere, with the CPU and the memory that it takes, and two such records compared.
 *
 *   node scripts/oracle.mjs record COMMIT RECORD [--texts COMMIT] [--repositories FOLDER] [--cpu SECONDS] [--for SECONDS] [NAME…]
 *   node scripts/oracle.mjs compare BEFORE AFTER [NAME…]
 *
 * RECORD is a folder with one file a subject; a run that is repeated goes on where the last one ended (after `--for` seconds it ends by
 * itself). `--texts`: the commit whose fixtures and examples are read, so that two builds can be given the same texts; the built one
 * unless set. `--cpu`: a subject that takes longer is recorded as excluded, by name. NAME: only subjects whose name contains it.
 */
import { parseArgs } from "node:util";
import { compare } from "./oracle/compare.mjs";
import { record } from "./oracle/record.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    texts: { type: "string" },
    repositories: { type: "string" },
    cpu: { type: "string", default: "60" },
    for: { type: "string", default: "86400" },
  },
});
const [command, first, second, ...names] = positionals;
if (first === undefined || second === undefined || (command !== "record" && command !== "compare")) {
  console.error("usage: oracle.mjs record COMMIT RECORD [options] [NAME…] · oracle.mjs compare BEFORE AFTER [NAME…]");
  process.exit(2);
}
if (command === "compare") process.exitCode = compare(first, second, names) === 0 ? 0 : 1;
else
  record({
    commit: first,
    out: second,
    texts: values.texts ?? first,
    repositories: values.repositories,
    cpu: Number(values.cpu),
    seconds: Number(values.for),
    names,
  });
