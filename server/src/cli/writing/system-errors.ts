/** What the operating system refused, as a sentence: no exception's own text reaches a user. */

const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EBUSY: "it is in use",
  EDQUOT: "the disk quota is used up",
  EEXIST: "there is a file of that name already",
  EFBIG: "the file would be too large",
  EIO: "the device failed",
  EISDIR: "it is a folder",
  ELOOP: "its symbolic links form a loop",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "its name is too long",
  ENFILE: "too many files are open",
  ENOENT: "there is no such file or folder",
  ENOSPC: "no space is left on the device",
  ENOTDIR: "a part of its path is not a folder",
  ENXIO: "nothing reads from it",
  EPERM: "permission denied",
  EPIPE: "nothing reads from it",
  EROFS: "the file system is read-only",
  ETXTBSY: "it is in use",
};

/** `ENOENT` of a system call that failed; undefined of any other value. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** What no system call threw is a mistake of ours and goes on to the one place that catches those. */
export function sentenceOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return SENTENCES[code] ?? `the system refused (\`${code}\`)`;
}
