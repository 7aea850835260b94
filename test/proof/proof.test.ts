/** The proof of the fixes: programs with the mistake let the wrong peer in, the programs that tlslint makes of them do not. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, type TestContext, test } from "node:test";
import { type Attempt, attempt, attempts, type Outcome } from "./attempts.ts";
import { CLIENTS, type ClientProgram, type Connection } from "./clients.ts";
import { type Impostor, impostors, meet } from "./impostors.ts";
import { recordedRows, recordRows } from "./record.ts";
import { compareReport, type Row } from "./report.ts";
import { type Listener, SERVERS, type ServerProgram } from "./servers.ts";
import { startServer } from "./stage.ts";
import { type Edition, openWorkshop, type Workshop } from "./workshop.ts";

const missing = ["cargo", "openssl"].filter((it) => spawnSync(it, [it === "cargo" ? "--version" : "version"]).status !== 0);
const skip = missing.length === 0 ? false : `not run: ${missing.join(" and ")} not installed`;
/** One after the other where the clients are many processes. */
const AT_ONCE = 4;

test("cargo and openssl are there where everything has to run", { skip: process.env["CI"] === "true" ? false : skip }, () => {
  assert.deepEqual(missing, []);
});

describe("handshakes before and after the fix", { skip }, () => {
  const servers: Row[] = [];
  const clients: Row[] = [];
  let workshop: Workshop;
  test("the programs build", async () => {
    workshop = await openWorkshop();
    const names = [...SERVERS, ...CLIENTS].map((it) => it.name).filter((it) => recordedRows(it, workshop.inputs(it)) === undefined);
    workshop.build(names);
    const errors = names.flatMap((name) =>
      (["mistaken", "fixed"] as const).flatMap((edition) => {
        const made = workshop.program(name, edition);
        return "error" in made ? [`${name}, ${edition}: ${made.error}`] : [];
      }),
    );
    if (errors.length > 0) assert.fail(`\n${errors.join("\n")}`);
  });

  for (const program of SERVERS)
    test(program.name, async (context) => {
      seen(workshop, program.name, program.listeners);
      servers.push(...(await rowsOf(program.name, workshop, context, () => tryServer(program, workshop))));
    });

  for (const program of CLIENTS)
    test(program.name, async (context) => {
      seen(workshop, program.name, program.connections);
      clients.push(...(await rowsOf(program.name, workshop, context, () => tryClient(program, workshop))));
    });

  test("docs/proof.md says what came of it", () => {
    const problem = compareReport(servers, clients);
    assert.equal(problem, undefined);
  });
});

interface Tried {
  readonly rows: readonly Row[];
  readonly wrong: readonly string[];
}

/** What the record has of a program, else what comes of it now. */
async function rowsOf(name: string, workshop: Workshop, context: TestContext, attempt: () => Promise<Tried>): Promise<readonly Row[]> {
  const inputs = workshop.inputs(name);
  const recorded = recordedRows(name, inputs);
  if (recorded !== undefined) {
    context.diagnostic(`unchanged since it was tried on ${recorded.date}`);
    return recorded.rows;
  }
  const { rows, wrong } = await attempt();
  if (wrong.length === 0) recordRows(name, inputs, rows);
  refuse(workshop, name, wrong);
  return rows;
}

async function tryServer(program: ServerProgram, workshop: Workshop): Promise<Tried> {
  const before = await knock(program, "mistaken", workshop);
  const after = await knock(program, "fixed", workshop);
  const wrong = program.listeners.flatMap((listener, index) => [
    ...complaints(listener, before[index], (name) => mayEnterBefore(listener, name), "before"),
    ...complaints(listener, after[index], (name) => mayEnterAfter(listener, name), "after"),
  ]);
  const rows = program.listeners.map(
    ({ mistake }, index): Row => ({
      stack: stackOf(workshop, program),
      mistake,
      cells: attempts.map((name) => [answered(before[index]?.get(name)), answered(after[index]?.get(name))]),
    }),
  );
  return { rows, wrong };
}

async function tryClient(program: ClientProgram, workshop: Workshop): Promise<Tried> {
  const before = await tempt(program, "mistaken", workshop);
  const after = await tempt(program, "fixed", workshop);
  const wrong = program.connections.flatMap((connection) => [
    ...gullible(connection, before, (name) => mayBeBelievedBefore(connection, name), "before"),
    ...gullible(connection, after, (name) => mayBeBelievedAfter(connection, name), "after"),
  ]);
  const rows = program.connections.map(
    ({ name, crates, mistake }): Row => ({
      stack: stackOf(workshop, { name: program.name, crates: crates ?? program.crates }),
      mistake: mistake ?? name,
      cells: impostors.map((it) => [before.get(it)?.get(name)?.answered, after.get(it)?.get(name)?.answered]),
    }),
  );
  return { rows, wrong };
}

type Mistake = Pick<Listener, "rule" | "also">;

function seen(workshop: Workshop, name: string, mistakes: readonly Mistake[]): void {
  const found = workshop.found(name);
  const unseen = mistakes.flatMap((it) => [it.rule, ...(it.also ?? [])]).filter((it) => !found.has(it));
  assert.deepEqual(unseen, [], "tlslint does not see the mistake");
}

function refuse(workshop: Workshop, name: string, wrong: readonly string[]): void {
  if (wrong.length > 0) assert.fail(`\n${wrong.join("\n")}\nleft of the fixed program: ${workshop.left(name).join(", ") || "nothing"}`);
}

const stackOf = (workshop: Workshop, { name, crates }: { readonly name: string; readonly crates: readonly string[] }): string =>
  crates.map((it) => `${it} ${workshop.version(name, it)}`).join(", ");

type Outcomes = ReadonlyMap<Attempt, readonly Outcome[]>;

async function knock(program: ServerProgram, edition: Edition, workshop: Workshop): Promise<readonly Outcomes[]> {
  const made = workshop.program(program.name, edition);
  const client = workshop.program("client", "mistaken");
  if ("error" in made) throw new Error(made.error);
  if ("error" in client) throw new Error(client.error);
  const count = program.listeners.length;
  const closed = new Set(program.listeners.flatMap((it, index) => (it.closes && edition === "fixed" ? [index] : [])));
  const running = await startServer(made.file, count + program.elsewhere, program.protocol === "quic" ? "udp" : "tcp", closed);
  try {
    const results = program.listeners.map(() => new Map<Attempt, readonly Outcome[]>());
    const waiting = program.listeners.flatMap((_, index) => attempts.map((name) => ({ index, name })));
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { index, name } = next;
        const elsewhere = running.ports[count + (program.listeners[index]?.elsewhere ?? 0)];
        const door = { protocol: program.protocol, port: running.ports[index] ?? 0, elsewhere };
        results[index]?.set(name, await attempt(name, door, client.file));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return results;
  } finally {
    await running.stop();
  }
}

const GOOD: readonly Attempt[] = ["valid", "resumed"];

/** A certificate that was revoked is good where there is no list. */
const entitled = (listener: Listener): readonly Attempt[] => {
  if (listener.list === "useless" || listener.closes) return [];
  return listener.list === "fresh" ? GOOD : [...GOOD, "revoked"];
};
const mayEnterAfter = (listener: Listener, name: Attempt): boolean => entitled(listener).includes(name);
const mayEnterBefore = (listener: Listener, name: Attempt): boolean =>
  listener.hole.includes(name) || (mayEnterAfter(listener, name) && !listener.lost?.includes(name));

function complaints(listener: Listener, outcomes: Outcomes | undefined, may: (name: Attempt) => boolean, when: string): string[] {
  return attempts.flatMap((name) =>
    (outcomes?.get(name) ?? [])
      .filter((it) => it.answered !== may(name))
      .map((it) => `${listener.mistake}, ${when}: ${name} by ${it.client} is ${it.answered ? "let in" : `refused (${it.said})`}`),
  );
}

const answered = (outcomes: readonly Outcome[] | undefined): boolean | undefined =>
  outcomes === undefined || outcomes.length === 0 ? undefined : outcomes.some((it) => it.answered);

/** A revoked server is as good as any where there is no list. */
function mayBeBelievedAfter({ list, bare }: Connection, name: Impostor): boolean {
  if (bare || list === "stale") return false;
  return name === "valid" || (name === "revoked" && list === undefined);
}
const mayBeBelievedBefore = (connection: Connection, name: Impostor): boolean =>
  connection.hole.includes(name) || (mayBeBelievedAfter(connection, name) && !connection.lost?.includes(name));

type Meetings = ReadonlyMap<Impostor, Awaited<ReturnType<typeof meet>>>;

async function tempt(program: ClientProgram, edition: Edition, workshop: Workshop): Promise<Meetings> {
  const made = workshop.program(program.name, edition);
  if ("error" in made) throw new Error(made.error);
  const { file } = made;
  return new Map(await Promise.all(impostors.map(async (it) => [it, await meet(file, it, program.conversations)] as const)));
}

function gullible(connection: Connection, meetings: Meetings, may: (name: Impostor) => boolean, when: string): string[] {
  return impostors.flatMap((name) => {
    const outcome = meetings.get(name)?.get(connection.name);
    // A program that hangs or ends early is not one that refuses.
    if (outcome === undefined) return [`${connection.name}, ${when}: of the server with ${name} it does not tell`];
    if (outcome.answered === may(name)) return [];
    return [`${connection.name}, ${when}: the server with ${name} is ${outcome.answered ? "believed" : `refused (${outcome.said})`}`];
  });
}
