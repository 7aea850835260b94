/** What makes a type one of errors: `std::error::Error`, or a derive of thiserror 1 and 2, derive_more 1 and 2, snafu 0.7 and 0.8, failure 0.1. */
export const ERRORS: ReadonlySet<string> = new Set(["Error", "Snafu", "Fail"]);
