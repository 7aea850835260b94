/**
 * What methods of collections and texts have to do with what these hold: they give the `same` in another dress, say how much it is
 * (`measured`), or put more in (`added`). `test/cargo/language.test.ts` asks the compiler for each.
 */
export const CONTENTS: Readonly<Record<string, "same" | "measured" | "added">> = {
  clone: "same",
  cloned: "same",
  as_ref: "same",
  as_deref: "same",
  as_slice: "same",
  as_str: "same",
  as_bytes: "same",
  deref: "same",
  borrow: "same",
  to_vec: "same",
  to_owned: "same",
  to_string: "same",
  into_owned: "same",
  into_boxed_slice: "same",
  is_empty: "measured",
  len: "measured",
  count: "measured",
  push: "added",
  push_back: "added",
  push_front: "added",
  append: "added",
  extend: "added",
  extend_from_slice: "added",
  insert: "added",
  reserve: "added",
};

/**
 * Methods of texts that look for another text, cut it off or compare with it, and which argument that is: it is no part of what they
 * give. The compiler is asked for each of these, too.
 */
export const SOUGHT: Readonly<Record<string, number>> = {
  contains: 0,
  starts_with: 0,
  ends_with: 0,
  find: 0,
  rfind: 0,
  matches: 0,
  rmatches: 0,
  match_indices: 0,
  rmatch_indices: 0,
  split: 0,
  rsplit: 0,
  splitn: 1,
  rsplitn: 1,
  split_once: 0,
  rsplit_once: 0,
  split_inclusive: 0,
  split_terminator: 0,
  rsplit_terminator: 0,
  strip_prefix: 0,
  strip_suffix: 0,
  trim_start_matches: 0,
  trim_end_matches: 0,
  trim_left_matches: 0,
  trim_right_matches: 0,
  replace: 0,
  replacen: 0,
  eq: 0,
  ne: 0,
  cmp: 0,
  partial_cmp: 0,
  eq_ignore_ascii_case: 0,
};
