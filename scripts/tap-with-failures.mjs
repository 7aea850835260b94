/** Node's TAP, with the failed tests named once more before the summary: a log of thousands of tests is read from its end. */
import { tap } from "node:test/reporters";

async function* withFailures(events) {
  const failures = [];
  let told = false;
  for await (const event of events) {
    const { type, data } = event;
    // What holds tests fails with them.
    if (type === "test:fail" && data.details?.error?.failureType !== "subtestsFailed") failures.push(data);
    if (!told && type === "test:diagnostic" && data.nesting === 0 && data.message.startsWith("tests ")) {
      told = true;
      for (const { name, file, line, details } of failures) {
        const error = details?.error?.cause ?? details?.error;
        const reason = String(error?.message ?? error).slice(0, 2000);
        for (const text of [`failed: ${name} (${file ?? "?"}:${line ?? "?"})`, ...reason.split("\n").map((it) => `  ${it}`)])
          yield { type: "test:diagnostic", data: { nesting: 0, message: text } };
      }
    }
    yield event;
  }
}

export default async function* tapWithFailures(events) {
  yield* tap(withFailures(events));
}
