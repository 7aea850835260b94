/** What the exit status of each command means, in its help. */
import type { CommandName } from "./commands.ts";

const LINTED = "0 no findings, 1 findings, 2 wrong usage or something was not analysed";
const DONE = "0 done, 2 wrong usage or not done";

export const STATUSES: Readonly<Record<CommandName, string>> = {
  check: LINTED,
  merge: LINTED,
  inspect: "0 all shown, 2 wrong usage or something was not analysed",
  verify: "0 accepted, or every case was answered, 1 rejected, 2 wrong usage or no verdict",
  expiry: "0 nothing expires then, 1 something does, 2 wrong usage or something was not analysed",
  reissue: "0 printed, 2 wrong usage or nothing to reissue",
  report: DONE,
  explain: DONE,
  rules: DONE,
  init: DONE,
  doctor: "0 no problems, 2 wrong usage or problems",
  lsp: "0 shut down, 1 ended without `shutdown`, 2 wrong usage",
  completions: DONE,
  man: DONE,
  help: DONE,
};
