/**
 * What methods of `Result`, `Option` and `Iterator` do with a failure: `passes` on · `absent` a value is missing instead · `lost` something
 * else stands in · `told` to a closure · `asked` whether there is one · `stops` the program.
 */
export const FAILURES: Readonly<Record<string, "passes" | "absent" | "lost" | "told" | "asked" | "stops">> = {
  unwrap: "stops",
  expect: "stops",
  as_ref: "passes",
  as_mut: "passes",
  map: "passes",
  and: "passes",
  and_then: "passes",
  copied: "passes",
  cloned: "passes",
  into_iter: "passes",
  iter: "passes",
  ok: "absent",
  unwrap_or: "lost",
  unwrap_or_default: "lost",
  flatten: "lost",
  map_or: "lost",
  or: "lost",
  unwrap_or_else: "told",
  map_err: "told",
  inspect_err: "told",
  or_else: "told",
  map_or_else: "told",
  filter_map: "told",
  flat_map: "told",
  is_ok: "asked",
  is_err: "asked",
  is_some: "asked",
  is_none: "asked",
};
