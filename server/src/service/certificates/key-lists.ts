/** Keys that everybody can have, from the lists that the configuration names. */
import { readKeyList } from "../../pki/index.ts";
import { absence, resolvePath, textOf } from "../../project/index.ts";
import type { Configuration } from "../configuration/layers.ts";
import type { Workspace } from "../workspace.ts";

export class KeyLists {
  readonly #workspace: Workspace;
  /** A list has a hundred thousand keys: what was read is kept as long as nothing changes. */
  #kept: { readonly key: string; readonly keys: Promise<ReadonlySet<string>> } | undefined;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /** Undefined: the configuration names none. */
  async of({ keyLists }: Configuration): Promise<ReadonlySet<string> | undefined> {
    if (keyLists.length === 0) return undefined;
    const named = keyLists.map(({ folder, path, own }) => ({ path: resolvePath(folder, path), own }));
    for (const { path } of named.filter((it) => it.own)) this.#workspace.disk.name(path);
    const paths = [...new Set(named.map((it) => it.path))];
    const key = [this.#workspace.moment, ...paths].join("\n");
    if (this.#kept?.key !== key) this.#kept = { key, keys: this.#read(paths) };
    return this.#kept.keys;
  }

  async #read(paths: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = new Set<string>();
    for (const path of paths) {
      const content = await this.#workspace.files.read(path);
      const text = textOf(content)?.text;
      const listed = text === undefined ? [] : readKeyList(text);
      if (listed.length === 0) this.#workspace.warnOnce(`${path}: no weak keys are read from it: ${reason(text, absence(content))}`);
      for (const it of listed) keys.add(it);
    }
    return keys;
  }
}

const reason = (text: string | undefined, absent: string | undefined): string =>
  text === undefined ? (absent ?? "it is no text") : "no line of it has the twenty hexadecimal digits of a key";
