/** Strongly connected components of a graph, callees first (Tarjan), without recursion. */

export function componentsOf<Node>(roots: Iterable<Node>, edges: (node: Node) => Iterable<Node>): Node[][] {
  const search = new Search(edges);
  for (const root of roots) search.from(root);
  return search.found;
}

/** A component in an order that depends on nothing but its edges, callees first as far as there is such an order: not on who asked first. */
export function inOwnOrder(component: readonly string[], edges: (node: string) => Iterable<string>): readonly string[] {
  const inside = new Set(component);
  const [first] = component.toSorted();
  const within = (node: string): readonly string[] => [...edges(node)].filter((it) => inside.has(it)).toSorted();
  return first === undefined ? [] : componentsOf([first], within).flatMap((it) => it.toReversed());
}

/** Of each of these those among them that lead to it. */
export function callersIn<Node>(members: readonly Node[], edges: (node: Node) => Iterable<Node>): ReadonlyMap<Node, readonly Node[]> {
  const found = new Map<Node, Node[]>(members.map((it) => [it, []]));
  for (const caller of members) for (const callee of edges(caller)) found.get(callee)?.push(caller);
  return found;
}

class Search<Node> {
  readonly found: Node[][] = [];
  readonly #edges: (node: Node) => Iterable<Node>;
  readonly #order = new Map<Node, number>();
  readonly #lowest = new Map<Node, number>();
  readonly #onStack = new Set<Node>();
  readonly #stack: Node[] = [];
  readonly #open: { readonly node: Node; readonly rest: Iterator<Node> }[] = [];

  constructor(edges: (node: Node) => Iterable<Node>) {
    this.#edges = edges;
  }

  from(root: Node): void {
    if (this.#order.has(root)) return;
    this.#enter(root);
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      const next = top.rest.next();
      if (next.done === true) this.#leave(top.node);
      else if (!this.#order.has(next.value)) this.#enter(next.value);
      else if (this.#onStack.has(next.value)) this.#lower(top.node, this.#order.get(next.value) ?? 0);
    }
  }

  #enter(node: Node): void {
    this.#lowest.set(node, this.#order.size);
    this.#order.set(node, this.#order.size);
    this.#stack.push(node);
    this.#onStack.add(node);
    this.#open.push({ node, rest: this.#edges(node)[Symbol.iterator]() });
  }

  #lower(node: Node, to: number): void {
    this.#lowest.set(node, Math.min(this.#lowest.get(node) ?? to, to));
  }

  #leave(node: Node): void {
    this.#open.pop();
    const lowest = this.#lowest.get(node) ?? 0;
    const around = this.#open.at(-1);
    if (around !== undefined) this.#lower(around.node, lowest);
    if (lowest !== this.#order.get(node)) return;
    const component = this.#stack.splice(this.#stack.lastIndexOf(node));
    for (const it of component) this.#onStack.delete(it);
    this.found.push(component);
  }
}
