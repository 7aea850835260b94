/**
 * http: requests as many clients are given them, hyper's among them. Whoever sends one connects as the scheme of its URI says; what is in its
 * headers goes there.
 */
import type { CallModel, CrateModel } from "./model.ts";
import { asksByUri, knownByHeader } from "./phrases.ts";

const REQUEST = "http::Request";
const BUILDER = "http::request::Builder";
const HEADERS = "http::HeaderMap";

const asks = { beside: true, returns: { new: BUILDER }, effects: asksByUri } as const;
const header = { beside: true, effects: knownByHeader } as const;

const calls = [
  { path: `${REQUEST}::builder`, beside: true, returns: { new: BUILDER } },
  { path: `${BUILDER}::new`, beside: true, returns: { new: BUILDER } },
  { path: `${REQUEST}::get`, ...asks },
  { path: `${REQUEST}::put`, ...asks },
  { path: `${REQUEST}::post`, ...asks },
  { path: `${REQUEST}::delete`, ...asks },
  { path: `${REQUEST}::options`, ...asks },
  { path: `${REQUEST}::head`, ...asks },
  { path: `${REQUEST}::patch`, ...asks },
  { path: `${BUILDER}::uri`, ...asks, returns: "self" },
  { path: `${BUILDER}::header`, ...header, returns: "self" },
  { path: `${BUILDER}::body`, beside: true, returns: { becomes: REQUEST } },
  { path: `${REQUEST}::headers_mut`, beside: true, returns: { view: HEADERS } },
  { path: `${HEADERS}::new`, beside: true, returns: { new: HEADERS } },
  { path: `${HEADERS}::with_capacity`, beside: true, returns: { new: HEADERS } },
  { path: `${HEADERS}::default`, beside: true, returns: { new: HEADERS } },
  { path: `${HEADERS}::insert`, ...header },
  { path: `${HEADERS}::append`, ...header },
] as const satisfies readonly CallModel[];

export const http = {
  crate: "http",
  package: "http",
  versions: ">=0.2, <2",
  source: "https://github.com/hyperium/http",
  aliases: { "http::header::HeaderMap": HEADERS, "http::request::Request": REQUEST },
  types: {
    [REQUEST]: { sort: "other", role: "client" },
    [BUILDER]: { sort: "other", role: "client", chains: true },
    [HEADERS]: { sort: "other", role: "client" },
  },
  calls,
} as const satisfies CrateModel;
