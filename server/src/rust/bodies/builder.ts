/** A body while it is made: its blocks and locals, where jumps lead, and which names its closures capture. */
import type { Span } from "../../base/span.ts";
import type { Type } from "../ast.ts";
import type { BlockId, Body, Capture, Declared, Local, Operation, OperationShape, Place, Question, Terminator, Variable } from "./body.ts";
import type { NameScopes } from "./scopes.ts";

interface OpenBlock {
  readonly operations: Operation[];
  end: Terminator | undefined;
}

/** Where `break`, `continue`, `return` and `?` lead, and the local that takes their value. */
export interface Target {
  readonly kind: "loop" | "block" | "body";
  /** Of a body: what is in it is done while somebody waits for it, and what follows does not. */
  readonly deferred?: boolean;
  readonly label: string | undefined;
  readonly exit: BlockId;
  /** Of a loop. */
  readonly again: BlockId | undefined;
  readonly result: Local;
}

export class BodyBuilder {
  readonly scopes: NameScopes<BodyBuilder>;
  readonly around: BodyBuilder | undefined;
  readonly #span: Span;
  readonly #blocks: OpenBlock[] = [];
  readonly #locals: Variable[] = [];
  readonly #captures: Capture[] = [];
  readonly #questions: Question[] = [];
  readonly #captured = new Map<Local, Local>();
  readonly #targets: Target[] = [];
  readonly #reached = new Set<BlockId>();
  readonly closures: Body[] = [];
  readonly declared: Declared[] = [];
  readonly parameters: Local[] = [];
  #current: BlockId = 0;

  constructor(span: Span, scopes: NameScopes<BodyBuilder>, around: BodyBuilder | undefined, deferred = false) {
    this.#span = span;
    this.scopes = scopes;
    this.around = around;
    this.#current = this.block();
    this.enter({ kind: "body", deferred, label: undefined, exit: this.block(), again: undefined, result: this.temporary() });
  }

  finish(value: Local): Body {
    const target = this.leave();
    this.copy(target.result, value, { start: this.#span.end, end: this.#span.end });
    this.goto(target.exit);
    this.go(target.exit);
    this.#end({ kind: "return", value: target.result });
    return {
      span: this.#span,
      parameters: this.parameters,
      locals: this.#locals,
      blocks: this.#blocks.map(({ operations, end }) => ({ operations, end: end ?? { kind: "diverge" } })),
      questions: this.#questions,
      captures: this.#captures,
      closures: this.closures,
      declared: this.declared,
    };
  }

  // Locals and names.

  temporary(): Local {
    return this.#locals.push({ name: undefined, mutable: false, type: undefined }) - 1;
  }

  /** `at`: where its name stands. */
  variable(name: string, at: number, mutable: boolean, type?: Type): Local {
    const local = this.#locals.push({ name, mutable, type }) - 1;
    this.scopes.declare(name, at, this, local);
    return local;
  }

  typed(local: Local, type: Type): void {
    const known = this.#locals[local];
    if (known !== undefined) this.#locals[local] = { ...known, type };
  }

  /** The local of a name in this body; a variable of a body around is captured by all bodies between. */
  find(name: string, at: number): Local | undefined {
    const binding = this.scopes.find(name, at);
    if (binding === undefined) return undefined;
    const between: BodyBuilder[] = [];
    for (let body: BodyBuilder | undefined = this; body !== binding.owner; body = body.around) {
      if (body === undefined) return undefined;
      between.push(body);
    }
    let { local } = binding;
    const mutable = binding.owner.#locals[local]?.mutable === true;
    for (const body of between.reverse()) local = body.#capture(local, name, mutable);
    return local;
  }

  #capture(outer: Local, name: string, mutable: boolean): Local {
    const known = this.#captured.get(outer);
    if (known !== undefined) return known;
    const inner = this.#locals.push({ name, mutable, type: undefined }) - 1;
    this.#captured.set(outer, inner);
    this.#captures.push({ outer, inner });
    return inner;
  }

  // Operations.

  emit(operation: OperationShape, span: Span, to = this.temporary()): Local {
    this.#blocks[this.#current]?.operations.push({ ...operation, span, to });
    return to;
  }

  copy(to: Local, from: Local, span: Span): void {
    this.emit({ kind: "copy", from: { local: from, path: [] } }, span, to);
  }

  store(place: Place, value: Local, span: Span): void {
    if (place.path.length === 0) this.copy(place.local, value, span);
    else this.emit({ kind: "store", place, value }, span);
  }

  // Control flow.

  block(): BlockId {
    return this.#blocks.push({ operations: [], end: undefined }) - 1;
  }

  /** What follows is emitted there. */
  go(block: BlockId): void {
    this.#current = block;
  }

  goto(to: BlockId): void {
    this.#end({ kind: "goto", to });
  }

  /** `guards`: whether what follows is under a condition that the program states, not merely behind the failure of something. */
  branch(condition: Local, yes: BlockId, no: BlockId, guards = true): void {
    this.#end({ kind: "branch", condition, yes, no, guards });
  }

  /** The block in which what follows is emitted. */
  get current(): BlockId {
    return this.#current;
  }

  asks(question: Question): void {
    this.#questions.push(question);
  }

  diverge(): void {
    this.#end({ kind: "diverge" });
    this.go(this.block());
  }

  #end(end: Terminator): void {
    const block = this.#blocks[this.#current];
    if (block === undefined || block.end !== undefined) return;
    block.end = end;
    if (end.kind === "goto") this.#reached.add(end.to);
    if (end.kind === "branch") this.#reached.add(end.yes).add(end.no);
  }

  /** Some block ends with a way there. */
  isReached(block: BlockId): boolean {
    return this.#reached.has(block);
  }

  // Jumps.

  enter(target: Target): void {
    this.#targets.push(target);
  }

  leave(): Target {
    const target = this.#targets.pop();
    if (target === undefined) throw new Error("a target was left twice");
    return target;
  }

  /** The innermost that fits. */
  target(kind: "body" | "break" | "continue", label?: string): Target | undefined {
    for (let at = this.#targets.length - 1; at >= 0; at--) {
      const target = this.#targets[at];
      if (target === undefined) continue;
      if (kind === "body" ? target.kind === "body" : label === undefined ? target.kind === "loop" : target.label === label) return target;
      if (target.kind === "body") return undefined;
    }
    return undefined;
  }

  /** What follows a jump is reached by nothing. */
  jump(to: BlockId): Local {
    this.goto(to);
    this.go(this.block());
    return this.temporary();
  }
}
