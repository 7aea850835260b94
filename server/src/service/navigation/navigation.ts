/** Navigation over a workspace: reads the files that are asked about, and answers from what they hold. Readers are loaded when first asked. */
import { bytesOf, kindByName, kindOf, nameOf, textOf } from "../../project/index.ts";
import type { FileReport } from "../api.ts";
import { takesIn } from "../certificates/read-objects.ts";
import type { Uses } from "../certificates/uses.ts";
import type { Listing } from "../listing.ts";
import { withoutWholeKeys } from "../redaction.ts";
import type { Workspace } from "../workspace.ts";
import type { Navigation } from "./api.ts";
import type { LinkInput } from "./path-links.ts";

export function createNavigation(
  workspace: Workspace,
  uses: Uses,
  listing: Listing,
  lint: (file: string, signal: AbortSignal | undefined) => Promise<FileReport>,
): Navigation {
  return {
    async links(file) {
      const input = await linkInput(file);
      const { pathLinks } = await import("./path-links.ts");
      return input === undefined ? [] : pathLinks(input);
    },
    async linkAt(file, offset) {
      const input = await linkInput(file);
      const { linkAt } = await import("./path-links.ts");
      return input && linkAt(input, offset);
    },
    async hints(file, wish, within, signal) {
      const input = await linkInput(file);
      const { pathHints } = await import("./path-hints.ts");
      return input === undefined ? [] : pathHints(input, wish, within, async (it) => (await lint(it, signal)).findings);
    },
    async uses(file, at, signal) {
      const all = await uses.of(file, signal);
      const bytes = at === undefined ? undefined : await certificateBytes(file);
      const { objectAt } = await import("./outline.ts");
      const object = at === undefined || bytes === undefined ? undefined : objectAt(bytes, at);
      return all.filter(({ loader }) => object === undefined || takesIn(loader, object)).map(({ place }) => place);
    },
    async renamed(from, to) {
      // A folder's files may be ignored, as keys are, and still be named: of a folder all paths that code writes are looked at.
      const code = kindByName(from) === "certificates" ? await uses.naming(nameOf(from)) : await uses.namingAny();
      const files = [...code, ...(await listing.settings())];
      const inputs = (await Promise.all(files.map(linkInput))).flatMap((it) => it ?? []);
      const { editsForRename } = await import("./renamed.ts");
      return editsForRename(inputs, { from, to });
    },
    async outline(file) {
      const bytes = await certificateBytes(file);
      const { outlineOf } = await import("./outline.ts");
      const entries = bytes === undefined ? [] : outlineOf(bytes, workspace.host.now());
      return entries.map((it) => ({ ...it, name: withoutWholeKeys(it.name), caption: withoutWholeKeys(it.caption) }));
    },
    async around(file, offset) {
      const bytes = await certificateBytes(file);
      const { spansAround } = await import("./outline.ts");
      return bytes === undefined ? [] : spansAround(bytes, offset);
    },
  };

  async function linkInput(file: string): Promise<LinkInput | undefined> {
    const content = await workspace.files.read(file);
    const bytes = bytesOf(content);
    const decoded = textOf(content);
    if (!bytes || decoded?.text === undefined || decoded.binary !== undefined) return undefined;
    const resolve: LinkInput["resolve"] = (path, from) => uses.resolve(path, from);
    return { workspace, file, kind: await kindOf(file, bytes), text: decoded.text, resolve };
  }

  async function certificateBytes(file: string): Promise<Uint8Array | undefined> {
    const bytes = bytesOf(await workspace.files.read(file));
    return bytes !== undefined && (await kindOf(file, bytes)) === "certificates" ? bytes : undefined;
  }
}
