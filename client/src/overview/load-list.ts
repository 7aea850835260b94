/** All pages of a list that a view wants, or that there is no answer: an empty list says that there is nothing in the workspace. */
import type { Listed } from "./answers.ts";

/** Undefined where the server had something else to do first, or failed. */
type AskPage<T> = (from: number, count: number) => Promise<Listed<T> | undefined>;

/** `portion`: of a page, at most. Undefined: the list is not known. */
export async function loadList<T>(ask: AskPage<T>, wanted: number, portion: number): Promise<Listed<T> | undefined> {
  const items: T[] = [];
  let last: Listed<T>;
  do {
    const count = Math.min(portion, wanted - items.length);
    // A file may have changed while the list was made: of what is there now it is made again.
    const page = (await ask(items.length, count)) ?? (await ask(items.length, count));
    if (page === undefined) return undefined;
    last = page;
    items.push(...page.items);
  } while (last.items.length > 0 && items.length < Math.min(wanted, last.total));
  return { ...last, items };
}

/** Read by `when` clauses of the manifest; undefined: not known yet. */
export type ListState = "none" | "some" | "failed" | undefined;

/** What the last answer makes of it. Without a server that runs, its own state says why there is nothing. */
export function stateOf(listed: Listed<unknown> | undefined, server: "starting" | "running" | "stopped"): ListState {
  if (server !== "running") return undefined;
  if (listed === undefined) return "failed";
  // Behind a filter there may be others.
  return (listed.unfiltered ?? listed.total) === 0 && (listed.notListed ?? 0) === 0 ? "none" : "some";
}
