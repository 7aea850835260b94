/** What gives the bytes of a file as they are: functions and macros that read it, and methods that hand on what was read. */

/** Functions by their last two names: crates mirror the standard library's. */
export const FILE_READERS: ReadonlySet<string> = new Set([
  ...["fs::read", "fs::read_to_string", "File::open", "std::include_bytes", "std::include_str"],
]);

export const UNCHANGING: ReadonlySet<string> = new Set([
  ...["unwrap", "expect", "map_err", "inspect_err", "context", "with_context", "wrap_err", "wrap_err_with", "into_diagnostic"],
  ...["clone", "cloned", "to_owned", "to_vec", "into", "into_bytes", "into_boxed_slice", "as_ref", "as_slice", "as_bytes"],
]);
