/** A verifier that asks another one and accepts all the same returns that one's error: its own arms, logging and comments stay. */
import { covers } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Block, Expression, ExpressionOf, FunctionItem, MatchArm, Pattern, RustFile, Statement } from "../rust/index.ts";
import { atEndOf, insideErr, leaves } from "./caught-error.ts";
import { indentationAt, styleOf, wholeLines } from "./lines.ts";
import { bindsIn } from "./patterns.ts";
import type { Site } from "./site.ts";
import { expressionsAt, expressionsIn, trailTo } from "./trail.ts";

/** Undefined where no error of the inner verifier's is met with acceptance in a way that is understood. */
export function returnedErrors({ function: method, source }: Site): readonly TextEdit[] | undefined {
  const body = method?.body();
  if (method === undefined || body === undefined) return undefined;
  const all = expressionsIn(body);
  const asked = new Set(namesOf(body, method.name));
  const isAsked = (it: Expression): boolean =>
    it.kind !== "reference" &&
    expressionsAt(it).some(
      (one) => (one.kind === "method" && one.name === method.name) || (one.kind === "path" && asked.has(one.path.segments[0]?.name ?? "")),
    );
  const edits = [
    ...all.flatMap((it) => (it.kind === "match" && isAsked(it.scrutinee) ? ofMatch(it, source) : [])),
    ...all.flatMap((it) => (it.kind === "if" ? ofIf(it, isAsked, source) : [])),
    ...all.flatMap((it) => (it.kind === "method" && isAsked(it.receiver) ? ofInstead(it, source) : [])),
    ...ofStatements(body, isAsked, source),
    ...ofKept(body, method.name, all),
  ];
  return edits.length === 0 ? undefined : edits;
}

/** A signature is given to the verifier that another method of the same one asks: `self.inner.verify_tls12_signature(message, cert, dss)`. */
export function asOthersDo(sites: readonly Site[]): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const { function: method, source } of sites) {
    const body = method?.body();
    const around = method && trailTo(source, method.span).findLast((it) => it.of === "item" && it.node.kind === "impl");
    const others = around?.of === "item" && around.node.kind === "impl" ? around.node.items : [];
    const [asker] = others.flatMap((it) => (it.kind === "function" && it.name !== method?.name ? (askerIn(it, source) ?? []) : []));
    const given = method?.parameters.flatMap(({ pattern }) => (pattern.kind === "binding" ? [pattern] : [])) ?? [];
    if (method === undefined || body === undefined || asker === undefined || given.length < method.parameters.length) return undefined;
    const used = given.map((it) => it.name.replace(/^_+(?=[a-z])/, ""));
    const { eol, unit } = styleOf(source.text);
    const outer = indentationAt(source.text, method.span.start);
    edits.push(...given.flatMap((it, at) => (used[at] === it.name ? [] : [{ span: it.span, text: used[at] ?? it.name }])), {
      span: body.span,
      text: `{${eol}${outer}${unit}${asker}.${method.name}(${used.join(", ")})${eol}${outer}}`,
    });
  }
  return edits;
}

/** The part of itself that it asks the same as it is asked. */
function askerIn(method: FunctionItem, { text }: RustFile): string | undefined {
  const body = method.body();
  const asked = body?.statements.length === 0 ? body.tail : undefined;
  if (asked?.kind !== "method" || asked.name !== method.name || asked.receiver.kind !== "field") return undefined;
  return text.slice(asked.receiver.span.start, asked.receiver.span.end);
}

/** Variables that hold what it was answered. */
const namesOf = (body: Block, method: string): readonly string[] =>
  body.statements.flatMap((it) =>
    it.kind === "let" && it.pattern.kind === "binding" && it.value?.kind === "method" && it.value.name === method ? [it.pattern.name] : [],
  );

function ofMatch({ span, scrutinee, arms }: ExpressionOf<"match">, source: RustFile): readonly TextEdit[] {
  const accepting = arms.filter(({ pattern, body }) => insideErr(pattern) !== undefined && acceptanceIn(body) !== undefined);
  if (accepting.length === 0) return [];
  const others = arms.filter((it) => !accepting.includes(it));
  const rest = accepting.filter((it) => !isSaidLater(it, arms, source));
  // What only repeats the answer is the answer.
  if ([...others, ...rest].every((it) => isIdentity(it) || (rest.includes(it) && isBare(it, source))))
    return [{ span, text: source.text.slice(scrutinee.span.start, scrutinee.span.end) }];
  return accepting.flatMap((arm) => (rest.includes(arm) ? ofArm(arm, source) : [withoutArm(arm, source)]));
}

/** An arm that does nothing but accept, above one that returns whatever error there is. */
const isSaidLater = (arm: MatchArm, arms: readonly MatchArm[], source: RustFile): boolean =>
  isBare(arm, source) &&
  arms.slice(arms.indexOf(arm) + 1).some((it) => isIdentity(it) && (it.pattern.kind === "binding" || insideErr(it.pattern) !== undefined));

/** Without a word, too: what a comment says of it stays above what takes its place. */
const isBare = (arm: MatchArm, { comments }: RustFile): boolean =>
  alone(arm.body) === acceptanceIn(arm.body) && !comments.some((it) => covers(arm.span, it));

/** Without the braces around it. */
const alone = (it: Expression): Expression =>
  it.kind === "block" && it.flavour === "plain" && it.block.statements.length === 0 && it.block.items.length === 0
    ? (it.block.tail ?? it)
    : it;

/** `Err(error) => Err(error)`, `other => other`. */
function isIdentity({ pattern, condition, body: whole }: MatchArm): boolean {
  const body = alone(whole);
  if (pattern.kind === "binding")
    return (
      condition === undefined && body.kind === "path" && body.path.segments.length === 1 && body.path.segments[0]?.name === pattern.name
    );
  const [inner, ...more] = pattern.kind === "tuple-struct" ? pattern.elements : [];
  const [given] = body.kind === "call" ? body.arguments : [];
  const isSame =
    pattern.kind === "tuple-struct" &&
    body.kind === "call" &&
    body.callee.kind === "path" &&
    body.callee.path.segments.at(-1)?.name === pattern.path.segments.at(-1)?.name;
  const isName = inner?.kind === "binding" && given?.kind === "path" && given.path.segments[0]?.name === inner.name;
  return condition === undefined && isSame && more.length === 0 && isName;
}

function withoutArm({ span }: MatchArm, { text }: RustFile): TextEdit {
  const end = text[span.end] === "," ? span.end + 1 : span.end;
  return { span: wholeLines(text, { start: span.start, end }) ?? { start: span.start, end }, text: "" };
}

function ofArm({ pattern, body }: MatchArm, source: RustFile): readonly TextEdit[] {
  const [inner, value] = [insideErr(pattern), acceptanceIn(body)];
  const error = inner && errorOf(inner, source);
  if (error === undefined || value === undefined) return [];
  return [...error.edits, { span: value.span, text: `Err(${error.text})` }];
}

function ofIf(it: ExpressionOf<"if">, isAsked: (it: Expression) => boolean, source: RustFile): readonly TextEdit[] {
  const { condition, then, otherwise } = it;
  const { text } = source;
  if (condition.kind === "let" && isAsked(condition.value)) {
    const inner = insideErr(condition.pattern);
    const error = inner && errorOf(inner, source);
    if (error === undefined) return [];
    const value = acceptanceAtEnd(then);
    if (value !== undefined) return [...error.edits, { span: value.span, text: `Err(${error.text})` }];
    return otherwise === undefined && then.tail === undefined && !leaves(then)
      ? [...error.edits, atEndOf(then, `return Err(${error.text});`, source)]
      : [];
  }
  const isFailed = condition.kind === "method" && condition.name === "is_err" && isAsked(condition.receiver);
  if (!isFailed || otherwise !== undefined || then.tail !== undefined || leaves(then)) return [];
  const asked = text.slice(condition.receiver.span.start, condition.receiver.span.end);
  return [{ span: condition.span, text: `let Err(error) = ${asked}` }, atEndOf(then, "return Err(error);", source)];
}

/** `.or_else(|_| Ok(…))` and `.or(Ok(…))` go, also where some errors are accepted and all others returned as they are. */
function ofInstead({ name, receiver, arguments: given, segmentSpan }: ExpressionOf<"method">, source: RustFile): readonly TextEdit[] {
  const [instead] = given;
  if (instead === undefined || (name !== "or_else" && name !== "or")) return [];
  const value = instead.kind === "closure" ? instead.body : instead;
  const gone = [{ span: { start: receiver.span.end, end: segmentSpan.end }, text: "" }];
  if (acceptanceIn(value) === value) return gone;
  const [parameter, ...more] = instead.kind === "closure" ? instead.parameters : [];
  const body = alone(value);
  const isOfIt =
    parameter?.pattern.kind === "binding" &&
    more.length === 0 &&
    body.kind === "match" &&
    body.scrutinee.kind === "path" &&
    body.scrutinee.path.segments[0]?.name === parameter.pattern.name;
  if (body.kind !== "match" || !isOfIt) return [];
  const accepting = body.arms.filter((it) => acceptanceIn(it.body) !== undefined);
  if (accepting.length === 0) return [];
  if (body.arms.every((it) => (accepting.includes(it) ? alone(it.body) === acceptanceIn(it.body) : isReturned(it)))) return gone;
  return accepting.flatMap(({ pattern, body: accepted }) => {
    const [error, ok] = [errorOf(pattern, source), acceptanceIn(accepted)];
    return error === undefined || ok === undefined ? [] : [...error.edits, { span: ok.span, text: `Err(${error.text})` }];
  });
}

/** `other => Err(other)` of a match on an error. */
function isReturned({ pattern, condition, body: whole }: MatchArm): boolean {
  const body = alone(whole);
  const [given] = body.kind === "call" ? body.arguments : [];
  const isErr = body.kind === "call" && body.callee.kind === "path" && body.callee.path.segments.at(-1)?.name === "Err";
  return condition === undefined && isErr && pattern.kind === "binding" && given?.kind === "path" && isNamed(given, pattern.name);
}

const isNamed = (it: Expression, name: string): boolean =>
  it.kind === "path" && it.path.segments.length === 1 && it.path.segments[0]?.name === name;

/** What is only looked at before `Ok(…)` is the answer: `let result = inner.verify(…); if let Err(e) = &result { warn!(…); } Ok(…)`. */
function ofKept({ statements, tail }: Block, asked: string, all: readonly Expression[]): readonly TextEdit[] {
  if (tail === undefined || acceptanceIn(tail) !== tail) return [];
  for (const it of statements) {
    if (it.kind !== "let" || it.pattern.kind !== "binding" || it.value?.kind !== "method" || it.value.name !== asked) continue;
    const { name } = it.pattern;
    const lent = new Set(
      all.flatMap((one) =>
        one.kind === "reference" ? [one.operand] : one.kind === "method" && /^(?:is_|as_ref$)/.test(one.name) ? [one.receiver] : [],
      ),
    );
    const uses = all.filter((one) => isNamed(one, name));
    if (uses.length > 0 && uses.every((one) => lent.has(one))) return [{ span: tail.span, text: name }];
  }
  return [];
}

/** `let _ = inner.verify(…);` and the acceptance behind it. */
function ofStatements({ statements, tail }: Block, isAsked: (it: Expression) => boolean, source: RustFile): readonly TextEdit[] {
  const { text } = source;
  const at = statements.findIndex((it) => askedIn(it, isAsked) !== undefined);
  const statement = statements[at];
  const asked = statement && askedIn(statement, isAsked);
  if (statement === undefined || asked === undefined || tail === undefined || acceptanceIn(tail) !== tail) return [];
  const written = text.slice(asked.span.start, asked.span.end);
  if (at < statements.length - 1) return [{ span: statement.span, text: `${written}?;` }];
  return [{ span: { start: statement.span.start, end: tail.span.end }, text: written }];
}

/** What a statement asks and forgets. */
function askedIn(it: Statement, isAsked: (it: Expression) => boolean): Expression | undefined {
  if (it.kind === "let") {
    const isForgotten = it.pattern.kind === "wildcard" || (it.pattern.kind === "binding" && it.pattern.name.startsWith("_"));
    return isForgotten && it.otherwise === undefined && it.value?.kind === "method" && isAsked(it.value) ? it.value : undefined;
  }
  const { expression } = it;
  const isForgotten = expression.kind === "method" && expression.name === "ok" && expression.arguments.length === 0;
  return isForgotten && expression.receiver.kind === "method" && isAsked(expression.receiver) ? expression.receiver : undefined;
}

/** How the error of a pattern is written, and what the pattern needs to name it. */
function errorOf(it: Pattern, { text }: RustFile): { readonly text: string; readonly edits: readonly TextEdit[] } | undefined {
  if (it.kind === "binding") return it.inside === undefined && !it.reference ? { text: it.name, edits: [] } : undefined;
  if (it.kind === "wildcard" || it.kind === "rest") return { text: "error", edits: [{ span: it.span, text: "error" }] };
  const written = text.slice(it.span.start, it.span.end);
  if (isExpression(it)) return { text: written, edits: [] };
  const rebuilt = rebuiltFrom(it, text);
  if (rebuilt !== undefined) return { text: rebuilt, edits: [] };
  if (bindsIn(it)) return undefined;
  return { text: "error", edits: [{ span: it.span, text: `error @ ${it.kind === "or" ? `(${written})` : written}` }] };
}

const isExpression = (it: Pattern): boolean => it.kind === "path" || (it.kind === "tuple-struct" && it.elements.every(isExpression));

/** `Error::InvalidCertificate(e)` of `Error::InvalidCertificate(e @ (…))`. */
function rebuiltFrom(it: Pattern, text: string): string | undefined {
  if (it.kind === "binding") return it.reference ? undefined : it.name;
  if (it.kind !== "tuple-struct") return isExpression(it) ? text.slice(it.span.start, it.span.end) : undefined;
  const parts = it.elements.map((one) => rebuiltFrom(one, text));
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  const callee = it.path.segments.map(({ name }) => name).join("::");
  return `${it.path.global ? "::" : ""}${callee}(${parts.join(", ")})`;
}

/** `Ok(…)`, where it is what an expression comes to. */
function acceptanceIn(it: Expression): Expression | undefined {
  if (it.kind === "return") return it.value && acceptanceIn(it.value);
  if (it.kind === "block" && it.flavour === "plain") return acceptanceAtEnd(it.block);
  return it.kind === "call" && it.callee.kind === "path" && it.callee.path.segments.at(-1)?.name === "Ok" ? it : undefined;
}

function acceptanceAtEnd({ statements, tail }: Block): Expression | undefined {
  if (tail !== undefined) return acceptanceIn(tail);
  const last = statements.at(-1);
  return last?.kind === "expression" && last.expression.kind === "return" ? acceptanceIn(last.expression) : undefined;
}
