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
export const programOf = (series: string): OpensslProgram | undefined => programNamed("ORACLE_OPENSSL", series);
/** The same of `openssl-handshake.c`: `ORACLE_HANDSHAKES_1_1_1=/…/shake`. */
export const handshakesOf = (series: string): OpensslProgram | undefined => programNamed("ORACLE_HANDSHAKES", series);

function programNamed(prefix: string, series: string): OpensslProgram | undefined {
  const file = process.env[`${prefix}_${series.replaceAll(".", "_")}`];
  const program = file === undefined ? undefined : programAt(file);
  if (typeof program === "string") throw new Error(program);
  return program;
}

/** With a program it is asked, and `UPDATE=1` keeps what it says. A question that was not measured has no answer. */
export function askMeasured(series: string, questions: readonly Asked[]): readonly (Answer | undefined)[] {
  const program = programOf(series);
  const asked = program === undefined ? undefined : askOpenssl(program, questions, 2);
  return recorded(`openssl-${series}`, questions.map(nameOf), asked);
}

/** What a program answered to the questions of these names, now or when the record was made. */
export function recorded(record: string, names: readonly string[], asked: readonly Answer[] | undefined): readonly (Answer | undefined)[] {
  const file = join(FOLDER, `${record}.json`);
  if (asked !== undefined) {
    if (process.env["UPDATE"] === "1") writeFileSync(file, `${JSON.stringify(byKind(names, asked), undefined, 1)}\n`);
    return asked;
  }
  const kinds = new Map<string, string>();
  if (existsSync(file)) {
    const measured: Measurement = JSON.parse(readFileSync(file, "utf8"));
    for (const [kind, those] of Object.entries(measured)) for (const name of those) kinds.set(name, kind);
  }
  return names.map((name) => {
    const kind = kinds.get(name);
    return kind === undefined ? undefined : { accepted: kind === "accepted", kind: kind === "accepted" ? "" : kind };
  });
}

function byKind(names: readonly string[], answers: readonly Answer[]): Measurement {
  const measured: Record<string, string[]> = {};
  for (const [index, name] of names.entries()) {
    const { accepted = false, kind = "" } = answers[index] ?? {};
    const those = measured[accepted ? "accepted" : kind] ?? [];
    those.push(name);
    measured[accepted ? "accepted" : kind] = those;
  }
  return measured;
}
