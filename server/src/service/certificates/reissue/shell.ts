/**
 * A command that can be pasted into any POSIX shell or saved as a script: all of it is a text that `sh` reads, so that the shell it is
 * pasted into gives nothing in it a meaning. It works in a folder of its own and moves nothing over what is there.
 */
import type { FileToRead } from "./files.ts";
import type { IssuePlan } from "./plan.ts";

/** For `sh`: within single quotes nothing has a meaning. */
export const quoted = (text: string): string => (/^[A-Za-z0-9_./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

export interface Made {
  /** Within the working folder. */
  readonly from: string;
  readonly to: string;
  readonly secret: boolean;
}

/** `$work` is a folder that only its owner reads and that is gone afterwards. */
export function script(plan: IssuePlan, reads: readonly FileToRead[], steps: readonly string[], made: readonly Made[]): string {
  return [
    `sh -eu <<'ISSUE'`,
    ...comments(plan, reads, made).map((it) => `# ${it}`),
    ...reads.map(({ path }) => `test -r ${quoted(path)} || { echo ${quoted(`${path} is not there`)} >&2; exit 1; }`),
    ...made.map(({ to }) => `test ! -e ${quoted(to)} || { echo ${quoted(`${to} is there already`)} >&2; exit 1; }`),
    "umask 077",
    "work=$(mktemp -d)",
    `trap 'rm -rf "$work"' EXIT`,
    ...steps,
    // Without clobbering: whatever came to be there meanwhile stays.
    "set -C",
    ...made.filter((it) => it.secret).map(({ from, to }) => `cat "$work/${from}" > ${quoted(to)}`),
    "umask 022",
    ...made.filter((it) => !it.secret).map(({ from, to }) => `cat "$work/${from}" > ${quoted(to)}`),
    "ISSUE",
    "",
  ].join("\n");
}

function comments({ files, days, notes }: IssuePlan, reads: readonly FileToRead[], made: readonly Made[]): readonly string[] {
  const request = made.find((it) => it.to.endsWith(".csr"));
  const unknown = reads.filter((it) => !it.known).map((it) => it.path);
  return [
    `Issues the certificate of ${files.file} again, for ${days} ${days === 1 ? "day" : "days"}; run it in the folder of that file.`,
    `It creates ${made.map((it) => it.to).join(", ")}, and overwrites nothing.`,
    ...(unknown.length > 0 ? [`Put ${unknown.length > 1 ? "your files" : "your file"} in place of ${unknown.join(" and ")}.`] : []),
    ...(request === undefined ? [] : [`If someone else runs the CA, send ${request.to} there instead.`]),
    ...notes.map((it) => `Note: ${it}.`),
  ];
}
