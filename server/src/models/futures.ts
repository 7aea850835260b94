/**
 * What runtimes and `futures` do with a future: what it gives goes on, or is waited for, or there is none in time. A future is the value
 * that it gives.
 */
import type { Row, Term } from "../flow/rows.ts";

const OK = "std::result::Result::Ok";
const ERR = "std::result::Result::Err";

const FIRST: Term = { argument: 0 };
const SECOND: Term = { argument: 1 };
const asItIs: Row = { result: FIRST };
/** By a method: behind what it is called on. */
const waitedFor: Row = { result: SECOND };
const inTime: Row = {
  result: {
    either: [
      { variant: OK, fields: [SECOND] },
      { variant: ERR, fields: [{ unknown: "not in time" }] },
    ],
  },
};
/** What runs beside is taken to have run. */
const spawned: Row = { result: { variant: OK, fields: [FIRST] } };
const spawnedBlocking: Row = { result: { variant: OK, fields: [{ call: FIRST, with: [] }] } };
const triedAgain: Row = { result: { call: SECOND, with: [] } };

export const FUTURE_FUNCTIONS: Readonly<Record<string, Row>> = {
  "tokio::spawn": spawned,
  "tokio::task::spawn": spawned,
  "tokio::task::spawn_local": spawned,
  "tokio::task::spawn_blocking": spawnedBlocking,
  "tokio::task::block_in_place": { result: { call: FIRST, with: [] } },
  "tokio::time::timeout": inTime,
  "tokio::time::timeout_at": inTime,
  "futures::executor::block_on": asItIs,
  "futures::future::join_all": asItIs,
  "futures::future::try_join_all": { result: { variant: OK, fields: [FIRST] } },
  "futures::future::ready": asItIs,
  "std::future::ready": asItIs,
  "anyhow::Ok": { result: { variant: OK, fields: [FIRST] } },
  "backoff::future::retry": triedAgain,
  "backoff::retry": triedAgain,
  "tokio_retry::Retry::spawn": triedAgain,
};

export const FUTURE_TYPES: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  "tokio::runtime::Runtime": { block_on: waitedFor },
  "tokio::runtime::Handle": { block_on: waitedFor },
  "tracing::Instrument": { instrument: asItIs, in_current_span: asItIs },
  "futures::future::FutureExt": { boxed: asItIs, boxed_local: asItIs },
  "std::future::IntoFuture": { into_future: asItIs },
};

/** Of types that nobody knows. */
export const FUTURE_METHODS: Readonly<Record<string, Row>> = {
  block_on: waitedFor,
  instrument: asItIs,
  in_current_span: asItIs,
  boxed: asItIs,
  boxed_local: asItIs,
  into_future: asItIs,
};
