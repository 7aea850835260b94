/** Connection strings in Rust's literals: judged like those of other files, and said once where a call was judged for the same. */

import { guardsAt } from "../../analysis/index.ts";
import { covers, type Span } from "../../base/span.ts";
import { composed, type TextEdit } from "../../base/text-edit.ts";
import type { ExampleGuard, Package } from "../../project/index.ts";
import { rulesFor } from "../../rules/fact-rules.ts";
import { type RustFile, rustParser } from "../../rust/index.ts";
import { CONNECTION_WORDS, drivers, mentionsConnection, readConnection, type Setting } from "../../settings/index.ts";
import type { FactKind, Guard, Place } from "../../tls/facts.ts";
import type { Finding } from "../api.ts";
import type { Configuration } from "../configuration/layers.ts";
import { laidOut } from "../fixes/layout.ts";
import { areInOneStatement } from "../one-statement.ts";
import { settingFindings } from "../setting-findings.ts";
import { SEVERITIES } from "../severity.ts";
import { type LiteralUse, LiteralUses } from "./literal-uses.ts";

export interface LiteralInput {
  readonly file: string;
  readonly rust: RustFile;
  readonly owner: Package | undefined;
  readonly testCode: boolean;
  readonly example: ExampleGuard | undefined;
  readonly configuration: Configuration;
  readonly now: number;
}

/**
 * With those of code, of which each is said once: the louder one, and of code's where they are as loud. `secured`: where addresses are
 * written whose connections go over TLS, whatever their scheme says.
 */
export function withLiterals(input: LiteralInput, ofCode: readonly Finding[], secured: readonly Place[]): readonly Finding[] {
  const found = literalFindings(input, secured);
  const isOne = (a: Finding, b: Finding): boolean => isAlike(a, b) && areInOneStatement(a.place.span, b.place.span, input.rust);
  const isLouder = (a: Finding, b: Finding): boolean => SEVERITIES.indexOf(a.severity) < SEVERITIES.indexOf(b.severity);
  const standing = found.filter((it) => !ofCode.some((other) => isOne(other, it) && !isLouder(it, other)));
  return [...ofCode.filter((it) => !standing.some((other) => isOne(it, other))), ...standing];
}

function literalFindings(input: LiteralInput, secured: readonly Place[]): readonly Finding[] {
  const { rust } = input;
  if (!mentionsConnection(rust.text)) return [];
  const uses = new LiteralUses(rust);
  const known = driversOf(rust, input.owner);
  const settings = literalsOf(rust).flatMap((it): readonly Setting[] => {
    const used = uses.of(it);
    if (isSought(used)) return [];
    const guards: readonly Guard[] = [
      ...(input.testCode ? [{ kind: "test" } as const] : []),
      ...(input.example === undefined ? [] : [input.example]),
      ...guardsAt(it.start, rust, input.file, input.owner?.facts),
    ];
    return readConnection({
      text: rust.text.slice(it.start, it.end),
      offset: it.start,
      file: input.file,
      guards,
      drivers: known,
      isGivenTo: (clients) => isGivenTo(clients, used),
    });
  });
  const findings = settingFindings({ ...input, settings, laidOut: (edits) => inLayout(edits, rust) });
  // Its scheme is not what decides; whatever else it says does.
  const isSecured = ({ rule, place }: Finding): boolean => ofSchemes.has(rule) && secured.some(({ span }) => covers(span, place.span));
  return findings.filter((it) => !isSecured(it));
}

/** A longer or shorter text may break its line elsewhere. */
function inLayout(edits: readonly TextEdit[], rust: RustFile): readonly TextEdit[] {
  const parse = (text: string): RustFile | undefined => {
    const result = rustParser.parse(text);
    return result.ok ? result.value : undefined;
  };
  return composed(rust.text, edits, laidOut(rust, edits, parse));
}

/** Both are about one connection, in whatever words. */
const isAlike = (a: Finding, b: Finding): boolean => a.rule === b.rule || (ofConnections.has(a.rule) && ofConnections.has(b.rule));

/** What is known of how a client connects. */
const CONNECTING: readonly FactKind[] = ["upstream", "client-transport", "database-tls", "upgrade"];
const ofSchemes: ReadonlySet<string> = new Set(rulesFor("upstream").map((it) => it.id));
const ofConnections: ReadonlySet<string> = new Set(CONNECTING.flatMap(rulesFor).map((it) => it.id));

/** The spans between the quotes of the literals that hold a word of connections. */
function literalsOf(rust: RustFile): readonly Span[] {
  const found = new Map<number, Span>();
  for (const { index } of rust.text.matchAll(CONNECTION_WORDS)) {
    const literal = rust.stringAt(index);
    if (literal) found.set(literal.span.start, literal.span);
  }
  return [...found.values()];
}

/** What a string is looked for in, cut off from or told apart by is no address that anybody connects to. */
const isSought = (uses: readonly LiteralUse[]): boolean => uses.length > 0 && uses.every((it) => it.kind === "sought");

/** `clients`: the last names of paths. */
const isGivenTo = (clients: readonly string[], uses: readonly LiteralUse[]): boolean =>
  uses.some((it) => it.kind === "given" && clients.some((client) => it.path.join("::").endsWith(`::${client}`)));

/** Those whose paths the file shows, else those that the crate uses. */
function driversOf({ names }: RustFile, owner: Package | undefined): ReadonlySet<string> {
  const shown = [...drivers].filter((it) => names.leading.has(it.replaceAll("-", "_")));
  return new Set(shown.length > 0 ? shown : (owner?.facts.versions.keys() ?? []));
}
