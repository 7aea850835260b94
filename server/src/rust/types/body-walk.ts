/** One walk through a body, forwards: the types of its expressions, as far as what stands before tells, and what its names lead to. */
import type { Block, Expression, ExpressionOf, FunctionItem, Parameter, Path, Statement } from "../ast.ts";
import { type Declared, TYPES } from "../names/index.ts";
import { assignedIn, type BodyContext, bindingsOfCall, resultOfCall } from "./body-context.ts";
import { Environment } from "./environment.ts";
import { Expectations } from "./expectations.ts";
import { expansionOf, macrosMeant, moduleOf } from "./inner-items.ts";
import type { TypeScope } from "./lowering.ts";
import { bindPattern, type PatternContext, patternsIn } from "./patterns.ts";
import { SELF_GIVING, VEC } from "./std-rows.ts";
import { elementOf, payloadOf, typeOfOperator, typeOfTerm } from "./std-terms.ts";
import { NO_BINDINGS, named, type Type } from "./type.ts";
import { UseRecorder } from "./use-recorder.ts";
import type { FieldSink, UseSink } from "./uses.ts";

/** Of a function, a constant or a static. */
export function walkBody(declared: Declared, context: BodyContext, sink: UseSink, fields?: FieldSink): void {
  const walk = new BodyWalk(declared, context, sink, fields);
  const lowered = declared.takeLowered();
  if (lowered?.kind === "function") walk.function(lowered);
  else if (lowered?.kind === "const" || lowered?.kind === "static") walk.value(lowered.value());
  // What a macro's tokens say beside the items that they hold.
  else if (lowered?.kind === "other") for (const it of lowered.items) if (it.kind === "function") walk.function(it);
}

class BodyWalk {
  readonly #declared: Declared;
  readonly #context: BodyContext;
  readonly #uses: UseRecorder;
  readonly #scope: TypeScope;
  readonly #patterns: PatternContext;
  readonly #expected = new Expectations();
  readonly #outermost: Environment;
  /** Of expressions in expressions, those that macros make among them. */
  #level = 0;

  constructor(declared: Declared, context: BodyContext, sink: UseSink, fields: FieldSink | undefined) {
    this.#declared = declared;
    this.#context = context;
    this.#uses = new UseRecorder(sink, fields, context.methods);
    this.#scope = context.methods.types.scopeOf(declared);
    this.#patterns = patternsIn(context, this.#uses, (environment) => this.#scopeIn(environment));
    this.#outermost = new Environment(this.#scope.module, (at) => context.maps.expansions.hygiene(at));
  }

  function(item: FunctionItem): void {
    const { parameters, returns, span } = item;
    const environment = this.#outermost.inside();
    environment.declare("self", this.#scope.self, span.start);
    for (const it of parameters) this.#bind(it, undefined, environment);
    const body = item.body();
    if (body === undefined) return;
    this.#expected.note(body.tail, this.#written(returns, environment));
    this.#block(body, environment);
  }

  value(value: Expression | undefined): void {
    if (value !== undefined) this.#type(value, this.#outermost);
  }

  #bind({ pattern, type }: Parameter, given: Type | undefined, environment: Environment): void {
    bindPattern(pattern, this.#written(type, environment) ?? given, environment, this.#patterns);
  }

  #scopeIn({ module }: Environment): TypeScope {
    return module === this.#scope.module ? this.#scope : { ...this.#scope, module };
  }

  #written(type: Parameter["type"], environment: Environment): Type | undefined {
    return this.#context.methods.types.lower(type, this.#scopeIn(environment));
  }

  #block(block: Block, around: Environment): Type | undefined {
    return this.#statements(block, around.inside(this.#moduleOf(block, around)));
  }

  #moduleOf(block: Block, { module }: Environment): Environment["module"] {
    return moduleOf(block, module, this.#declared, this.#context.maps);
  }

  #statements(block: Block, environment: Environment): Type | undefined {
    for (const it of block.statements) this.#statement(it, environment);
    return block.tail === undefined ? undefined : this.#type(block.tail, environment);
  }

  #statement(statement: Statement, environment: Environment): void {
    if (statement.kind === "expression") {
      const { expression: it } = statement;
      const made = it.kind === "macro" ? this.#made(it, environment) : undefined;
      // What a macro declares there for a name that it was given is in scope behind it.
      if (made === undefined) this.#type(it, environment);
      else this.#statements(made, environment.with(this.#moduleOf(made, environment)));
      return;
    }
    const { value, pattern, type, otherwise } = statement;
    this.#expected.note(value, this.#written(type, environment));
    const given = value === undefined ? undefined : this.#type(value, environment);
    if (otherwise !== undefined) this.#block(otherwise, environment);
    this.#bind({ pattern, ...(type === undefined ? {} : { type }) }, given, environment);
  }

  #all(expressions: readonly Expression[], environment: Environment): readonly (Type | undefined)[] {
    return expressions.map((it) => this.#type(it, environment));
  }

  #type(it: Expression, environment: Environment): Type | undefined {
    this.#level++;
    const type = this.#typed(it, environment);
    this.#level--;
    return type;
  }

  #typed(it: Expression, environment: Environment): Type | undefined {
    switch (it.kind) {
      case "path":
        return this.#path(it.path, environment);
      case "call":
        return this.#call(it, environment);
      case "method":
        return this.#method(it, environment);
      case "field":
        return this.#uses.field(this.#type(it.base, environment), it, this.#context);
      case "macro":
        return this.#macro(it, environment);
      case "struct":
        return this.#struct(it, environment);
      case "await":
      case "reference":
      case "unary":
        return this.#type(it.operand, environment);
      case "try":
        return payloadOf(this.#type(it.operand, environment));
      case "index": {
        const base = this.#type(it.base, environment);
        this.#type(it.index, environment);
        return it.index.kind === "range" ? base : elementOf(base);
      }
      case "binary":
        this.#all([it.left, it.right], environment);
        return typeOfOperator(it.operator, this.#context.maps);
      case "block":
        return this.#block(it.block, environment);
      case "if":
        return this.#if(it, environment);
      case "let":
        return void bindPattern(it.pattern, this.#type(it.value, environment), environment, this.#patterns);
      case "match":
        return this.#match(it, environment);
      case "loop":
      case "while":
      case "for":
        return this.#loop(it, environment);
      case "closure":
        return this.#closure(it, environment, []);
      case "return":
      case "break":
        return void (it.value && this.#type(it.value, environment));
      case "tuple":
        return { kind: "tuple", elements: this.#all(it.elements, environment) };
      case "array":
        return { kind: "slice", element: this.#all(it.elements, environment)[0] };
      case "repeat":
        this.#type(it.count, environment);
        return { kind: "slice", element: this.#type(it.element, environment) };
      case "range":
        for (const one of [it.from, it.to]) if (one !== undefined) this.#type(one, environment);
        return undefined;
      case "cast":
        this.#type(it.operand, environment);
        return this.#written(it.type, environment);
      case "assign":
      case "unknown":
        return void this.#all(it.kind === "assign" ? [assignedIn(it), it.value] : it.parts, environment);
      default:
        return undefined;
    }
  }

  #if({ condition, then, otherwise }: ExpressionOf<"if">, environment: Environment): Type | undefined {
    // What its condition binds is in scope in the branch alone.
    const inside = environment.inside();
    this.#type(condition, inside);
    const types = [this.#block(then, inside), otherwise && this.#type(otherwise, environment)];
    return types.find((it) => it !== undefined);
  }

  #loop(it: ExpressionOf<"loop" | "while" | "for">, environment: Environment): undefined {
    const inside = environment.inside();
    if (it.kind === "while") this.#type(it.condition, inside);
    if (it.kind === "for") bindPattern(it.pattern, elementOf(this.#type(it.iterable, environment)), inside, this.#patterns);
    this.#block(it.body, inside);
  }

  #match({ scrutinee, arms }: ExpressionOf<"match">, environment: Environment): Type | undefined {
    const type = this.#type(scrutinee, environment);
    let found: Type | undefined;
    for (const arm of arms) {
      const inside = environment.inside();
      bindPattern(arm.pattern, type, inside, this.#patterns);
      if (arm.condition !== undefined) this.#type(arm.condition, inside);
      const value = this.#type(arm.body, inside);
      found ??= value;
    }
    return found;
  }

  #closure({ parameters, body }: ExpressionOf<"closure">, environment: Environment, given: readonly (Type | undefined)[]): Type {
    const inside = environment.inside();
    for (const [at, it] of parameters.entries()) this.#bind(it, given[at], inside);
    return { kind: "function", returns: this.#type(body, inside) };
  }

  #struct({ path, fields, base }: ExpressionOf<"struct">, environment: Environment): Type | undefined {
    const { definitions, self } = this.#context.paths.of(path, this.#scopeIn(environment), TYPES);
    this.#uses.named("value", path, definitions);
    const given = new Map(fields.map((it) => [it.name, this.#type(it.value, environment)]));
    if (base !== undefined) this.#type(base, environment);
    const [made] = definitions;
    if (made === undefined) return undefined;
    return made.sort === "external" ? named(made) : this.#context.signatures.constructed(made, given, self);
  }

  /** What a macro that is here makes. */
  #made(it: ExpressionOf<"macro">, { module }: Environment): Block | undefined {
    const made = expansionOf(it, { of: this.#declared, module, level: this.#level }, this.#context.maps);
    if (made !== undefined) this.#uses.named("macro", it.path, [made.macro]);
    return made?.block;
  }

  #macro(it: ExpressionOf<"macro">, environment: Environment): Type | undefined {
    const made = this.#made(it, environment);
    if (made !== undefined) return this.#block(made, environment);
    const { path, arguments: args, body, tokens } = it;
    const meant = macrosMeant(path, environment.module, this.#context.maps);
    if (args.length === 0 && body === undefined)
      this.#uses.tokens(this.#context.maps.macros.textAt(this.#declared, tokens), tokens.start, environment.module);
    const types = this.#all(args, environment);
    const type = body && this.#block(body, environment);
    if (meant.some((it) => it.sort !== "external")) return type;
    const name = path.segments.at(-1)?.name;
    if (name === "try") return payloadOf(types[0]);
    return name === "vec" ? named(this.#context.maps.names.externalAt(VEC.split("::")), types.slice(0, 1)) : undefined;
  }

  #path(path: Path, environment: Environment): Type | undefined {
    const variable = environment.ofPath(path);
    if (variable !== undefined) return variable.type;
    const { paths, signatures } = this.#context;
    const { definitions, self } = paths.of(path, this.#scopeIn(environment));
    this.#uses.named("value", path, definitions, self);
    const [first] = definitions;
    if (first?.sort === "item" && first.kind === "function") {
      const bindings = signatures.bindings(first, { self, generics: this.#generics(path, environment), arguments: [] });
      return { kind: "function", returns: signatures.returns(first, bindings) };
    }
    return paths.typeOf(first, self);
  }

  #generics(path: Path, environment: Environment): readonly (Type | undefined)[] {
    return path.segments.at(-1)?.generics.map((it) => this.#written(it, environment)) ?? [];
  }

  #call(it: ExpressionOf<"call">, environment: Environment): Type | undefined {
    const { callee, arguments: args } = it;
    if (callee.kind !== "path" || environment.ofPath(callee.path) !== undefined) {
      const type = this.#type(callee, environment);
      this.#all(args, environment);
      return type?.kind === "function" ? type.returns : undefined;
    }
    const meaning = this.#context.paths.of(callee.path, this.#scopeIn(environment));
    const given = { arguments: this.#all(args, environment), generics: this.#generics(callee.path, environment) };
    const self = meaning.self ?? given.generics[0] ?? this.#expected.of(it);
    const bindings = bindingsOfCall(meaning, given, this.#context);
    this.#uses.called(callee.path, { ...meaning, self }, bindings, environment.module);
    return resultOfCall(meaning, callee.path, given.arguments, bindings, this.#context);
  }

  #method(it: ExpressionOf<"method">, environment: Environment): Type | undefined {
    const { methods, maps, signatures } = this.#context;
    const receiver = this.#type(it.receiver, environment);
    const std = methods.standard(receiver, it.name);
    const given = (std?.row.closure ?? []).map((term) => typeOfTerm(term, std?.receiver, undefined, maps));
    const args = it.arguments.map((one) =>
      one.kind === "closure" ? this.#closure(one, environment, given) : this.#type(one, environment),
    );
    if (std !== undefined) {
      this.#uses.standard(it, std.of);
      const closure = args.find((one) => one?.kind === "function");
      return typeOfTerm(std.row.gives, std.receiver, closure?.kind === "function" ? closure.returns : undefined, maps);
    }
    const found = methods.of(receiver, it.name);
    if (found === undefined && receiver !== undefined && SELF_GIVING.has(it.name)) return receiver;
    const generics = it.generics.map((one) => this.#written(one, environment));
    const [first] = found ?? [];
    const called = first?.function.sort === "item" ? first.function : undefined;
    const bindings = called ? signatures.bindings(called, { self: first?.receiver, generics, arguments: args }) : NO_BINDINGS;
    this.#uses.method(it, found, bindings, environment.module, generics[0] ?? this.#expected.of(it));
    return called ? signatures.returns(called, bindings) : found && SELF_GIVING.has(it.name) ? receiver : undefined;
  }
}
