/**
 * The slice: bodies with which evaluation begins. Those that say something by themselves, and, over call edges, all whose arguments and
 * conditions may decide what is said there, as long as anything is open. Of everything else only what these call is evaluated, and no other
 * body is lowered.
 */
import type { Steps } from "../base/steps.ts";
import type { FunctionId, ResolvedProgram } from "../flow/index.ts";
import type { Declared } from "../rust/index.ts";

/** Bodies that are nominated, with those inside of them, and those that call a nominated macro. */
export function* seedsOf(program: ResolvedProgram, nominates: (declared: Declared) => boolean): Steps<ReadonlySet<Declared>> {
  const seen = new Set<FunctionId>();
  const found = new Set<Declared>();
  for (let before = -1; before < seen.size; ) {
    before = seen.size;
    for (const id of program.ids.bodies()) {
      const declared = seen.has(id) ? undefined : program.ids.declared(id);
      seen.add(id);
      if (declared === undefined || !nominates(declared)) continue;
      found.add(declared);
      // Blocks bring in items of their own: they are asked for in another round.
      program.walk(declared);
      yield;
    }
  }
  for (const macro of program.ids.items().filter((it) => it.kind === "macro-rules" && nominates(it)))
    for (const it of program.callersOf(macro, ({ kind }) => kind !== "macro-rules")) found.add(it);
  return found;
}

/**
 * Tests call everything, and decide nothing for anybody else: they are in it only where they say something by themselves. `isOpen`: callers
 * may add something to what a body says.
 */
export function* sliceOf(
  program: ResolvedProgram,
  seeds: Iterable<Declared>,
  isTest: (declared: Declared) => boolean,
  isOpen?: (declared: Declared) => Steps<boolean>,
): Steps<ReadonlySet<FunctionId>> {
  const found = new Set<Declared>();
  const named = new Set<Declared>();
  for (let next = new Set(seeds); next.size > 0; ) {
    for (const it of next) found.add(it);
    const callers = new Set<Declared>();
    // In the order of the program, whoever was found first.
    for (const it of program.ids.items().filter((it) => next.has(it))) {
      // All impls of a trait are called as what it has.
      const more = isOpen === undefined || (yield* isOpen(it)) ? program.calledAs(it).filter((as) => !named.has(as)) : [];
      for (const as of more) {
        named.add(as);
        for (const caller of program.callersOf(as, (from) => !found.has(from) && !isTest(from))) callers.add(caller);
      }
      yield;
    }
    next = callers;
  }
  const ids = new Set([...found].map((it) => program.ids.id(it)));
  return new Set([...program.ids.bodies()].filter((it) => ids.has(it)));
}
