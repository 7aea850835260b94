/** What is fuzzed: inputs by seed and number, what is wrong with the answer to one, and what is left of one without some of its parts. */

export interface Subject<Input> {
  readonly name: string;
  /** Of the processor's time for one input, where more are in order. */
  readonly seconds?: number;
  input(seed: number, number: number): Input;
  /** What is wrong, in a few words; undefined where nothing is. */
  judge(input: Input): Promise<string | undefined>;
  /** How many parts an input has that it can do without. */
  size(input: Input): number;
  without(input: Input, start: number, count: number): Input;
  /** What somebody needs who wants to see it happen again, by file name. */
  files(input: Input): Readonly<Record<string, string | Uint8Array>>;
}

/** Of the processor's time for one answer, on a busy machine, too. Inputs have some kilobytes: what takes longer is not linear. */
const SECONDS = 10;

/** What is wrong with an input, errors that nobody caught and the processor's time among it; and that time. */
export async function tried<Input>(
  { judge, seconds: most = SECONDS }: Pick<Subject<Input>, "judge" | "seconds">,
  input: Input,
): Promise<{ wrong: string | undefined; seconds: number }> {
  const before = process.cpuUsage();
  const unseen: unknown[] = [];
  const note = (reason: unknown): void => void unseen.push(reason);
  process.on("unhandledRejection", note);
  let wrong: string | undefined;
  try {
    wrong = await judge(input);
  } catch (error) {
    wrong = `threw ${firstLines(error)}`;
  }
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1e6;
  process.off("unhandledRejection", note);
  if (wrong === undefined && unseen.length > 0) wrong = `nobody waited for ${firstLines(unseen[0])}`;
  if (wrong === undefined && seconds > most) wrong = `took ${seconds.toFixed(1)} s`;
  return { wrong, seconds };
}

const firstLines = (error: unknown): string =>
  (error instanceof Error ? (error.stack ?? error.message) : String(error)).split("\n").slice(0, 4).join("\n");

/** Each takes a subject's whole work. */
const MOST_TRIES = 400;

/** A smaller input that fails alike: parts are left out, many at once and then few, as long as it does. `step`: before each try. */
export async function minimised<Input>(subject: Subject<Input>, input: Input, wrong: string, step = (): void => {}): Promise<Input> {
  const alike = async (it: Input): Promise<boolean> => {
    step();
    return kind((await tried(subject, it)).wrong) === kind(wrong);
  };
  let smallest = input;
  let tries = 0;
  for (let count = Math.max(1, subject.size(input) >> 1); count > 0 && tries < MOST_TRIES; ) {
    let shrunk = false;
    for (let at = 0; at < subject.size(smallest) && tries < MOST_TRIES; tries++) {
      const smaller = subject.without(smallest, at, count);
      if (await alike(smaller)) {
        smallest = smaller;
        shrunk = true;
      } else at += count;
    }
    if (!shrunk || count > subject.size(smallest)) count >>= 1;
  }
  return smallest;
}

/** Numbers differ from one size to the next. */
const kind = (wrong: string | undefined): string => wrong?.replace(/\d+(?:\.\d+)?/g, "0").split("\n")[0] ?? "";

/** For subjects whose parts are in a list. */
export const leftOut = <T>(list: readonly T[], start: number, count: number): readonly T[] => [
  ...list.slice(0, start),
  ...list.slice(start + count),
];
