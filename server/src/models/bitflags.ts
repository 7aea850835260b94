/** What types of the crate bitflags have, whoever declares them: sets of bits, on which operators do what their methods do. */
import type { Row, Term } from "../flow/rows.ts";

const BOTH: readonly Term[] = [{ argument: 0 }, { argument: 1 }];
const UNION: Term = { operator: "|", of: BOTH };
const INTERSECTION: Term = { operator: "&", of: BOTH };
const DIFFERENCE: Term = { operator: "-", of: BOTH };
const SAME: Row = { result: { load: { argument: 0 } } };

/** By name. */
export const BITFLAGS: Readonly<Record<string, Row>> = {
  union: { result: UNION },
  intersection: { result: INTERSECTION },
  difference: { result: DIFFERENCE },
  insert: { result: { unit: true }, writes: [{ into: 0, value: UNION }] },
  remove: { result: { unit: true }, writes: [{ into: 0, value: DIFFERENCE }] },
  set: {
    result: { unit: true },
    writes: [{ into: 0, value: { match: { argument: 2 }, arms: { "=true": UNION, "=false": DIFFERENCE } } }],
  },
  bits: SAME,
  from_bits: { result: { variant: "std::option::Option::Some", fields: [{ argument: 0 }] } },
  from_bits_truncate: SAME,
  from_bits_retain: SAME,
  from_bits_unchecked: SAME,
};
