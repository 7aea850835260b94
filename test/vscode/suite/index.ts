/** What runs inside VS Code: every test of the suite one after the other, with a limit for each, and a summary at the end. */
import { badInput } from "./bad-input.ts";
import { editing } from "./editing.ts";
import { navigating } from "./navigating.ts";

const LIMIT = 60_000;
const tests = { ...editing, ...navigating, ...badInput };

/** Called by VS Code; a rejection is a failure. */
export async function run(): Promise<void> {
  const failed: string[] = [];
  for (const [name, body] of Object.entries(tests)) {
    const start = Date.now();
    try {
      await within(LIMIT, body());
      console.log(`  ok      ${name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed.push(name);
      console.error(`  FAILED  ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  console.log(`${Object.keys(tests).length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0) throw new Error(`failed: ${failed.join(", ")}`);
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
