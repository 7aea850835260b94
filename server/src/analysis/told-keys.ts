/** Private keys that a program logs or prints: as text, or in a value that shows all of its fields. */
import type { Effect, Value } from "../flow/index.ts";
import { UNCHANGING } from "../models/file-contents.ts";
import { LEGIBLE, PRIVATE_KEY } from "../models/key-files.ts";
import { lastOf } from "../rust/last-of.ts";
import { pathsOf } from "./conditions.ts";
import { isFileStatement } from "./file-rows.ts";
import { tells } from "./key-texts.ts";
import { extend } from "./path-conditions.ts";
import { partsOf } from "./peer-names.ts";
import { askerOf, type Records, type Root } from "./records.ts";
import type { Site } from "./sites.ts";
import { ERR } from "./std-names.ts";

/** Whoever calls, and with what: the key is known by its label. */
export function noteToldKey(records: Records, root: Root, { data, condition, with: given }: Effect, site: Site): void {
  const { sites, loose } = records;
  if (!isFileStatement(data) || !tells(data)) return;
  const shown = new ShownKeys(records);
  if (!given.some((it) => shown.has(it))) return;
  const place = sites.named(site);
  const [name = ""] = sites.written(site).split("!");
  const fact = { kind: "told-private-key", call: `${name}!`, to: data.file === "logs" ? "log" : "output" } as const;
  for (const it of pathsOf(condition, askerOf(records, root.id, root.inputs, place))) {
    const path = extend(root.path, it);
    const guards = path?.filter(({ guard }) => guard !== undefined && guard.kind !== "condition");
    if (guards !== undefined) loose.push({ fact, place, related: [], path: guards, draft: -1 });
  }
}

/** What types of other crates show of themselves is theirs to say, and what a type of the program's own that says it itself. */
class ShownKeys {
  readonly #records: Records;

  constructor(records: Records) {
    this.#records = records;
  }

  has(value: Value): boolean {
    if (!value.labels.includes(PRIVATE_KEY)) return false;
    switch (value.kind) {
      case "labelled":
        return (value.label === PRIVATE_KEY && !isUnknown(value)) || this.has(value.of);
      case "apply":
        return isText(value.callee) && value.arguments.some((it) => this.has(it));
      case "record":
        return this.#showsAll(value.type) && value.fields.some(([, it]) => this.has(it));
      case "part":
        return !isFailure(value.name) && this.has(value.of);
      case "closure":
      case "test":
        return false;
      default:
        return partsOf(value).some((it) => this.has(it));
    }
  }

  #showsAll(type: string): boolean {
    const { program } = this.#records.sites;
    if (type.startsWith("std::")) return true;
    return program.ids.known(type) !== undefined && !program.implementations(SHOWING).some((it) => it.type === type);
  }
}

/** What an unknown macro makes has the labels of all that it is given: of a future that holds a key, its answer. */
const isUnknown = (value: Value): boolean => (value.kind === "labelled" ? isUnknown(value.of) : value.kind === "unknown");

/** What went wrong is nothing of what was written or made. */
const isFailure = (part: string): boolean => part === "failure" || part === `<${ERR}>.0`;

const SHOWING: ReadonlySet<string> = new Set(["Debug", "Display"]);

/** A text or bytes made of another, and no type around them that may hide what it has. */
const isText = (callee: string): boolean =>
  (UNCHANGING.has(lastOf(callee)) || LEGIBLE.has(lastOf(callee))) && (callee.startsWith(".") || callee.startsWith("std::"));
