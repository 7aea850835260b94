/** The installed OpenSSL. A test file that imports this is about it as a whole: without OpenSSL it is not run, which the runner says. */
import { execFileSync } from "node:child_process";

export const openssl = (cwd: string, args: readonly string[]): Buffer =>
  execFileSync("openssl", [...args], { cwd, stdio: ["ignore", "pipe", "ignore"] });
