/**
 * Settings about TLS that a program declares and reads from what is configured, and that none of its code takes out of them: whoever sets one
 * believes that it is in effect.
 */
import type { ConfiguredTypes, FunctionId, ResolvedProgram } from "../flow/index.ts";
import { IDLE_ATTRIBUTES, IDLE_DERIVES, IDLE_TRAITS, SOURCES_OF_SETTINGS } from "../models/configuration.ts";
import type { FieldDeclaration } from "../rust/ast.ts";
import { attributeOf, type Declared } from "../rust/index.ts";
import { lastOf } from "../rust/last-of.ts";
import { isSettingOfTls, SYSTEM_STORE } from "./lexicon.ts";
import type { ObservationDraft } from "./model-object.ts";
import { polarityOfName } from "./option-names.ts";
import type { Path } from "./path-conditions.ts";
import type { Sites } from "./sites.ts";

interface Program {
  readonly sites: Sites;
  /** Tests and examples. */
  isAside(declared: Declared): boolean;
  pathTo(id: FunctionId): Path;
}

export function ignoredSettings(of: Program): readonly ObservationDraft[] {
  const settings = new Settings(of);
  return of.sites.program.configured.all.flatMap((it) => settings.ignoredIn(it));
}

class Settings {
  readonly #of: Program;
  readonly #program: ResolvedProgram;
  readonly #types: ConfiguredTypes;

  constructor(of: Program) {
    this.#of = of;
    this.#program = of.sites.program;
    this.#types = this.#program.configured;
  }

  ignoredIn(type: Declared): readonly ObservationDraft[] {
    if (type.lowered?.kind !== "struct" || this.#of.isAside(type) || !this.#isPlain(type)) return [];
    const { fields } = type.lowered;
    const ignored = fields.filter((it) => isSettingOfTls(type.name, it.name) && this.#isSet(it, type) && !this.#isTaken(type, it.name));
    // A type that nothing looks into is not used, or is used by what is not here.
    if (ignored.length === 0 || !fields.some((it) => this.#isTaken(type, it.name)) || !this.#isConfiguration(type)) return [];
    return ignored.map((it) => this.#draft(type, it));
  }

  /** Nothing is known to be made of it but by derives that let no setting take effect. */
  #isPlain(type: Declared): boolean {
    const derives = this.#types.derives(type).map(lastOf);
    return derives.every((it) => IDLE_DERIVES.has(it)) && this.#types.attributes(type).every((it) => IDLE_ATTRIBUTES.has(it));
  }

  /** It is read, and meant to be; whoever sets it wants more security, and no less. */
  #isSet({ name, attributes }: FieldDeclaration, type: Declared): boolean {
    const reader = this.#types.readerOf(type);
    const options = attributes.texts.map((it) => attributeOf(it.text));
    const isSkipped = options.some(
      (it) => reader?.attributes.includes(it.path) && it.arguments.some(({ path }) => reader.skips.includes(path)),
    );
    // Whoever turns the system's certificates off trusts fewer.
    const isMeant = polarityOfName(name) !== 1 || SYSTEM_STORE.test(name);
    return !isSkipped && !name.startsWith("_") && !options.some((it) => it.path === "deprecated") && isMeant;
  }

  /** `certain`: of a value of this type, and not of one that may be. */
  #isTaken(type: Declared, field: string, certain = false): boolean {
    return this.#types.takersOf(type, field).some((it) => (it.certain || !certain) && this.#acts(it.by, type));
  }

  /** What takes it does something, as far as is known: a method of the type by which others take it is called. */
  #acts(by: Declared, type: Declared): boolean {
    if (this.#of.isAside(by)) return false;
    const { holder } = by;
    const isOwn = holder?.kind === "impl" && holder.tree.implements?.type.at(-1) === type.name;
    const trait = holder?.tree.implements?.trait?.at(-1);
    if (!isOwn) return true;
    if (trait !== undefined) return !IDLE_TRAITS.has(trait);
    const id = this.#program.ids.id(by);
    return this.#program.isCalled(id, (caller) => !this.#of.isAside(caller)) || this.#program.isExternallyReachable(id);
  }

  /** It is read where settings come from, by a program that is here if others may read it, too. */
  #isConfiguration(type: Declared): boolean {
    const holders = this.#types.holdersOf(type);
    const commands = holders.filter((it) => this.#types.readerOf(it)?.areCommands === true);
    const read = holders.flatMap((it) => this.#types.readersOf(it)).filter((it) => !this.#of.isAside(it.in));
    const readers =
      commands.length > 0 ? [...read.map((it) => it.in), ...commands] : read.flatMap((it) => (this.#isOfSettings(it) ? [it.in] : []));
    return readers.length > 0 && (!this.#types.isOpen(type) || readers.some((it) => this.#isOfProgram(it)));
  }

  #isOfSettings({ in: reader, by }: ReturnType<ConfiguredTypes["readersOf"]>[number]): boolean {
    const called = by.flatMap((it) => (it.sort === "external" ? [it] : it.sort === "item" ? this.#types.callsOut(it) : []));
    const paths = [...called, ...this.#types.callsOut(reader)].map((it) => it.path.join("::"));
    return paths.some((path) => SOURCES_OF_SETTINGS.some((it) => path === it || path.startsWith(`${it}::`)));
  }

  /** It stands in a program, or what calls it does. */
  #isOfProgram(reader: Declared): boolean {
    const found = new Set([reader]);
    for (const it of found) {
      if (this.#types.isOfProgram(it)) return true;
      for (const caller of this.#program.callersOf(it, (from) => !this.#of.isAside(from))) found.add(caller);
    }
    return false;
  }

  #draft(type: Declared, { name, span, type: { span: written } }: FieldDeclaration): ObservationDraft {
    const { fragment } = type;
    const start = fragment.text.slice(span.start - fragment.shift, written.start - fragment.shift).lastIndexOf(name) + span.start;
    const place = this.#program.written(fragment.path, { start, end: start + name.length });
    return {
      fact: { kind: "ignored-setting", name, of: type.name },
      place: { file: place.path, span: place.span },
      related: [],
      path: this.#of.pathTo(this.#program.ids.path(type)),
      draft: -1,
    };
  }
}
