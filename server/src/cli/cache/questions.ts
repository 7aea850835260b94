/** What can be asked of a disk, and the answers as digests, by which a later run sees whether they are still the same. */
import { createHash } from "node:crypto";
import type { LintHost } from "../../service/api.ts";

/** `start:N`: the first N bytes. In the order in which their digests are put together. */
export type Question = "file" | "folder" | "mode" | "real" | "stamp" | `start:${number}`;

export const isQuestion = (word: string): word is Question => /^(?:file|folder|mode|real|stamp|start:[1-9]\d{0,9})$/.test(word);

/** Enough of one to keep accidents away; too little to try out what a short secret was. */
export const DIGEST_BYTES = 12;

type Bytes = Awaited<ReturnType<LintHost["readFile"]>>;

export function digestOfBytes(answer: Bytes): Uint8Array {
  if (answer === undefined) return digest("missing");
  return answer instanceof Uint8Array ? digest("bytes", answer) : digest(`unreadable ${answer.unreadable}`);
}

export function digestOfFolder(entries: Awaited<ReturnType<LintHost["readFolder"]>>): Uint8Array {
  if (entries === undefined) return digest("missing");
  const sorted = entries.map((it) => JSON.stringify([it.name, it.folder, it.link ?? false, it.irregular ?? ""])).sort();
  return digest(sorted.join("\n"));
}

export const digestOfValue = (value: string | number | undefined): Uint8Array => digest(`${value}`);

function digest(text: string, bytes?: Uint8Array): Uint8Array {
  const hash = createHash("sha256").update(text);
  if (bytes !== undefined) hash.update("\n").update(bytes);
  return hash.digest().subarray(0, DIGEST_BYTES);
}

/** Asked again. */
export async function digestNow(host: LintHost, path: string, question: Question): Promise<Uint8Array> {
  switch (question) {
    case "file":
      return digestOfBytes(await host.readFile(path));
    case "folder":
      return digestOfFolder(await host.readFolder(path));
    case "mode":
      return digestOfValue(await host.permissions?.(path));
    case "real":
      return digestOfValue(await host.realPath?.(path));
    case "stamp":
      return digestOfValue(await host.stamp?.(path));
    default: {
      const count = Number(question.slice("start:".length));
      return digestOfBytes(await (host.readStart?.(path, count) ?? host.readFile(path)));
    }
  }
}
