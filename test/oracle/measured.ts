/**
 * What versions of OpenSSL answered that are not installed here: measured once by `measure-openssl.sh`, kept in a file, and compared
 * with ever since. Keys are new in each run; the answers do not depend on them.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { askOpenssl, type OpensslProgram, programAt } from "./openssl.ts";
import type { Answer, Asked } from "./real.ts";

const FOLDER = join(process.env["TLSLINT_ROOT"] ?? ".", "test/oracle");

/** Answers by kind: an empty one is "accepted". */
interface Measurement {
  readonly [kind: string]: readonly string[];
}

const nameOf = ({ scenario, role }: Asked): string => `${scenario.id} as ${role}`;

/** The program of `openssl.c` for that version, when somebody says where it is: `ORACLE_OPENSSL_1_1_1=/…/ask`. */
export function programOf(series: string): OpensslProgram | undefined {
  const file = process.env[`ORACLE_OPENSSL_${series.replaceAll(".", "_")}`];
  const program = file === undefined ? undefined : programAt(file);
  if (typeof program === "string") throw new Error(program);
  return program;
}

/** With a program it is asked, and `UPDATE=1` keeps what it says. A question that was not measured has no answer. */
export function askMeasured(series: string, questions: readonly Asked[]): readonly (Answer | undefined)[] {
  const file = join(FOLDER, `openssl-${series}.json`);
  const program = programOf(series);
  if (program !== undefined) {
    const answers = askOpenssl(program, questions, 2);
    if (process.env["UPDATE"] === "1") writeFileSync(file, `${JSON.stringify(byKind(questions, answers), undefined, 1)}\n`);
    return answers;
  }
  const kinds = new Map<string, string>();
  if (existsSync(file)) {
    const measured: Measurement = JSON.parse(readFileSync(file, "utf8"));
    for (const [kind, names] of Object.entries(measured)) for (const name of names) kinds.set(name, kind);
  }
  return questions.map((question) => {
    const kind = kinds.get(nameOf(question));
    return kind === undefined ? undefined : { accepted: kind === "accepted", kind: kind === "accepted" ? "" : kind };
  });
}

function byKind(questions: readonly Asked[], answers: readonly Answer[]): Measurement {
  const measured: Record<string, string[]> = {};
  for (const [index, question] of questions.entries()) {
    const { accepted = false, kind = "" } = answers[index] ?? {};
    const names = measured[accepted ? "accepted" : kind] ?? [];
    names.push(nameOf(question));
    measured[accepted ? "accepted" : kind] = names;
  }
  return measured;
}
