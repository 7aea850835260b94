/** A process that is killed before one of its system calls while it changes two files and creates a third. */
import { watched, writerOf } from "./fault.ts";
import { CHANGES, CREATED } from "./writing-case.ts";

const [root = "", journal = "", last = ""] = process.argv.slice(2);
const files = watched(({ number }) => {
  if (number === Number(last)) process.kill(process.pid, "SIGKILL");
});
writerOf(root, journal, files).writeAll(CHANGES(root), CREATED(root));
