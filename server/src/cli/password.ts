/** A password from standard input: never from an argument or the environment, which other processes can read. */
import { terminalText } from "../base/visible.ts";

/** Nobody's password is longer; who pipes a file by mistake should not wait. */
const LONGEST = 4096;

/** Undefined: the user gave up, or what comes is no password. */
export async function readPassword(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  const terminal = stdin.isTTY === true;
  if (terminal) {
    stderr.write(terminalText(question));
    stdin.setRawMode(true);
  }
  stdin.setEncoding("utf8");
  try {
    return await line(terminal);
  } finally {
    if (terminal) {
      stdin.setRawMode(false);
      stderr.write("\n");
    }
    stdin.destroy();
  }
}

/** In raw mode the keys that edit and end a line are ours to know. */
async function line(terminal: boolean): Promise<string | undefined> {
  let text = "";
  for await (const chunk of process.stdin) {
    for (const character of String(chunk)) {
      if (character === "\n" || (character === "\r" && terminal)) return text.endsWith("\r") ? text.slice(0, -1) : text;
      if (terminal && character === "\u0003") return undefined;
      if (terminal && character === "\u0004") return text;
      if (terminal && (character === "\u007f" || character === "\b")) text = Array.from(text).slice(0, -1).join("");
      else text += character;
      if (text.length > LONGEST) return undefined;
    }
  }
  return text;
}
