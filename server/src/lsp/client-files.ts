/**
 * Files as the editor reads them, for what no disk has: a virtual workspace, and in a browser everything. Only a client that offers it is
 * asked, and only for what the service would open on a disk.
 */
import { type Connection, RequestType } from "vscode-languageserver";
import type { LintHost } from "../service/api.ts";
import { uriOf } from "./paths.ts";

/** `count`: only so many bytes from the start. */
interface ReadFileParameters {
  readonly uri: string;
  readonly count?: number;
}
/** Null where there is no such file. Base64 passes every channel. */
type FileAnswer = { readonly base64: string } | { readonly unreadable: string } | null;
type FolderAnswer = readonly { readonly name: string; readonly folder: boolean; readonly link?: true }[] | null;

const ReadFileRequest = new RequestType<ReadFileParameters, FileAnswer, void>("tlslint/readFile");
const ReadFolderRequest = new RequestType<{ readonly uri: string }, FolderAnswer, void>("tlslint/readFolder");

export class ClientFiles implements Pick<LintHost, "readFile" | "readStart" | "readFolder"> {
  readonly #connection: Connection;
  #offered = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** As the client introduces itself. */
  offered(offered: boolean): void {
    this.#offered = offered;
  }

  readFile(path: string): ReturnType<LintHost["readFile"]> {
    return this.#read({ uri: uriOf(path) });
  }

  readStart(path: string, count: number): ReturnType<LintHost["readFile"]> {
    return this.#read({ uri: uriOf(path), count });
  }

  async readFolder(path: string): ReturnType<LintHost["readFolder"]> {
    if (!this.#offered) return undefined;
    return (await this.#connection.sendRequest(ReadFolderRequest, { uri: uriOf(path) })) ?? undefined;
  }

  async #read(parameters: ReadFileParameters): ReturnType<LintHost["readFile"]> {
    if (!this.#offered) return undefined;
    const answer = await this.#connection.sendRequest(ReadFileRequest, parameters);
    return answer === null ? undefined : "base64" in answer ? bytesOf(answer.base64) : answer;
  }
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (it) => it.charCodeAt(0));
