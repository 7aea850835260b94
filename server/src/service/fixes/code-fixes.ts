/** From a rule's remedies to fixes: spelled by `remedies/`, refused where the code around does not parse or would not parse after it. */
import { ok, type Result } from "../../base/result.ts";
import { sameSpan, touches } from "../../base/span.ts";
import { applyEdits, composed, type FileEdits, movedBy, type TextEdit } from "../../base/text-edit.ts";
import type { CrateModel } from "../../models/model.ts";
import {
  type EditedFile,
  EditedSource,
  isExplained,
  type Lacking,
  leftoversOf,
  type Remedies,
  type SpelledFix,
  type Surroundings,
  strandedBy,
  withoutStaleComments,
} from "../../remedies/index.ts";
import type { Remedy } from "../../rules/rule.ts";
import type { RustFile } from "../../rust/index.ts";
import type { Observation } from "../../tls/facts.ts";
import type { Fix } from "../api.ts";
import { regionAround } from "../code/code-places.ts";
import { withoutAlikeBranches } from "./branches.ts";
import { withoutByDefault } from "./default-features.ts";
import { laidOut } from "./layout.ts";
import { manifestChanges } from "./manifest-changes.ts";
import { type AddedPanics, addedPanics } from "./panicking.ts";
import { type Takers, takersOf } from "./takers.ts";
import { isBetweenItems, touchedItems } from "./touched-items.ts";

export interface FixContext {
  /** The files that were analysed, by path. */
  rustOf(file: string): RustFile | undefined;
  readonly files: readonly { readonly file: string; readonly rust: RustFile; readonly library: boolean }[];
  parse(text: string): RustFile | undefined;
  readonly observations: readonly Observation[];
  readonly remedies: Pick<Remedies, "spell">;
  readonly models: readonly CrateModel[];
  surroundingsIn(file: string): Surroundings;
  /** How many syntax errors a text has; `undefined` where it is too large to parse. */
  syntaxErrors(text: string): number | undefined;
}

/** Where the fixes of a finding come from: made when somebody asks for them, and then of that finding alone. */
export type FixSource = (observation: Observation, remedies: readonly Remedy[]) => () => Fixes;

/** What an analysis knew, as long as it is there, and made again from the same texts afterwards; undefined where they are too large. */
export type ContextSource = (use: (context: FixContext) => Fixes) => Fixes | undefined;

export function fixesOnDemand(source: ContextSource): FixSource {
  return (observation, remedies) =>
    once(
      () =>
        source((context) =>
          context.observations.some((it) => it === observation || isSame(it, observation))
            ? (withoutByDefault(observation, remedies, context) ?? fixesFor(observation, remedies, context))
            : { fixes: [], unfixed: "the code around it does not parse" },
        ) ?? { fixes: [], unfixed: "the text could not be parsed again" },
    );
}

const isSame = (a: Observation, b: Observation): boolean =>
  a.handle === b.handle && a.fact.kind === b.fact.kind && a.place.file === b.place.file && sameSpan(a.place.span, b.place.span);

export interface Fixes {
  readonly fixes: readonly Fix[];
  /** Why there is none, though one was wanted. */
  readonly unfixed?: string;
}

function fixesFor(observation: Observation, remedies: readonly Remedy[], context: FixContext): Fixes {
  const fixes: Fix[] = [];
  const refusals: string[] = [];
  let isComplete = false;
  let withheld: string | undefined;
  for (const remedy of remedies) {
    const spelled = context.remedies.spell(observation, remedy.want, context.surroundingsIn(observation.place.file));
    if (!spelled.ok) {
      refusals.push(spelled.error);
      continue;
    }
    for (const written of spelled.value) {
      const merged =
        refusalOf(written.edits, context) === undefined ? withMergedBranches(uncommented(written, context), context) : undefined;
      const fix = merged?.ok ? merged.value : written;
      const refusal = merged?.ok === false ? merged.error : refusalOf(fix.edits, context);
      if (refusal !== undefined) refusals.push(refusal);
      // What only the user can name is asked for where nothing that is there will do.
      else if (fix.lacks.length > 0 && isComplete) continue;
      // What two remedies lead to is one choice.
      else if (!fixes.some((it) => it.title === fix.title)) {
        isComplete ||= fix.lacks.length === 0;
        const panics = addedPanics(fix.edits, context);
        const whole = withoutLeftovers(fix, context);
        const about = { ...whole, panics, isExplained: isReasoned(written, context) };
        const takers = takersOf(about, observation, remedy, context.models);
        withheld ??= takers.because;
        const isFirst = !fixes.some(isCorrection);
        fixes.push(fixOf(inLayout(whole, context), isFirst, takers, panics, context));
      }
    }
  }
  // That a choice cannot be made here is of no interest to those who were not about to make it.
  const [refusal] = remedies.every(({ isChoice }) => isChoice === true) ? [] : refusals;
  const unfixed = withheld ?? refusal;
  return {
    fixes: fixes.toSorted((a, b) => Number(isCorrection(b)) - Number(isCorrection(a))),
    ...(!fixes.some(isCorrection) && unfixed !== undefined ? { unfixed } : {}),
  };
}

const isCorrection = ({ applicability }: Fix): boolean => applicability === "safe" || applicability === "review";

const isReasoned = ({ edits }: SpelledFix, { rustOf }: FixContext): boolean =>
  edits.some(({ file, edits: own }) => {
    const rust = rustOf(file);
    return rust !== undefined && isExplained(own, rust);
  });

/** `stranded`: fields and variants that would be left without a purpose. */
type WholeFix = SpelledFix & Pick<Fix, "gone" | "lost"> & { readonly stranded: readonly string[] };

/** What was said for what is changed goes with it. Where a name is to be filled in, its place must not move. */
function uncommented(fix: SpelledFix, { rustOf }: FixContext): SpelledFix {
  if (fix.placeholders.length > 0) return fix;
  const edits = fix.edits.map(({ file, edits: own }) => {
    const rust = rustOf(file);
    return { file, edits: rust === undefined ? own : withoutStaleComments(own, rust) };
  });
  return { ...fix, edits };
}

/** Where a name is to be filled in, its place must not move. */
function withMergedBranches(fix: SpelledFix, { rustOf, parse }: FixContext): Result<SpelledFix, string> {
  if (fix.placeholders.length > 0) return ok(fix);
  const edits: FileEdits[] = [];
  let { title } = fix;
  for (const { file, edits: own } of fix.edits) {
    const rust = rustOf(file);
    const merged = rust && withoutAlikeBranches(rust, own, parse);
    if (merged?.ok === false) return merged;
    title = merged?.value.title ?? title;
    const more = merged?.value.edits ?? [];
    edits.push({ file, edits: more.length === 0 ? own : composed(rust?.text ?? "", own, more) });
  }
  return ok({ ...fix, title, edits });
}

/** With what the edit alone makes unused taken out, too. */
function withoutLeftovers(fix: SpelledFix, context: FixContext): WholeFix {
  const asIs = { ...fix, stranded: [] };
  const files = editedFiles(fix.edits, context);
  if (files === undefined) return asIs;
  const { namedIn } = context.surroundingsIn(fix.edits[0]?.file ?? "");
  const found = leftoversOf(files, context.models, namedIn);
  const whole = { ...fix, gone: found.gone, lost: found.lost };
  if (found.edits.length === 0) return { ...whole, stranded: strandedBy(files, namedIn) };
  const [first] = fix.edits;
  const later = found.edits.find((it) => it.file === first?.file)?.edits ?? [];
  const names = [...new Set([...fix.edits, ...found.edits].map((it) => it.file))];
  const edits = names.map((file): FileEdits => {
    const of = (all: readonly FileEdits[]): readonly TextEdit[] => all.find((it) => it.file === file)?.edits ?? [];
    return { file, edits: composed(context.rustOf(file)?.text ?? "", of(fix.edits), of(found.edits)) };
  });
  // A fix that cannot be had clean is had as it is.
  if (refusalOf(edits, context) !== undefined) return { ...asIs, lost: found.lost };
  const stranded = strandedBy(editedFiles(edits, context) ?? files, namedIn);
  return { ...whole, edits, stranded, placeholders: fix.placeholders.map((it) => movedBy(later, it)) };
}

/** All files as edits leave them; undefined where one is too large to be parsed again. */
function editedFiles(edits: readonly FileEdits[], context: FixContext): readonly EditedFile[] | undefined {
  const files: EditedFile[] = [];
  for (const { file, rust, library } of context.files) {
    const source = EditedSource.of(rust, edits.find((it) => it.file === file)?.edits ?? [], context.parse);
    if (source === undefined) return undefined;
    files.push({ file, source, library });
  }
  return files;
}

function inLayout(fix: WholeFix, { rustOf, parse }: FixContext): WholeFix {
  const layouts = fix.edits.map(({ file, edits }) => {
    const rust = rustOf(file);
    return rust === undefined ? [] : laidOut(rust, edits, parse);
  });
  const edits = fix.edits.map(
    ({ file, edits: own }, at): FileEdits => ({ file, edits: composed(rustOf(file)?.text ?? "", own, layouts[at] ?? []) }),
  );
  return { ...fix, edits, placeholders: fix.placeholders.map((it) => movedBy(layouts[0] ?? [], it)) };
}

/** A title never promises less than the edit does. */
function titleOf(
  { title, panicking, lacks }: Pick<SpelledFix, "title" | "lacks"> & { readonly panicking: string | undefined },
  panics: AddedPanics | undefined,
): string {
  const whole = [title, ...(lacks.length === 0 ? [] : [`needs ${lacks.map((it) => `\`${it.name}\``).join(" and ")}`])].join("; ");
  if (panics === undefined) return whole;
  return panics.by === "calls" ? (panicking ?? `${whole}; ${PANICS.calls}`) : `${whole}; ${PANICS.macros}`;
}

const PANICS = { calls: "panic on error with `.expect(…)`", macros: "panic with `assert!(…)` if there is none" } as const;

function fixOf(
  { title, panicking, needsReview, edits, placeholders, needs, lacks, recipe, gone = [], lost }: WholeFix,
  first: boolean,
  { applicability: wanted }: Takers,
  panics: AddedPanics | undefined,
  context: FixContext,
): Fix {
  const { rustOf, surroundingsIn } = context;
  const surroundings = surroundingsIn(edits[0]?.file ?? "");
  const manifest = manifestChanges(needs, surroundings.manifest);
  const notes = [...manifest.notes, ...lacks.map((it) => LACKS[it.of])];
  const isSafe = !needsReview && wanted === "safe" && panics === undefined;
  return {
    title: titleOf({ title, panicking, lacks }, panics),
    // What waits for somebody's word or hands is not done unseen.
    applicability:
      wanted === "choice" || wanted === "input" ? wanted : isSafe && notes.length === 0 && placeholders.length === 0 ? "safe" : "review",
    // To end the program is no remedy that a key may bring about; what is put right by it in passing may be one.
    preferred: first && (wanted === "safe" || wanted === "review") && lacks.length === 0 && !(panics && panicking !== undefined),
    // Some are put right by the manifest alone.
    edits: [...edits.filter((it) => it.edits.length > 0), ...manifest.edits],
    against: new Map([
      ...edits.map(({ file }) => [file, rustOf(file)?.text ?? ""] as const),
      ...manifest.edits.map(({ file }) => [file, surroundings.manifest?.text ?? ""] as const),
    ]),
    placeholders,
    notes,
    ...(gone.length === 0 ? {} : { gone }),
    ...(lost === undefined || lost.size === 0 ? {} : { lost }),
    ...(recipe === undefined ? {} : { recipe }),
  };
}

/** What a person has to provide, and how. */
const LACKS: Readonly<Record<Lacking, string>> = {
  "client-ca": "no file of a client CA was found: name yours in place of `client-ca.pem`, or create one as docs/private-ca.md shows",
  crl: "no revocation list of the client CA was found: name yours in place of the file that the fix names, or create one as docs/private-ca.md shows",
  "server-crl": "name the revocation list of the CA that issued your servers' certificates in place of the file that the fix names",
  "server-ca": "name the file of the CA that issued your servers' certificates in place of `ca.pem`",
  "own-chain": "name the file of the server's certificate chain in place of `server-chain.pem`",
  "own-key": "name the file of the server's key in place of `server-key.pem`",
};

/** The edited places must be understood before and after, in every file. */
function refusalOf(changes: readonly FileEdits[], { rustOf, syntaxErrors }: FixContext): string | undefined {
  for (const { file, edits } of changes) {
    const rust = rustOf(file);
    const refusal = rust === undefined ? "the file that it would change was not read" : refusalIn(rust, edits, syntaxErrors);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalIn(rust: RustFile, edits: readonly TextEdit[], syntaxErrors: FixContext["syntaxErrors"]): string | undefined {
  if (isGenerated(rust.text)) return "the file is generated: change what generates it";
  const regions = edits.map((it) => regionAround(it.span, rust) ?? it.span);
  if (rust.errors.some((error) => regions.some((it) => touches(it, error)))) return "the code around it does not parse";
  // What is broken elsewhere may reach further than it seems to: the file as a whole must not get worse.
  const whole = rust.errors.length === 0 ? 0 : syntaxErrors(applyEdits(rust.text, edits));
  if (whole !== undefined && whole > rust.errors.length) return "the code around it does not parse";
  const after = syntaxErrors(editedItems(rust, edits));
  if (after === undefined) return "the result is too large to be checked";
  // What is half-typed further down in the same item was there before.
  return after === 0 || after <= (syntaxErrors(editedItems(rust, edits, () => false)) ?? 0) ? undefined : "the result would not parse";
}

/** The mark that rustfmt knows in one of the first five lines, or what generators without it write there in a comment. */
const isGenerated = (text: string): boolean =>
  text
    .split(/\r\n|\r|\n/, 5)
    .some(
      (it) =>
        it.includes("@generated") || /^\s*(?:\/[/*]|\*).*(?:\b(?:automatically |auto-?)generated\b|\bdo not (?:edit|modify)\b)/i.test(it),
    );

/** The items that the edits touch, edited or as they were: whether they parse does not depend on the rest of the file. */
function editedItems(rust: RustFile, edits: readonly TextEdit[], applies: (edit: TextEdit) => boolean = () => true): string {
  const inside = touchedItems(rust, edits).map(({ span, own }) => applyEdits(rust.text.slice(span.start, span.end), own.filter(applies)));
  const between = edits.filter((edit) => isBetweenItems(rust, edit));
  return [...between.filter(applies).map((it) => it.text), ...inside].join("\n");
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
