/** A compact form of lowered code, for tests: s-expressions in which only names, operators and literals remain. */
import type {
  Attributes,
  Block,
  Cfg,
  Expression,
  Item,
  Literal,
  Parameter,
  Path,
  Pattern,
  Statement,
  Type,
} from "../../../server/src/rust/ast.ts";

function printExpression(it: Expression): string {
  switch (it.kind) {
    case "literal":
      return printLiteral(it.literal);
    case "path":
      return printPath(it.path);
    case "call":
      return list("call", printExpression(it.callee), ...it.arguments.map(printExpression));
    case "method":
      return list(`.${it.name}${angle(it.generics)}`, printExpression(it.receiver), ...it.arguments.map(printExpression));
    case "field":
      return `${printExpression(it.base)}.${it.name}`;
    case "index":
      return list("index", printExpression(it.base), printExpression(it.index));
    case "macro":
      return list(`${printPath(it.path)}!`, ...it.arguments.map(printExpression), ...(it.body === undefined ? [] : [printBlock(it.body)]));
    case "struct":
      return list(
        "new",
        printPath(it.path),
        ...it.fields.map((field) => (field.shorthand ? field.name : `${field.name}:${printExpression(field.value)}`)),
        ...(it.base === undefined ? [] : [`..${printExpression(it.base)}`]),
      );
    case "unary":
      return list(it.operator, printExpression(it.operand));
    case "reference":
      return list(it.mutable ? "&mut" : "&", printExpression(it.operand));
    case "try":
      return `${printExpression(it.operand)}?`;
    case "await":
      return `${printExpression(it.operand)}.await`;
    case "binary":
      return list(it.operator, printExpression(it.left), printExpression(it.right));
    case "assign":
      return list(it.operator, printExpression(it.target), printExpression(it.value));
    case "block":
      return (it.flavour === "plain" ? "" : `${it.flavour} `) + printBlock(it.block);
    case "if":
      return list(
        "if",
        printExpression(it.condition),
        printBlock(it.then),
        ...(it.otherwise === undefined ? [] : [printExpression(it.otherwise)]),
      );
    case "let":
      return list("let", printPattern(it.pattern), printExpression(it.value));
    case "match":
      return list(
        "match",
        printExpression(it.scrutinee),
        ...it.arms.map((arm) =>
          list(
            `${printAttributes(arm.attributes)}=>`,
            printPattern(arm.pattern) + (arm.condition === undefined ? "" : ` if ${printExpression(arm.condition)}`),
            printExpression(arm.body),
          ),
        ),
      );
    case "loop":
      return list("loop", printBlock(it.body));
    case "while":
      return list("while", printExpression(it.condition), printBlock(it.body));
    case "for":
      return list("for", printPattern(it.pattern), printExpression(it.iterable), printBlock(it.body));
    case "closure":
      return list(`|${printParameters(it.parameters)}|`, printExpression(it.body));
    case "return":
    case "break":
      return list(it.kind, ...(it.value === undefined ? [] : [printExpression(it.value)]));
    case "continue":
      return "(continue)";
    case "tuple":
    case "array":
      return list(it.kind, ...it.elements.map(printExpression));
    case "repeat":
      return list("repeat", printExpression(it.element), printExpression(it.count));
    case "range":
      return list("..", it.from === undefined ? "_" : printExpression(it.from), it.to === undefined ? "_" : printExpression(it.to));
    case "cast":
      return list("as", printExpression(it.operand), printType(it.type));
    case "unknown":
      return list("unknown", ...it.parts.map(printExpression));
  }
}

export function printBlock(block: Block): string {
  const parts = [
    ...block.items.map(printItem),
    ...block.statements.map(printStatement),
    ...(block.tail === undefined
      ? []
      : [(block.tailAttributes === undefined ? "" : printAttributes(block.tailAttributes)) + printExpression(block.tail)]),
  ];
  return parts.length === 0 ? "{}" : `{ ${parts.join(" ")} }`;
}

function printStatement(it: Statement): string {
  const attributes = printAttributes(it.attributes);
  if (it.kind === "expression") return `${attributes}${printExpression(it.expression)}${it.semicolon ? ";" : ""}`;
  return (
    attributes +
    list(
      "let",
      printPattern(it.pattern) + (it.type === undefined ? "" : `: ${printType(it.type)}`),
      ...(it.value === undefined ? [] : [printExpression(it.value)]),
      ...(it.otherwise === undefined ? [] : [`else ${printBlock(it.otherwise)}`]),
    )
  );
}

export function printItem(it: Item): string {
  const attributes = printAttributes(it.attributes);
  switch (it.kind) {
    case "function": {
      const receiver = it.receiver === undefined ? [] : [`${it.receiver.reference ? "&" : ""}${it.receiver.mutable ? "mut " : ""}self`];
      const body = it.body();
      const generics = it.generics.map((one) => one.name + (one.bounds.length === 0 ? "" : `: ${one.bounds.map(printType).join(" + ")}`));
      return (
        attributes +
        list(
          `${it.async ? "async " : ""}fn ${it.name}${generics.length === 0 ? "" : `<${generics.join(", ")}>`}`,
          `[${[...receiver, ...(it.parameters.length === 0 ? [] : [printParameters(it.parameters)])].join(", ")}]${it.returns === undefined ? "" : ` -> ${printType(it.returns)}`}`,
          ...(body === undefined ? [] : [printBlock(body)]),
        )
      );
    }
    case "impl":
      return `${attributes}${list(`impl ${it.trait === undefined ? "" : `${printPath(it.trait)} for `}${printType(it.type)}`, ...it.items.map(printItem))}`;
    case "struct":
      return (
        attributes +
        list(`struct ${it.name}`, ...it.fields.map((one) => `${printAttributes(one.attributes)}${one.name}: ${printType(one.type)}`))
      );
    case "enum":
      return (
        attributes +
        list(
          `enum ${it.name}`,
          ...it.variants.map(
            (one) =>
              `${printAttributes(one.attributes)}${one.name}${one.fields.length === 0 ? "" : `{${one.fields.map((field) => `${field.name}: ${printType(field.type)}`).join(", ")}}`}`,
          ),
        )
      );
    case "const":
    case "static": {
      const value = it.value();
      return (
        attributes +
        list(
          `${it.kind} ${it.name}${it.type === undefined ? "" : `: ${printType(it.type)}`}`,
          ...(value === undefined ? [] : [printExpression(value)]),
        )
      );
    }
    case "use":
      return (
        attributes +
        list(
          it.visibility !== "private" ? "pub use" : "use",
          ...it.imports.map(
            (one) =>
              `${one.global ? "::" : ""}${one.path.join("::")}${one.name === undefined ? "::*" : one.name === one.path.at(-1) ? "" : ` as ${one.name}`}`,
          ),
        )
      );
    case "module":
      return attributes + list(`mod ${it.name}${it.file === undefined ? "" : ` at ${it.file}`}`, ...(it.items ?? []).map(printItem));
    case "trait":
      return attributes + list(`trait ${it.name}`, ...it.items.map(printItem));
    case "type-alias":
      return attributes + list(`type ${it.name}`, printType(it.type));
    case "extern-crate":
      return attributes + list("extern", it.crate, it.name);
    case "other":
      return attributes + list(`other${it.name === undefined ? "" : ` ${it.name}`}`, ...it.items.map(printItem));
  }
}

export function printPattern(it: Pattern): string {
  switch (it.kind) {
    case "binding":
      return `${it.reference ? "ref " : ""}${it.mutable ? "mut " : ""}${it.name}${it.inside === undefined ? "" : `@${printPattern(it.inside)}`}`;
    case "wildcard":
      return "_";
    case "rest":
      return "..";
    case "literal":
      return printLiteral(it.literal);
    case "path":
      return printPath(it.path);
    case "tuple-struct":
      return `${printPath(it.path)}(${it.elements.map(printPattern).join(", ")})`;
    case "struct":
      return `${printPath(it.path)}{${it.fields.map((one) => `${one.name}: ${printPattern(one.pattern)}`).join(", ")}}`;
    case "tuple":
      return `(${it.elements.map(printPattern).join(", ")})`;
    case "slice":
      return `[${it.elements.map(printPattern).join(", ")}]`;
    case "or":
      return it.elements.map(printPattern).join("|");
    case "reference":
      return `&${printPattern(it.inside)}`;
    case "other":
      return "other";
  }
}

export function printType(it: Type): string {
  switch (it.kind) {
    case "path":
      return printPath(it.path);
    case "reference":
      return `&${it.mutable ? "mut " : ""}${printType(it.inner)}`;
    case "tuple":
      return `(${it.elements.map(printType).join(", ")})`;
    case "slice":
      return `[${printType(it.inner)}]`;
    case "bounds":
      return `${it.dynamic ? "dyn" : "impl"} ${it.bounds.map(printType).join(" + ")}`;
    case "other":
      return "other";
  }
}

export function printCfg(it: Cfg): string {
  if (it.kind === "flag") return it.value === undefined ? it.name : `${it.name}=${it.value}`;
  return `${it.kind}(${it.kind === "not" ? printCfg(it.of) : it.of.map(printCfg).join(", ")})`;
}

function printPath(path: Path): string {
  const self = path.self === undefined ? "" : `<${printType(path.self)}>::`;
  return `${path.global ? "::" : ""}${self}${path.segments.map((it) => it.name + angle(it.generics)).join("::")}`;
}

const printParameters = (parameters: readonly Parameter[]): string =>
  parameters.map((it) => printPattern(it.pattern) + (it.type === undefined ? "" : `: ${printType(it.type)}`)).join(", ");

const printAttributes = ({ cfg, names }: Attributes): string =>
  [...cfg.map((it) => `#cfg(${printCfg(it.predicate)}) `), ...names.map((it) => `#${it} `)].join("");

function printLiteral(it: Literal): string {
  if (it.type === "other") return "literal";
  return it.type === "string" ? (it.bytes ? "b" : "") + JSON.stringify(it.value) : String(it.value);
}

const angle = (types: readonly Type[]): string => (types.length === 0 ? "" : `<${types.map(printType).join(", ")}>`);
const list = (...parts: readonly string[]): string => `(${parts.join(" ")})`;
