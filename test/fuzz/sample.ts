/** The part of a campaign that every run of the tests has: the same inputs each time. */
import assert from "node:assert/strict";
import { type Subject, tried } from "./subject.ts";

/** The long runs have other seeds. */
const SEED = 1;

export async function assertSample<Input>(subject: Subject<Input>, inputs: number): Promise<void> {
  const wrong: string[] = [];
  for (let done = 0; done < inputs; done++) {
    const found = await tried(subject, subject.input(SEED, done));
    if (found.wrong !== undefined) wrong.push(`${subject.name} ${SEED} ${done}: ${found.wrong}`);
  }
  assert.deepEqual(wrong, []);
}
