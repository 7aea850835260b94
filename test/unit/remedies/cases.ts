/** Small Rust files with one place each, for which the fixed text is kept in `golden/` and compiled with the set's crates. */
import type { Case } from "./case.ts";
import { clients } from "./cases-clients.ts";
import { actix, errors } from "./cases-errors.ts";
import { guide } from "./cases-guide.ts";
import { openssl } from "./cases-openssl.ts";
import { servers } from "./cases-servers.ts";

export const cases: readonly Case[] = [...servers, ...clients, ...openssl, ...errors, ...actix, ...guide];
