/** The part of a campaign that every run of the tests has: the same inputs each time, within some seconds of the processor. */
import assert from "node:assert/strict";
import { type Subject, tried } from "./subject.ts";

/** The long runs have other seeds. */
const SEED = 1;

export async function assertSample<Input>(
  subject: Subject<Input>,
  { inputs, seconds }: { readonly inputs: number; readonly seconds: number },
): Promise<void> {
  const wrong: string[] = [];
  let left = seconds;
  let done = 0;
  for (; done < inputs && left > 0; done++) {
    const found = await tried(subject, subject.input(SEED, done));
    if (found.wrong !== undefined) wrong.push(`${subject.name} ${SEED} ${done}: ${found.wrong}`);
    left -= found.seconds;
  }
  assert.deepEqual(wrong, []);
  // A machine that is slow tries fewer.
  assert.ok(done >= inputs / 4, `${done} inputs`);
}
