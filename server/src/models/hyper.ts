/** hyper: its requests and headers are those of http. */
import type { CrateModel } from "./model.ts";

export const hyper = {
  crate: "hyper",
  package: "hyper",
  versions: ">=0.14, <2",
  source: "https://github.com/hyperium/hyper",
  aliases: {
    "hyper::Request": "http::Request",
    "hyper::HeaderMap": "http::HeaderMap",
    "hyper::header::HeaderMap": "http::HeaderMap",
    "hyper::http": "http",
  },
  types: {},
  calls: [],
} as const satisfies CrateModel;
