/** Files and folders for the server, which cannot reach those of a virtual workspace itself, and in a browser none. */
import { type Disposable, Disposable as Disposables, FileSystemError, FileType, Uri, workspace } from "vscode";
import { RequestType } from "vscode-languageclient";
import type { ServerClient } from "./server-process.ts";

/** As on a disk: larger files are not even read. */
const MAXIMUM_BYTES = 64 * 1024 * 1024;

interface ReadFile {
  readonly uri: string;
  /** Only so many bytes from the start. */
  readonly count?: number;
}
type FileAnswer = { readonly base64: string } | { readonly unreadable: string } | null;

type FolderAnswer = readonly { readonly name: string; readonly folder: boolean; readonly link?: true }[] | null;

const ReadFileRequest = new RequestType<ReadFile, FileAnswer, void>("tlslint/readFile");
const ReadFolderRequest = new RequestType<{ readonly uri: string }, FolderAnswer, void>("tlslint/readFolder");

export const answerReads = (client: ServerClient): Disposable =>
  Disposables.from(
    client.onRequest(ReadFileRequest, ({ uri, count }) => readFile(Uri.parse(uri), count)),
    client.onRequest(ReadFolderRequest, ({ uri }) => readFolder(Uri.parse(uri))),
  );

async function readFile(uri: Uri, count: number | undefined): Promise<FileAnswer> {
  try {
    const { size, type } = await workspace.fs.stat(uri);
    if ((type & FileType.Directory) !== 0) return { unreadable: "it is a folder" };
    // It may leave the workspace, and nothing here says where to.
    if ((type & FileType.SymbolicLink) !== 0) return { unreadable: "it is a link, and where it leads is not known" };
    if (count === undefined && size > MAXIMUM_BYTES) return { unreadable: `it has ${size} bytes, more than ${MAXIMUM_BYTES}` };
    const bytes = await workspace.fs.readFile(uri);
    return { base64: base64(count === undefined ? bytes : bytes.subarray(0, count)) };
  } catch (error) {
    return isMissing(error) ? null : { unreadable: "the editor could not read it" };
  }
}

async function readFolder(uri: Uri): Promise<FolderAnswer> {
  try {
    return (await workspace.fs.readDirectory(uri)).map(([name, type]) => ({
      name,
      folder: (type & FileType.Directory) !== 0,
      ...((type & FileType.SymbolicLink) !== 0 && { link: true as const }),
    }));
  } catch {
    return null;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof FileSystemError && (error.code === "FileNotFound" || error.code === "FileNotADirectory");

/** A call has no room for more arguments. */
const PART = 32_768;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PART) text += String.fromCharCode(...bytes.subarray(at, at + PART));
  return btoa(text);
}
