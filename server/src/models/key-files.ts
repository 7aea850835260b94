/**
 * What is done with files and logs, as far as it tells who may read a private key that is written to one: of the standard library, and of
 * crates that mirror it. Data only.
 */
import type { Row, Term } from "../flow/rows.ts";

/** Of what can be read with it. */
export const PRIVATE_KEY = "private-key";

/**
 * What happens to a file, which is named by a path or opened with one: `writes` the second argument to one by its path · `opens` one, which
 * makes it where there is none · `fills` one that is open · `permits` what the second says of who may read it · `renames` it to the second · `permits-unknown` to whom is not known · `runs` a
 * program of that name · `logs` all that it is given, or `prints` it to the standard output.
 */
export interface FileStatement {
  readonly file: "writes" | "opens" | "fills" | "permits" | "renames" | "permits-unknown" | "runs" | "logs" | "prints";
}

const OK = "std::result::Result::Ok";
const ERR = "std::result::Result::Err";
const FILE = "std::fs::File";
const OPTIONS = "std::fs::OpenOptions";
const PERMISSIONS = "std::fs::Permissions";
const DIRECTORY = "std::fs::DirBuilder";

const SELF: Term = { argument: 0 };
const HELD: Term = { load: SELF };
const FIRST: Term = { argument: 1 };

const WRITES: FileStatement = { file: "writes" };
const OPENS: FileStatement = { file: "opens" };
const FILLS: FileStatement = { file: "fills" };
const PERMITS: FileStatement = { file: "permits" };
const RENAMES: FileStatement = { file: "renames" };
const RUNS: FileStatement = { file: "runs" };
const UNKNOWN: FileStatement = { file: "permits-unknown" };
const NOTHING: Term = { unit: true };

const unchanged: Row = { result: SELF };
const writtenTo: Row = {
  result: { symbol: "std::fs::write", of: [SELF, FIRST] },
  effects: [{ on: NOTHING, data: WRITES, with: [SELF, FIRST] }],
};
const written: Row = { ...writtenTo, effects: [{ on: NOTHING, data: FILLS, with: [HELD, FIRST] }] };
const permitted: Row = {
  result: { symbol: "std::fs::set_permissions", of: [SELF, FIRST] },
  effects: [{ on: NOTHING, data: PERMITS, with: [HELD, FIRST] }],
};
const renamed: Row = {
  result: { symbol: "std::fs::rename", of: [SELF, FIRST] },
  effects: [{ on: NOTHING, data: RENAMES, with: [SELF, FIRST] }],
};
const permittedSomehow: Row = { result: { unknown: "status" }, effects: [{ on: NOTHING, data: UNKNOWN, with: [] }] };

const FAILED: Term = { variant: ERR, fields: [{ payload: 0 }] };
const created: Row = {
  result: {
    bind: { symbol: "std::fs::File::create", of: [SELF] },
    in: { match: { payload: 0 }, arms: { [OK]: { variant: OK, fields: [{ variant: FILE, fields: [SELF] }] }, [ERR]: FAILED } },
  },
  effects: [{ on: NOTHING, data: OPENS, with: [SELF] }],
};
const opened: Row = {
  result: {
    bind: { symbol: "std::fs::OpenOptions::open", of: [HELD, FIRST] },
    in: { match: { payload: 0 }, arms: { [OK]: { variant: OK, fields: [{ variant: FILE, fields: [FIRST, HELD] }] }, [ERR]: FAILED } },
  },
  effects: [{ on: NOTHING, data: OPENS, with: [FIRST] }],
};
const options: Row = { result: { variant: OPTIONS, fields: [] } };
const mode: Row = { result: { variant: PERMISSIONS, fields: [NOTHING, SELF] } };

/** By the last two names of the path, or three: crates mirror the standard library's. What is said of a mode stands behind what was said before. */
export const FILE_ROWS: Readonly<Record<string, Row>> = {
  "fs::write": writtenTo,
  "fs_err::write": writtenTo,
  "fs::set_permissions": permitted,
  "fs_err::set_permissions": permitted,
  "fs::rename": renamed,
  "fs_err::rename": renamed,
  "process::Command::new": {
    result: { symbol: "std::process::Command::new", of: [SELF] },
    effects: [{ on: NOTHING, data: RUNS, with: [SELF] }],
  },
  "libc::chmod": permittedSomehow,
  "stat::fchmod": permittedSomehow,
  "stat::fchmodat": permittedSomehow,

  "File::create": created,
  "File::create_new": created,
  "File::options": options,
  "File::write_all": written,
  "File::write": written,
  "File::{written}": written,
  "File::set_permissions": permitted,
  "BufWriter::new": unchanged,
  "LineWriter::new": unchanged,
  "serde_json::to_writer": written,
  "serde_json::to_writer_pretty": written,

  "OpenOptions::new": options,
  "OpenOptions::mode": { result: SELF, writes: [{ into: 0, value: { variant: OPTIONS, fields: [HELD, FIRST] } }] },
  "OpenOptions::open": opened,
  "OpenOptions::read": unchanged,
  "OpenOptions::write": unchanged,
  "OpenOptions::append": unchanged,
  "OpenOptions::truncate": unchanged,
  "OpenOptions::create": unchanged,
  "OpenOptions::create_new": unchanged,
  "OpenOptions::custom_flags": unchanged,
  "OpenOptions::share_mode": unchanged,

  "Permissions::from_mode": mode,
  "PermissionsExt::from_mode": mode,
  "Permissions::set_mode": { result: NOTHING, writes: [{ into: 0, value: { variant: PERMISSIONS, fields: [HELD, FIRST] } }] },

  "DirBuilder::new": { result: { variant: DIRECTORY, fields: [] } },
  "DirBuilder::recursive": unchanged,
  "DirBuilder::mode": { result: SELF, writes: [{ into: 0, value: { variant: DIRECTORY, fields: [HELD, FIRST] } }] },
  "DirBuilder::create": {
    result: { symbol: "std::fs::DirBuilder::create", of: [HELD, FIRST] },
    effects: [{ on: NOTHING, data: PERMITS, with: [FIRST, HELD] }],
  },
};

const GIVEN: readonly Term[] = [
  ...[
    { argument: 0 },
    { argument: 1 },
    { argument: 2 },
    { argument: 3 },
    { argument: 4 },
    { argument: 5 },
    { argument: 6 },
    { argument: 7 },
  ],
  ...[{ argument: 8 }, { argument: 9 }, { argument: 10 }, { argument: 11 }],
];
const LOGS: FileStatement = { file: "logs" };
const PRINTS: FileStatement = { file: "prints" };
const logged: Row = { result: NOTHING, effects: [{ on: NOTHING, data: LOGS, with: GIVEN, carrying: PRIVATE_KEY }] };
const printed: Row = { result: NOTHING, effects: [{ on: NOTHING, data: PRINTS, with: GIVEN, carrying: PRIVATE_KEY }] };

/** Macros of the standard library, log, tracing and slog. */
export const LOG_ROWS: Readonly<Record<string, Row>> = {
  "print!": printed,
  "println!": printed,
  "eprint!": logged,
  "eprintln!": logged,
  "log!": logged,
  "trace!": logged,
  "debug!": logged,
  "info!": logged,
  "warn!": logged,
  "error!": logged,
  "crit!": logged,
  "event!": logged,
  "span!": logged,
  "trace_span!": logged,
  "debug_span!": logged,
  "info_span!": logged,
  "warn_span!": logged,
  "error_span!": logged,
};

/** By their names alone: methods of what nobody makes here. */
export const FILE_METHODS: Readonly<Record<string, Row>> = {
  permissions: { result: { variant: PERMISSIONS, fields: [] } },
};

/** What a process writes from then on nobody else reads. */
export const MASKING = "umask";

/** Programs that say who may read a file. */
export const PERMITTING: ReadonlySet<string> = new Set(["chmod", "icacls", "setfacl", "install"]);

/** Crates whose files and folders are readable by the owner alone. */
export const TEMPORARY: ReadonlySet<string> = new Set(["tempfile", "tempdir", "assert_fs"]);

/** Names by which a path is given on as it is. */
export const OF_PATHS: ReadonlySet<string> = new Set([
  ...["new", "from", "as_path", "to_path_buf", "into_path_buf", "into_boxed_path", "as_os_str", "display", "to_string_lossy", "to_str"],
  ...["to_string", "into_string", "path", "utf8_path", "into_std_path_buf", "as_std_path"],
]);

/** Functions and methods that hand a text or bytes on, in another form that whoever reads it undoes. */
export const LEGIBLE: ReadonlySet<string> = new Set([
  ...["to_string", "to_str", "as_str", "as_mut", "trim", "trim_end", "deref", "borrow", "into_inner", "into_string", "into_vec", "await"],
  ...["from", "from_utf8", "from_utf8_lossy", "from_utf8_unchecked", "new", "ok", "ok_or", "ok_or_else", "unwrap_or_default", "encode"],
  ...["secret_der", "secret_pkcs8_der", "secret_pkcs1_der", "secret_sec1_der", "contents", "expose_secret", "concat", "join", "replace"],
  ...["to_string_pretty", "to_vec_pretty", "encode_string", "encode_to_string", "encode_config", "finish", "build", "wrap_err_msg"],
]);
