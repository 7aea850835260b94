/** Which of several is meant: by the compiler, by the type of a receiver, or by what stands for a type parameter. */
import { ALWAYS, and, ofCfg, or, SOME, whenTrue } from "./conditions.ts";
import type { Evaluation } from "./evaluation.ts";
import type { TypeGiven } from "./names.ts";
import { shownType, typeTest } from "./shown-type.ts";
import type { Choice, Condition, FunctionId, Target, Value } from "./value.ts";

export type Parameter = Extract<Value, { readonly kind: "parameter" }>;

export class TypeChoices {
  readonly #evaluation: Evaluation;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  get #parts() {
    return this.#evaluation.context.parts;
  }

  /** Each with its condition; what is meant under none is left out. */
  of(target: Target & { readonly kind: "any" }, receiver?: Value): readonly { readonly condition: Condition; readonly target: Target }[] {
    const held = target.by !== undefined ? this.#own(target.by) : receiver && this.#evaluation.frame.load(receiver);
    return target.of.flatMap((it) => {
      const condition = this.#when(it, held);
      return condition.length === 0 ? [] : [{ condition, target: it.target }];
    });
  }

  /** `held`: the value whose type chooses, where there is one. */
  #when({ when, types }: Choice, held: Value | undefined): Condition {
    const tests = held === undefined ? [] : types.map((it) => whenTrue(this.#parts.test(held, typeTest(it))));
    const byType = tests.length === 0 ? undefined : tests.reduce(or);
    return when === undefined ? (byType ?? SOME) : and(ofCfg(when), byType ?? ALWAYS);
  }

  /** A type parameter of the function that is evaluated, or of the one around it. */
  #own(name: string): Value {
    const [of = ""] = this.#evaluation.context.id.split("|");
    return this.#parts.values.make({ kind: "parameter", of, name });
  }

  /** What a call makes of a type parameter of the function that is called; those of others stay. */
  given(parameter: Parameter, callee: FunctionId, type: TypeGiven | undefined, receiver: Value | undefined): Value {
    if (parameter.of !== callee) return parameter;
    const { values } = this.#parts;
    if (type?.kind === "type") return values.record(type.path, []);
    if (type !== undefined) return this.#own(type.name);
    const shown = parameter.name === "Self" && receiver !== undefined ? shownType(this.#evaluation.frame.load(receiver)) : undefined;
    return shown === undefined ? values.unknown("type that nobody shows") : values.record(shown, []);
  }
}
