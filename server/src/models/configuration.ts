/** Derives that read a type from a file or the command line: serde, clap and structopt. */
import type { Reader, Readers } from "../flow/rows.ts";

const OPTION = "std::option::Option";

const serde: Reader = {
  attributes: ["serde"],
  defaults: { default: "called" },
  skips: ["skip", "skip_deserializing"],
  optional: [OPTION],
  functions: {},
  bounds: ["serde::Deserialize", "serde::de::Deserialize", "serde::de::DeserializeOwned"],
  // config's `Config` (until 0.11 `try_into`, as toml's `Value`), and figment's `Figment`.
  methods: ["try_deserialize", "try_into", "extract", "extract_inner", "extract_lossy"],
};

/** A flag that is not there is off, and what may be missing or repeated is missing. */
const commandLine: Reader = {
  attributes: ["arg", "clap", "structopt"],
  defaults: { default_value_t: "written", default_value: "parsed" },
  needs: ["requires"],
  skips: ["skip"],
  optional: ["std::primitive::bool", OPTION, "std::vec::Vec"],
  functions: { parse: "read", parse_from: "read", from_args: "read", try_parse: "result" },
  areCommands: true,
};

export const READERS: Readers = {
  "serde::Deserialize": serde,
  "serde_derive::Deserialize": serde,
  "clap::Parser": commandLine,
  "clap::Args": commandLine,
  "clap::Subcommand": commandLine,
  "structopt::StructOpt": commandLine,
};

/** Methods of clap's that say whether a flag was given: nobody gives one unless he wants to. */
export const FLAG_READERS: ReadonlySet<string> = new Set(["is_present", "get_flag", "contains_id"]);

/** Methods that say which of its commands a program was started with. */
export const COMMANDS_OF: ReadonlySet<string> = new Set(["subcommand", "subcommand_name"]);
