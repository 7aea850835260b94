/** What derives do with the values of a type: nothing but show, copy, compare, read and write them as they are. */

/**
 * As rustc's lint `dead_code` counts it, which passes over the impls that `derive` makes of `Clone` and `Debug`
 * (https://github.com/rust-lang/rust/pull/85200). `test/cargo/derives.test.ts` asks the compiler.
 */
export interface DeriveRow {
  /** Fields are read by it. */
  readonly reads: boolean;
  /** Variants are made by it. */
  readonly makes: boolean;
}

const NEITHER: DeriveRow = { reads: false, makes: false };
const READS: DeriveRow = { reads: true, makes: false };
const MAKES: DeriveRow = { reads: false, makes: true };
const BOTH: DeriveRow = { reads: true, makes: true };

export const DERIVES: Readonly<Record<string, DeriveRow>> = {
  Debug: NEITHER,
  Clone: NEITHER,
  Copy: NEITHER,
  Eq: NEITHER,
  PartialEq: READS,
  PartialOrd: READS,
  Ord: READS,
  Hash: READS,
  Default: MAKES,
  Serialize: READS,
  Deserialize: MAKES,
  Parser: BOTH,
  Args: READS,
  Subcommand: MAKES,
  ValueEnum: MAKES,
  StructOpt: MAKES,
};
