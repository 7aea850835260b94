/** Traits by which error libraries add methods to `Result` and `Option`: what succeeds goes on as it is, and the error says more, or is of another type. */
import type { Row, Term } from "../flow/rows.ts";

const SOME = "std::option::Option::Some";
const NONE = "std::option::Option::None";
const OK = "std::result::Result::Ok";
const ERR = "std::result::Result::Err";

const SELF: Term = { argument: 0 };
const FINE: Term = { variant: OK, fields: [{ payload: 0 }] };
const FAILED: Term = { variant: ERR, fields: [{ payload: 0 }] };

const explained: Row = { result: { match: SELF, arms: { [OK]: FINE, [ERR]: FAILED } } };
const missed: Row = { result: { match: SELF, arms: { [SOME]: FINE, [NONE]: { variant: ERR, fields: [{ unknown: "error" }] } } } };

const anyhow = { context: explained, with_context: explained };
const eyre = { wrap_err: explained, wrap_err_with: explained };
const diagnostic = { into_diagnostic: explained };
const snafu = { ...anyhow, whatever_context: explained, with_whatever_context: explained };
const stacked = {
  attach: explained,
  attach_lazy: explained,
  attach_printable: explained,
  attach_printable_lazy: explained,
  change_context: explained,
  change_context_lazy: explained,
};
const missedByEyre = { ok_or_eyre: missed };
const missedBySnafu = { context: missed, with_context: missed, whatever_context: missed, with_whatever_context: missed };

/** Those of anyhow and miette are for `Option`, too. What is in braces has all of them: traits are not followed to what they are implemented for. */
export const CONTEXT_TYPES: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  "anyhow::Context": anyhow,
  "eyre::WrapErr": eyre,
  "miette::WrapErr": { ...eyre, ...anyhow },
  "miette::IntoDiagnostic": diagnostic,
  "snafu::ResultExt": snafu,
  "error_stack::ResultExt": stacked,
  "{explained}": { ...snafu, ...eyre, ...diagnostic, ...stacked },
  "eyre::OptionExt": missedByEyre,
  "snafu::OptionExt": missedBySnafu,
  "{missed}": { ...missedBySnafu, ...missedByEyre },
};
