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
