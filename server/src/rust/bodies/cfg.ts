/** What stands under `#[cfg(…)]`: a branch on the predicate. */
import type { Attributes, Cfg } from "../ast.ts";
import type { BlockId, Local } from "./body.ts";
import type { BodyBuilder } from "./builder.ts";

export function predicateOf(
  attributes: Attributes,
): { readonly predicate: Cfg; readonly span: Attributes["cfg"][number]["span"] } | undefined {
  const [first, ...more] = attributes.cfg;
  if (first === undefined) return undefined;
  return more.length === 0 ? first : { predicate: { kind: "all", of: attributes.cfg.map((it) => it.predicate) }, span: first.span };
}

/** What is emitted from now on is under the predicate, until the function that is given back is called. */
export function cfgBranch(body: BodyBuilder, attributes: Attributes): ((otherwise?: () => void) => void) | undefined {
  const found = predicateOf(attributes);
  if (found === undefined) return undefined;
  const [yes, no, done] = [body.block(), body.block(), body.block()];
  cfgTest(body, found, yes, no);
  body.go(yes);
  return (otherwise) => {
    body.goto(done);
    body.go(no);
    otherwise?.();
    body.goto(done);
    body.go(done);
  };
}

export function cfgTest(
  body: BodyBuilder,
  { predicate, span }: NonNullable<ReturnType<typeof predicateOf>>,
  yes: BlockId,
  no: BlockId,
): Local {
  const condition = body.emit({ kind: "cfg", predicate }, span);
  body.branch(condition, yes, no);
  return condition;
}
