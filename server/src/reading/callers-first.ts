/** The order in which bodies are read: callers before the functions that they call, so that each is known by what it is given. */
import { type Body, callableName, called } from "./entries.ts";

/**
 * As far as names tell: a function comes when nobody is left who names it. Of functions that call each other in a circle, the first in
 * the source begins, when everybody outside of the circle who names one of them has been there.
 */
export function inOrder(bodies: Iterable<Body>): Body[] {
  const all = [...bodies];
  const callees = calleesOf(all);
  const circles = circlesOf(callees);
  const callers = all.map(() => 0);
  /** Of each circle, how often it is named from outside by what was not read yet. */
  const outside = all.map(() => 0);
  const each = (index: number, change: 1 | -1): void => {
    for (const callee of callees[index] ?? []) {
      callers[callee] = (callers[callee] ?? 0) + change;
      const circle = circles[callee] ?? 0;
      if (circle !== circles[index]) outside[circle] = (outside[circle] ?? 0) + change;
    }
  };
  for (const index of all.keys()) each(index, 1);
  const done = all.map(() => false);
  const order: Body[] = [];
  const ready = all.flatMap((_, index) => (callers[index] === 0 ? [index] : []));
  // Whoever is in no circle gets ready by itself.
  const size = new Map<number, number>();
  for (const circle of circles) size.set(circle, (size.get(circle) ?? 0) + 1);
  const circular = [...all.keys()].filter((index) => (size.get(circles[index] ?? 0) ?? 0) > 1);
  let oldest = 0;
  const beginning = (): number | undefined => {
    while (done[circular[oldest] ?? -1] === true) oldest++;
    for (let at = oldest; at < circular.length; at++) {
      const index = circular[at] ?? -1;
      if (done[index] === false && outside[circles[index] ?? 0] === 0) return index;
    }
    return undefined;
  };
  while (order.length < all.length) {
    const index = ready.shift() ?? beginning();
    const body = index === undefined ? undefined : all[index];
    if (index === undefined || body === undefined) break;
    if (done[index] === true) continue;
    done[index] = true;
    order.push(body);
    each(index, -1);
    for (const callee of callees[index] ?? []) if (callers[callee] === 0 && done[callee] === false) ready.push(callee);
  }
  return order;
}

function calleesOf(all: readonly Body[]): readonly (readonly number[])[] {
  const byName = new Map<string, number[]>();
  for (const [index, body] of all.entries()) {
    const name = callableName(body);
    const known = name === undefined ? undefined : byName.get(name);
    if (known !== undefined) known.push(index);
    else if (name !== undefined) byName.set(name, [index]);
  }
  return all.map((body, index) => [...called(body)].flatMap((name) => byName.get(name) ?? []).filter((it) => it !== index));
}

/** For each function the number of its circle: those that reach each other (Tarjan's strongly connected components, without recursion). */
function circlesOf(callees: readonly (readonly number[])[]): readonly number[] {
  const circles = callees.map(() => -1);
  const met = callees.map(() => -1);
  const low = callees.map(() => -1);
  const open: number[] = [];
  let time = 0;
  let circle = 0;
  for (const start of callees.keys()) {
    if (met[start] !== -1) continue;
    const path = [{ index: start, next: 0 }];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const { index } = at;
      if (at.next === 0) {
        met[index] = low[index] = time++;
        open.push(index);
      }
      const callee = callees[index]?.[at.next++];
      if (callee !== undefined) {
        if (met[callee] === -1) path.push({ index: callee, next: 0 });
        else if (circles[callee] === -1) low[index] = Math.min(low[index] ?? 0, met[callee] ?? 0);
        continue;
      }
      path.pop();
      const caller = path.at(-1)?.index;
      if (caller !== undefined) low[caller] = Math.min(low[caller] ?? 0, low[index] ?? 0);
      if (low[index] !== met[index]) continue;
      for (let one = open.pop(); one !== undefined; one = open.pop()) {
        circles[one] = circle;
        if (one === index) break;
      }
      circle++;
    }
  }
  return circles;
}
