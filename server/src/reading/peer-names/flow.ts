/** Follows the names of peers through the bodies of a program. Nothing is decided here but which value is what. */
import type { Block, Definition, Expression, ExpressionOf, FunctionItem, Item, Pattern } from "../../rust/index.ts";
import { isForm, isUnanchored, type Known, PARTIAL, type Partial, partOf } from "../../tls/compared-names.ts";
import type { Place } from "../../tls/facts.ts";
import type { Body } from "../entries.ts";
import { LOGGING } from "../lexicon.ts";
import type { Machine } from "../machine.ts";
import type { ObservationDraft } from "../objects.ts";
import { blockFails, COMPARING, fails, joined, negated, ofClosure, ofMethod } from "./answers.ts";
import { seeIf, seeMatch, type Walk } from "./branches.ts";
import { asks, methodsNamed } from "./callees.ts";
import { called, isAnswer, isOfPeer, type Kind, listed, one, step } from "./kinds.ts";
import { Records } from "./records.ts";
import { compared, isSure, outcome, refuse } from "./refusals.ts";
import { bind, doubting, idly, newRoom, type Room } from "./room.ts";
import { isTextType, knownText, mayBeText, patternOf } from "./texts.ts";

const DEEPEST = 5;
const MOST_STEPS = 40_000;
/** Methods that call a closure with what they are called on, and give what it gives. */
const GIVING: ReadonlySet<string> = new Set(["map", "and_then", "filter_map", "flat_map", "map_or", "map_or_else", "find_map"]);

export class Flow {
  readonly #machine: Machine;
  readonly #asking: ReadonlySet<string>;
  readonly #telling: ReadonlySet<string>;
  readonly #records: Records;
  readonly #observations = new Map<string, ObservationDraft>();
  readonly #answers = new Map<string, Kind | undefined>();
  readonly #numbers = new Map<Item, number>();
  readonly #refusing = new Map<Body, Place>();
  readonly #walk: Walk = {
    see: (it, room) => this.#see(it, room),
    block: (it, room) => this.#block(it, room),
    bind: (pattern, kind, room) => this.#bound(pattern, kind, room),
  };
  #steps = 0;
  #tells = true;

  /** `asking`: calls that give the peer's certificate; `telling`: words of functions that may give something of it. */
  constructor(machine: Machine, asking: ReadonlySet<string>, telling: ReadonlySet<string>) {
    this.#machine = machine;
    this.#asking = asking;
    this.#telling = telling;
    this.#records = new Records(machine.scopes);
  }

  /** What the program's structs were seen to hold so far. */
  get records(): Pick<Records, "size" | "knows"> {
    return this.#records;
  }

  found(): ObservationDraft[] {
    return [...this.#observations.values()];
  }

  /** The bodies that fail unless names of the peer's certificate agree with the program's own, and where they do. */
  refusing(): ReadonlyMap<Body, Place> {
    return this.#refusing;
  }

  /** `judged`: positions of parameters that are the peer's certificate; `tells`: what is found is said here. */
  begin(body: Body, judged: readonly number[], tells: boolean): void {
    const { item, definition, file } = body;
    this.#tells = tells;
    if (item.kind !== "function") return;
    this.#answers.clear();
    const given = item.parameters.map(({ pattern }, index): Kind | undefined =>
      judged.includes(index) ? { is: "certificate", many: true, source: { file, span: pattern.span } } : undefined,
    );
    if (isAnswer(this.#run(item, definition, given, 0))) this.#refusing.set(body, { file, span: item.nameSpan });
  }

  #run(item: FunctionItem, definition: Definition, given: readonly (Kind | undefined)[], depth: number): Kind | undefined {
    const block = item.body();
    if (block === undefined) return undefined;
    const { scope } = definition;
    const room = newRoom(item, scope, depth);
    if (item.receiver !== undefined && definition.owner !== undefined && this.#records.holds(definition.owner.item))
      room.variables.set("self", { is: "record", type: definition.owner });
    for (const [index, { pattern, type }] of item.parameters.entries()) {
      this.#bound(pattern, given[index] ?? this.#records.ofType(type, room), room);
      if (pattern.kind === "binding" && type !== undefined && isTextType(type)) room.texts.add(pattern.name);
    }
    return outcome(item, block, this.#block(block, room), room);
  }

  #block(block: Block, room: Room): Kind | undefined {
    const outer = room.variables;
    room.variables = new Map(outer);
    for (const it of block.statements) {
      if (it.kind === "expression") {
        this.#see(it.expression, room);
        continue;
      }
      const value = it.value === undefined ? undefined : this.#see(it.value, room);
      const text = it.value === undefined ? undefined : knownText(it.value, room, this.#machine);
      const pattern = it.value === undefined ? undefined : patternOf(it.value, room, this.#machine);
      this.#bound(it.pattern, value ?? this.#records.ofType(it.type, room), room);
      if (it.pattern.kind === "binding" && text !== undefined) room.known.set(it.pattern.name, text);
      if (it.pattern.kind === "binding" && pattern !== undefined) room.patterns.set(it.pattern.name, pattern);
      if (it.otherwise === undefined) continue;
      this.#block(it.otherwise, room);
      if (it.value !== undefined && isAnswer(value) && blockFails(it.otherwise, false)) refuse(room, it.value);
    }
    const value = block.tail === undefined ? undefined : this.#see(block.tail, room);
    // What was assigned to a variable of the outside is there afterwards.
    for (const name of outer.keys()) {
      const now = room.variables.get(name);
      if (now === undefined) continue;
      outer.set(name, outer.get(name) ?? now);
    }
    room.variables = outer;
    return value;
  }

  #see(it: Expression, room: Room): Kind | undefined {
    if (++this.#steps > MOST_STEPS) return undefined;
    switch (it.kind) {
      case "path":
        return it.path.segments.length === 1 ? room.variables.get(it.path.segments[0]?.name ?? "") : undefined;
      case "method":
        return this.#method(it, room);
      case "call":
        return this.#call(it, room);
      case "field": {
        const base = this.#see(it.base, room);
        if (base === undefined) return undefined;
        return this.#records.field(base, it.name);
      }
      case "index": {
        const base = this.#see(it.base, room);
        this.#see(it.index, room);
        if (base?.is === "text" && !base.many && it.index.kind === "range")
          return it.index.from === undefined && it.index.to !== undefined ? { ...base, cut: true } : base;
        return base === undefined ? undefined : one(base);
      }
      case "macro":
        return this.#macro(it, room);
      case "struct":
        return this.#struct(it, room);
      case "try": {
        const value = this.#see(it.operand, room);
        if (value?.is === "verdict") refuse(room, it);
        return isAnswer(value) ? undefined : value;
      }
      case "unary": {
        const value = this.#see(it.operand, room);
        return isAnswer(value) ? (it.operator === "!" ? negated(value) : undefined) : value;
      }
      case "reference":
      case "await":
      case "cast":
        return this.#see(it.operand, room);
      case "binary": {
        const [left, right] = [this.#see(it.left, room), this.#see(it.right, room)];
        if (it.operator === "&&" || it.operator === "||")
          return joined(isAnswer(left) ? left : undefined, isAnswer(right) ? right : undefined, it.operator === "&&");
        const sides = [left, right];
        const cut = sides.find((side) => side?.is === "text" && side.cut === true);
        if (cut !== undefined && (it.operator === "==" || it.operator === "!="))
          this.#observe("beginning", it.operator, it.span, cut, room);
        if (it.operator !== "==" && it.operator !== "!=") return undefined;
        const same = compared(left, right, it.right, room, this.#machine) ?? compared(right, left, it.left, room, this.#machine);
        return it.operator === "==" ? same : negated(same);
      }
      case "assign": {
        const value = this.#see(it.value, room);
        const name = it.target.kind === "path" ? it.target.path.segments.at(-1)?.name : undefined;
        if (name !== undefined && value !== undefined && it.operator === "=") room.variables.set(name, value);
        else this.#see(it.target, room);
        return undefined;
      }
      case "block":
        return this.#block(it.block, room);
      case "if":
        return seeIf(this.#walk, it, room);
      case "let":
        this.#bound(it.pattern, this.#see(it.value, room), room);
        return undefined;
      case "match":
        return seeMatch(this.#walk, it, room);
      case "while":
        this.#see(it.condition, room);
        this.#block(it.body, room);
        return undefined;
      case "loop":
        return this.#block(it.body, room);
      case "for": {
        const value = this.#see(it.iterable, room);
        const outer = room.variables;
        room.variables = new Map(outer);
        this.#bound(it.pattern, value === undefined ? undefined : one(value), room);
        doubting(!isSure(value), room, () => this.#block(it.body, room));
        room.variables = outer;
        return undefined;
      }
      case "closure":
        return this.#closure(it, undefined, room);
      case "return": {
        const value = it.value === undefined ? undefined : this.#see(it.value, room);
        if (value?.is === "verdict" || (value?.is === "answer" && value.agree)) refuse(room, it);
        else if (room.agreed) room.grants = true;
        else if (!fails(it, true) && room.refusedAt === undefined) room.leaves = true;
        room.returned ??= value;
        return undefined;
      }
      case "break":
        return it.value === undefined ? undefined : this.#see(it.value, room);
      case "tuple":
      case "array": {
        const kinds = it.elements.map((element) => this.#see(element, room));
        const first = kinds.find((kind) => kind !== undefined);
        return it.kind === "array" && first !== undefined ? listed(first) : first;
      }
      case "repeat":
        return this.#see(it.element, room);
      case "unknown":
        for (const part of it.parts) this.#see(part, room);
        return undefined;
      default:
        return undefined;
    }
  }

  #method(it: ExpressionOf<"method">, room: Room): Kind | undefined {
    const receiver = this.#see(it.receiver, room);
    const { name } = it;
    if (isAnswer(receiver)) {
      for (const argument of it.arguments) this.#see(argument, room);
      const made = ofMethod(receiver, it);
      if (made === "ended") refuse(room, it);
      return made === "ended" ? undefined : made;
    }
    const source = { file: room.file, span: it.nameSpan };
    if (this.#asking.has(name)) {
      for (const argument of it.arguments) this.#see(argument, room);
      return { is: "certificate", many: true, source };
    }
    if (receiver === undefined) return this.#methodOfUnknown(it, room);
    const [closure] = it.arguments.filter((argument) => argument.kind === "closure");
    if (closure?.kind === "closure") {
      const given = this.#closure(closure, one(receiver), room);
      for (const argument of it.arguments) if (argument !== closure) this.#see(argument, room);
      if (isAnswer(given)) return ofClosure(given, it);
      if (!GIVING.has(name)) return step(receiver, name);
      const many = receiver.is !== "record" && receiver.many && name !== "find_map";
      return given !== undefined && many ? listed(given) : given;
    }
    const kinds = it.arguments.map((argument) => this.#see(argument, room));
    const [own] = it.arguments;
    const several = receiver.is === "record" ? this.#machine.scopes.associated(receiver.type, name).length === 0 : receiver.many;
    if (own !== undefined && (COMPARING.has(name) || (name === "contains" && several))) {
      const answer = compared(receiver, kinds[0], own, room, this.#machine);
      if (answer !== undefined) return answer;
    }
    if (receiver.is === "text" && !receiver.many && PARTIAL.has(name)) {
      const [argument] = it.arguments;
      if (argument === undefined || !mayBeText(argument, room, this.#machine)) return undefined;
      const known = knownText(argument, room, this.#machine);
      const part = partOf(name, known);
      if (part !== undefined) this.#observe(part, name, { start: it.nameSpan.start, end: it.span.end }, receiver, room, known);
      const compares = part !== undefined || (known?.whole !== undefined && !isForm(known.whole));
      return compares ? compared(receiver, kinds[0], argument, room, this.#machine) : undefined;
    }
    // `cn.map(is_admin)`, `names.iter().any(Self::is_admin)`.
    const [function_] = it.arguments;
    if (function_?.kind === "path" && (GIVING.has(name) || CALLING.has(name))) {
      const last = function_.path.segments.at(-1)?.name ?? "";
      const given =
        this.#callLocal(function_, [one(receiver)], room) ?? (function_.path.segments.length > 1 ? step(one(receiver), last) : undefined);
      if (isAnswer(given)) return ofClosure(given, it);
      if (GIVING.has(name) && given !== undefined) return receiver.is !== "record" && receiver.many ? listed(given) : given;
    }
    if (receiver.is === "record") {
      const [method] = this.#machine.scopes.associated(receiver.type, name);
      if (method?.item.kind === "function") return this.#enter(method, kinds, room);
    }
    return step(receiver, name);
  }

  /** Of what is no name: a function of the program, a pattern or list that is asked for a name, a place where structs are kept. */
  #methodOfUnknown(it: ExpressionOf<"method">, room: Room): Kind | undefined {
    const { name } = it;
    const kinds = it.arguments.map((argument) => (argument.kind === "closure" ? undefined : this.#see(argument, room)));
    const [kept] = it.generics.flatMap((type) => this.#records.ofType(type, room) ?? []);
    const results = it.arguments.map((argument) => (argument.kind === "closure" ? this.#closure(argument, kept, room) : undefined));
    if (kept !== undefined) return kept;
    const answer = results.find(isAnswer);
    if (answer !== undefined) return ofClosure(answer, it);
    const [first] = kinds;
    if (first?.is === "text" && !first.many) {
      const span = { start: it.nameSpan.start, end: it.span.end };
      const pattern = name === "is_match" ? patternOf(it.receiver, room, this.#machine) : undefined;
      if (pattern !== undefined && isUnanchored(pattern)) this.#observe("pattern", name, span, first, room, { whole: pattern });
      const list = name === "contains" ? knownText(it.receiver, room, this.#machine)?.whole : undefined;
      if (list !== undefined) this.#observe("within", name, span, first, room, { whole: list });
    }
    if (isOfPeer(first) && !first.many && (COMPARING.has(name) || (name === "contains" && !mayBeText(it.receiver, room, this.#machine)))) {
      const answer = compared(first, undefined, it.receiver, room, this.#machine);
      if (answer !== undefined) return answer;
    }
    const methods = methodsNamed(this.#machine, name);
    return methods.length === 1 && methods[0] !== undefined ? this.#enter(methods[0], kinds, room) : undefined;
  }

  #call(it: ExpressionOf<"call">, room: Room): Kind | undefined {
    const kinds = it.arguments.map((argument) => this.#see(argument, room));
    if (it.callee.kind !== "path") {
      this.#see(it.callee, room);
      return undefined;
    }
    const given = kinds.find((kind) => kind !== undefined);
    const local = this.#callLocal(it.callee, kinds, room);
    if (local !== undefined || given === undefined) return local;
    return called(
      given,
      it.callee.path.segments.map((segment) => segment.name),
    );
  }

  #callLocal({ path }: ExpressionOf<"path">, kinds: readonly (Kind | undefined)[], room: Room): Kind | undefined {
    if (path.segments.length === 1 && room.variables.has(path.segments[0]?.name ?? "")) return undefined;
    const found = this.#machine.scopes.resolve(path, room.scope);
    if (found.kind !== "local") return undefined;
    const { definition } = found;
    if (definition.item.kind === "function") {
      // `Type::method(self, …)`: the receiver is no parameter.
      const own = definition.item.receiver === undefined ? kinds : kinds.slice(1);
      return this.#enter(definition, own, room);
    }
    if (definition.item.kind !== "struct") return undefined;
    return this.#records.keep(
      definition,
      [...kinds.entries()].map(([index, kind]) => [String(index), kind]),
    );
  }

  /** A function of the program, with what it is given. */
  #enter(definition: Definition, kinds: readonly (Kind | undefined)[], room: Room): Kind | undefined {
    const { item } = definition;
    if (item.kind !== "function" || room.depth >= DEEPEST) return undefined;
    if (kinds.every((it) => it === undefined) && !asks(definition, this.#telling)) return undefined;
    const key = [room.idle, this.#number(item), ...kinds.map((it) => this.#spelled(it))].join(" ");
    if (this.#answers.has(key)) return this.#answers.get(key);
    this.#answers.set(key, undefined);
    const owned = this.#machine.context.get(item)?.definition ?? definition;
    const answer = room.idle ? undefined : this.#run(item, owned, kinds, room.depth + 1);
    this.#answers.set(key, answer);
    return answer;
  }

  #number(item: Item): number {
    const known = this.#numbers.get(item) ?? this.#numbers.size;
    this.#numbers.set(item, known);
    return known;
  }

  #spelled(kind: Kind | undefined): string {
    if (kind === undefined) return "-";
    if (isAnswer(kind)) return kind.is;
    return kind.is === "record" ? `record:${this.#number(kind.type.item)}` : `${kind.is}:${kind.many}`;
  }

  #closure(it: ExpressionOf<"closure">, given: Kind | undefined, room: Room): Kind | undefined {
    const outer = room.variables;
    room.variables = new Map(outer);
    for (const { pattern, type } of it.parameters) this.#bound(pattern, given ?? this.#records.ofType(type, room), room);
    const value = this.#see(it.body, room);
    room.variables = outer;
    return value;
  }

  #macro(it: ExpressionOf<"macro">, room: Room): Kind | undefined {
    const name = it.path.segments.at(-1)?.name ?? "";
    const kinds = idly(LOGGING.test(name), room, () => it.arguments.map((argument) => this.#see(argument, room)));
    const [first, second] = kinds;
    const [, own] = it.arguments;
    const equal = /^(?:assert|ensure)_eq$/.test(name) && own !== undefined ? compared(first, second, own, room, this.#machine) : undefined;
    if (equal !== undefined || (/^(?:assert|ensure)$/.test(name) && first?.is === "answer" && first.agree)) refuse(room, it);
    if (it.body !== undefined && it.arguments.length === 0) this.#block(it.body, room);
    if (name === "vec") return kinds.flatMap((kind) => (kind === undefined ? [] : [listed(kind)]))[0];
    if (name !== "format") return undefined;
    const inline = [...room.scope.source.text.slice(it.tokens.start, it.tokens.end).matchAll(/\{(\w+)/g)].map(([, word = ""]) =>
      room.variables.get(word),
    );
    const held = [...kinds, ...inline].find((kind) => kind !== undefined && isOfPeer(kind) && kind.is !== "certificate");
    return !isOfPeer(held) ? undefined : { is: "text", many: false, source: held.source };
  }

  #struct(it: ExpressionOf<"struct">, room: Room): Kind | undefined {
    const fields = it.fields.map(({ name, value }): [string, Kind | undefined] => [name, this.#see(value, room)]);
    if (it.base !== undefined) this.#see(it.base, room);
    const found = this.#machine.scopes.resolve(it.path, room.scope);
    return found.kind === "local" && found.definition.item.kind === "struct" ? this.#records.keep(found.definition, fields) : undefined;
  }

  #bound(pattern: Pattern, kind: Kind | undefined, room: Room): void {
    bind(pattern, kind, room, this.#records);
  }

  #observe(part: Partial, call: string, span: Place["span"], kind: Kind, room: Room, known?: Known): void {
    if (room.idle || !this.#tells || !isOfPeer(kind)) return;
    const key = `${room.file}\0${span.start}\0${span.end}`;
    const against = known?.whole;
    this.#observations.set(key, {
      fact: { kind: "name-comparison", part, call, ...(against === undefined ? {} : { against }) },
      place: { file: room.file, span },
      related: [{ ...kind.source, message: "the peer's certificate comes from here" }],
      path: this.#machine.context.get(room.function)?.path ?? [],
      draft: -1,
    });
  }
}

/** Methods that call a function with what they are called on, for an answer of yes or no. */
const CALLING: ReadonlySet<string> = new Set(["any", "all", "filter", "find", "position", "is_some_and", "is_ok_and", "for_each"]);
