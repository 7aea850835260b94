/** Derives that read a type from a file or the command line: serde, clap and structopt. */
import type { Reader, Readers } from "../flow/rows.ts";
import { DERIVES } from "./derives.ts";

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
  leaves: { action: { SetFalse: "true" } },
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

/**
 * Derives by which no setting takes effect: those of schemas describe a type, others write the standard library's traits in their own way, or
 * wipe a value. Of what other derives and attributes make nothing is known.
 */
export const IDLE_DERIVES: ReadonlySet<string> = new Set([
  ...[...Object.keys(DERIVES), "JsonSchema", "ToSchema"],
  ...["Educe", "Derivative", "SmartDefault", "Zeroize", "ZeroizeOnDrop"],
]);

/** And traits whose methods do no more, where they are written by hand. */
export const IDLE_TRAITS: ReadonlySet<string> = new Set([
  "Debug",
  "Display",
  "Default",
  "Clone",
  "PartialEq",
  "PartialOrd",
  "Ord",
  "Hash",
  "Serialize",
]);

/** Attributes of a type from which nothing is made but by its derives. */
export const IDLE_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...["derive", "doc", "allow", "expect", "warn", "deny", "cfg", "cfg_attr", "non_exhaustive", "must_use", "repr", "rustfmt::skip"],
  ...["serde", "clap", "arg", "command", "group", "structopt", "schemars", "schema"],
  ...["educe", "derivative", "zeroize", "serde_as", "serde_with::serde_as", "skip_serializing_none", "serde_with::skip_serializing_none"],
]);

/** Where settings of a program come from: text files, and the formats and crates that are for settings alone. */
export const SOURCES_OF_SETTINGS: readonly string[] = [
  ...["std::fs::read_to_string", "std::fs::File::open", "tokio::fs::read_to_string", "tokio::fs::File::open"],
  ...["toml", "toml_edit", "serde_yaml", "serde_yaml_ng", "serde_yml", "serde_norway", "serde_ini", "json5", "ron", "hocon"],
  ...["config", "figment", "confy", "envy"],
];
