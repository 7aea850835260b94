/** A callback that does more than accept keeps what it does, and gives the library's own answer where it accepted: `true` → `preverify_ok`. */
import { within } from "../analysis/versions.ts";
import { covers, type Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Effect, ValueModel } from "../models/model.ts";
import type { Expression, Item, Pattern, RustFile } from "../rust/index.ts";
import type { Ground } from "./ground.ts";
import { means } from "./meaning.ts";
import type { Site } from "./site.ts";
import { removeStatement } from "./statements.ts";
import { expressionsAt } from "./trail.ts";

type Callback = Extract<Effect, { readonly kind: "callback" }>;

export interface Answered {
  readonly edits: readonly TextEdit[];
  /** What it returns now. */
  readonly answer: string;
}

/** Undefined where it does nothing else, or where another of its answers accepts, too. */
export function libraryAnswer(site: Site, ground: Ground): Answered | undefined {
  const effect = site.callModel?.effects?.find((it): it is Callback => it.kind === "callback");
  const given = effect && site.arguments[effect.argument];
  const called = given && calledBy(given, ground);
  if (effect === undefined || called === undefined) return undefined;
  const answers = answersIn(called.body);
  // Without a word beside its answer, there is nothing to keep.
  if (answers.some((it) => it === alone(called.body))) return undefined;
  return effect.inner === undefined
    ? byVerdict(answers, site, ground)
    : byParameter(answers, called, called.parameters[effect.inner], ground.source);
}

interface Called {
  readonly parameters: readonly Pattern[];
  readonly body: Expression;
}

/** Also in a module that is written in the file. */
const isIn = (item: Item, items: readonly Item[]): boolean =>
  items.some((it) => it === item || (it.kind === "module" && it.items !== undefined && isIn(item, it.items)));

/** A closure, or a function of the same file. */
function calledBy(given: Expression, { scope, scopes, source }: Ground): Called | undefined {
  if (given.kind === "closure") return { parameters: given.parameters.map((it) => it.pattern), body: given.body };
  const found = given.kind === "path" ? scopes.resolve(given.path, scope) : undefined;
  const item = found?.kind === "local" ? found.definition.item : undefined;
  const body = item?.kind === "function" && isIn(item, source.items) ? item.body() : undefined;
  if (item?.kind !== "function" || body === undefined) return undefined;
  return {
    parameters: item.parameters.map((it) => it.pattern),
    body: { kind: "block", span: body.span, flavour: "plain", block: body },
  };
}

/** `true` becomes the parameter that holds the library's answer, but where that has been asked already. */
function byParameter(
  answers: readonly Expression[],
  { body }: Called,
  parameter: Pattern | undefined,
  source: RustFile,
): Answered | undefined {
  const all = expressionsAt(body);
  const name = nameFor(parameter, all);
  if (parameter === undefined || name === undefined) return undefined;
  const isAsked = (it: Expression): boolean =>
    it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === name.old;
  const known = all.flatMap((it): readonly Span[] => (it.kind === "if" && isAsked(it.condition) ? [it.then.span] : []));
  // Of several conditions that all have to hold, one may be the library's.
  const isStricter = (it: Expression): boolean =>
    isAsked(it) || isTruth(it, false) || (it.kind === "binary" && it.operator === "&&" && (isStricter(it.left) || isStricter(it.right)));
  const accepting = answers.filter((it) => !isStricter(it) && !known.some((span) => covers(span, it.span)));
  const isSimple = (it: Expression): boolean =>
    isTruth(it, true) || (it.kind === "path" && it.path.segments.length === 1) || (it.kind === "binary" && it.operator === "||");
  if (accepting.length === 0 || !accepting.every(isSimple)) return undefined;
  const renamed = name.old === name.text ? [] : [{ span: parameter.span, text: name.text }];
  const isSame = (it: Expression): boolean => accepting.includes(it) || isAsked(it);
  const needless = renamed.length === 0 ? needlessIn(body, isSame, source) : [];
  const rest = accepting.filter((it) => !needless.some(({ span }) => covers(span, it.span)));
  return { edits: [...renamed, ...needless, ...rest.map(({ span }) => ({ span, text: name.text }))], answer: name.text };
}

/** `if depth > 0 { return true; }` before the same answer says nothing any more. */
function needlessIn(body: Expression, isSame: (it: Expression) => boolean, source: RustFile): readonly TextEdit[] {
  const { statements = [], tail } = body.kind === "block" ? body.block : {};
  const last = statements.at(-1);
  if (tail === undefined || !isSame(tail) || last?.kind !== "expression" || last.expression.kind !== "if") return [];
  const { condition, then, otherwise } = last.expression;
  const [only, ...more] = [...then.statements.map((it) => (it.kind === "expression" ? it.expression : undefined)), then.tail].filter(
    (it) => it !== undefined,
  );
  const isAnswer = only?.kind === "return" && only.value !== undefined && isSame(only.value) && then.statements.length <= 1;
  const asks = expressionsAt(condition).some((it) => ["call", "method", "macro", "await", "try"].includes(it.kind));
  if (!isAnswer || more.length > 0 || otherwise !== undefined || asks) return [];
  return [removeStatement({ of: "statement", node: last, span: last.span }, source)];
}

/** A name that only says that it is not used is no longer true. */
function nameFor(it: Pattern | undefined, all: readonly Expression[]): { readonly old?: string; readonly text: string } | undefined {
  const isWritten = (name: string): boolean => all.some((one) => one.kind === "path" && one.path.segments[0]?.name === name);
  if (it?.kind === "wildcard") return isWritten("preverify_ok") ? undefined : { text: "preverify_ok" };
  if (it?.kind !== "binding" || it.reference || it.inside !== undefined) return undefined;
  const plain = it.name.replace(/^_+(?=[a-z])/, "");
  return { old: it.name, text: isWritten(it.name) || isWritten(plain) ? it.name : plain };
}

const isTruth = (it: Expression, value: boolean): boolean =>
  it.kind === "literal" && it.literal.type === "bool" && it.literal.value === value;

/** `Ok(CertificateOk)` becomes the value by which the library goes on as it would without the callback. */
function byVerdict(answers: readonly Expression[], { model, version }: Site, ground: Ground): Answered | undefined {
  const values: Readonly<Record<string, ValueModel>> = model.values ?? {};
  const kindOf = (path: string | undefined): string | undefined => {
    const found = path === undefined ? undefined : values[path];
    return found !== undefined && within(version, found.versions) ? found.kind : undefined;
  };
  const verdicts = Object.keys(values).filter((it) => kindOf(it) === "library-verdict");
  const edits: TextEdit[] = [];
  let answer: string | undefined;
  for (const it of answers) {
    if (it.kind !== "call" || it.callee.kind !== "path") return undefined;
    const outer = it.callee.path.segments.at(-1)?.name;
    if (outer === "Err") continue;
    const [inner] = it.arguments;
    const path = inner?.kind === "path" ? means(inner.path.segments, ground) : undefined;
    if (outer !== "Ok" || inner?.kind !== "path" || path === undefined) return undefined;
    if (kindOf(path) === "library-verdict") continue;
    const owner = path.slice(0, path.lastIndexOf("::"));
    const other = verdicts.find((one) => one.startsWith(`${owner}::`) && !one.slice(owner.length + 2).includes("::"));
    const last = inner.path.segments.length > 1 ? inner.path.segments.at(-1) : undefined;
    if (kindOf(path) !== "accepted" || other === undefined || last === undefined) return undefined;
    answer = other.slice(owner.length + 2);
    edits.push({ span: last.span, text: answer });
  }
  return answer === undefined ? undefined : { edits, answer };
}

/** Everything that it may return, by its end or before. */
function answersIn(body: Expression): readonly Expression[] {
  const all = expressionsAt(body);
  const nested = all.filter((it) => it.kind === "closure" || (it.kind === "block" && it.flavour !== "plain" && it.flavour !== "unsafe"));
  const returns = all.filter((it) => it.kind === "return" && !nested.some(({ span }) => covers(span, it.span)));
  return [...new Set([...returns, body].flatMap(endsOf))];
}

function endsOf(it: Expression): readonly Expression[] {
  switch (it.kind) {
    case "return":
      return it.value === undefined ? [] : endsOf(it.value);
    case "block":
      return it.flavour === "plain" || it.flavour === "unsafe" ? (it.block.tail === undefined ? [] : endsOf(it.block.tail)) : [it];
    case "if":
      return [...(it.then.tail === undefined ? [] : endsOf(it.then.tail)), ...(it.otherwise === undefined ? [] : endsOf(it.otherwise))];
    case "match":
      return it.arms.flatMap(({ body }) => endsOf(body));
    default:
      return [it];
  }
}

const alone = (it: Expression): Expression =>
  it.kind === "block" &&
  it.flavour === "plain" &&
  it.block.statements.length === 0 &&
  it.block.items.length === 0 &&
  it.block.tail !== undefined
    ? alone(it.block.tail)
    : it;
