/** The flag by which V8 optimises later, as the runner has set it (scripts/test.mjs): what a test starts is to have it, too. */
export const engineFlags: readonly string[] = process.execArgv.filter((it) => it.startsWith("--interrupt-budget="));
