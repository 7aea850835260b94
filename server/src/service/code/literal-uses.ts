/** What code does with a string literal, directly or by the variable or constant that holds it: a query over lowered bodies. */
import { usesOf } from "../../analysis/uses.ts";
import { covers, type Span, sameSpan } from "../../base/span.ts";
import { CONTENTS, SOUGHT } from "../../models/contents.ts";
import { scopeOf } from "../../remedies/remedy-sites.ts";
import { trailTo } from "../../remedies/trail.ts";
import { type Body, type Declared, declaredIn, type Local, type Operation } from "../../rust/bodies/index.ts";
import { MACRO_FORMS } from "../../rust/bodies/macro-forms.ts";
import { buildScopes, type Definition, type Literal, type Path, type RustFile, type Scopes } from "../../rust/index.ts";

export type LiteralUse =
  /** It is looked for, cut off or compared with. */
  | { readonly kind: "sought" }
  /** `path`: what is called, as far as names tell. */
  | { readonly kind: "given"; readonly path: readonly string[] }
  | { readonly kind: "other" };

const SOUGHT_FOR: LiteralUse = { kind: "sought" };
const OTHER: LiteralUse = { kind: "other" };

interface Held {
  readonly body: Body;
  readonly local: Local;
}

type Next = LiteralUse | Held;

export class LiteralUses {
  readonly #file: RustFile;
  #declared: readonly Declared[] | undefined;
  readonly #bodies = new Map<Declared, readonly Owned[]>();
  #scopes: Scopes | undefined;

  constructor(file: RustFile) {
    this.#file = file;
  }

  /** `literal`: between its quotes. None where it is in no body, or where nothing takes it. */
  of(literal: Span): readonly LiteralUse[] {
    const around = this.#all().filter(({ span }) => covers(span, literal));
    return this.#follow(around.flatMap((it) => this.#in(it)).flatMap(({ body }) => written(body, literal)));
  }

  /** Wherever it is the same text. */
  #follow(from: readonly Next[]): readonly LiteralUse[] {
    const open = [...from];
    const found: LiteralUse[] = [];
    const seen = new Map<Body, Set<Local>>();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if ("kind" in next) {
        found.push(next);
        continue;
      }
      const { body, local } = next;
      const known = seen.get(body) ?? new Set();
      seen.set(body, known);
      if (known.has(local)) continue;
      known.add(local);
      for (const { operation } of usesOf(body, local))
        open.push(...(operation === undefined ? this.#returned(body) : this.#step(operation, body, local)));
    }
    return found;
  }

  #step(it: Operation, body: Body, local: Local): readonly Next[] {
    if (it.kind === "closure") {
      const inner = body.closures[it.body];
      return inner?.captures.flatMap(({ outer, inner: own }) => (outer === local ? [{ body: inner, local: own }] : [])) ?? [];
    }
    const same = [{ body, local: it.to }];
    switch (it.kind) {
      case "copy":
        return it.from.path.length === 0 ? same : [OTHER];
      case "reference":
      case "unary":
      case "format":
        return same;
      case "binary":
        return COMPARING.has(it.operator) ? [SOUGHT_FOR] : same;
      case "macro":
        return [MACRO_FORMS.get(it.path.segments.at(-1)?.name ?? "") === "assert-equal" ? SOUGHT_FOR : OTHER];
      case "call":
        return [it.callee.kind === "path" ? { kind: "given", path: this.#meaning(it.callee.path) } : OTHER];
      case "method":
        if (it.receiver.local !== local) return [it.arguments.indexOf(local) === SOUGHT[it.name] ? SOUGHT_FOR : OTHER];
        if (CONTENTS[it.name] === "same") return same;
        return CONTENTS[it.name] === "measured" ? [] : [OTHER];
      default:
        return [OTHER];
    }
  }

  /** The value of a constant goes wherever its name does; that of one that others see may go elsewhere, too. */
  #returned(body: Body): readonly Next[] {
    const constant = this.#all()
      .filter(({ span }) => covers(span, body.span))
      .flatMap((it) => this.#in(it))
      .find((it) => it.body === body && it.declared.signature === undefined)?.declared;
    if (constant === undefined) return [OTHER];
    let isPrivate = true;
    const isMeant = ({ item }: Definition): boolean => {
      if (!sameSpan(item.span, constant.span)) return false;
      isPrivate &&= "visibility" in item && item.visibility === "private";
      return true;
    };
    const means = (path: Path): boolean =>
      path.segments.at(-1)?.name === constant.name && this.#inScope(path, (scopes, scope) => scopes.definitions(path, scope).some(isMeant));
    const named = this.#all()
      .flatMap((it) => this.#in(it))
      .flatMap(({ body: other }) =>
        operationsOf(other).flatMap((it): readonly Next[] => {
          if (it.kind === "path") return means(it.path) ? [{ body: other, local: it.to }] : [];
          return it.kind === "test" && it.test.kind === "path" && means(it.test.path) ? [SOUGHT_FOR] : [];
        }),
      );
    return isPrivate ? named : [...named, OTHER];
  }

  #meaning(path: Path): readonly string[] {
    return this.#inScope(path, (scopes, scope) => {
      const found = scopes.resolve(path, scope);
      if (found.kind === "external") return found.paths.length === 1 ? (found.paths[0] ?? []) : [];
      return found.kind === "unknown" ? found.segments : [];
    });
  }

  #inScope<T>(path: Path, ask: (scopes: Scopes, scope: ReturnType<typeof scopeOf>) => T): T {
    this.#scopes ??= buildScopes([{ files: [{ name: NAME, file: this.#file, modulePath: ["crate"] }], dependencies: undefined }]);
    return ask(this.#scopes, scopeOf(trailTo(this.#file, path.span), this.#scopes, NAME, this.#file));
  }

  #all(): readonly Declared[] {
    this.#declared ??= declaredIn(this.#file.text);
    return this.#declared;
  }

  #in(declared: Declared): readonly Owned[] {
    const bodies = this.#bodies.get(declared) ?? bodiesOf(declared);
    this.#bodies.set(declared, bodies);
    return bodies;
  }
}

/** What the one file is called whose names are looked up. */
const NAME = "";

const COMPARING: ReadonlySet<string> = new Set(["==", "!=", "<", ">", "<=", ">="]);

interface Owned {
  readonly declared: Declared;
  readonly body: Body;
}

/** Its own, and those of what is declared and closed over in it. Functions in functions nest as deep as the parser lets them. */
function bodiesOf(declared: Declared): readonly Owned[] {
  const found: Owned[] = [];
  const open = [{ declared, body: declared.body() }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    found.push(next);
    const { declared: around, body } = next;
    for (const it of body.closures) open.push({ declared: around, body: it });
    for (const it of body.declared) open.push({ declared: it, body: it.body() });
  }
  return found;
}

const operationsOf = ({ blocks }: Body): readonly Operation[] => blocks.flatMap(({ operations }) => operations);

/** Where a body has it as a value, as the template of one, or as what another is to be. */
function written(body: Body, literal: Span): readonly Next[] {
  const operations = operationsOf(body);
  const isIt = (it: Literal): boolean => it.type === "string" && it.valueSpan.start === literal.start;
  return operations.flatMap((it): readonly Next[] => {
    if (it.kind === "test") return it.test.kind === "literal" && isIt(it.test.literal) ? [SOUGHT_FOR] : [];
    if (it.kind !== "constant" || !isIt(it.literal)) return [];
    const template =
      usesOf(body, it.to).length > 0 ? undefined : operations.find((other) => other.kind === "format" && covers(other.span, it.span));
    return [{ body, local: template?.to ?? it.to }];
  });
}
