/** Two servers that trust different clients and resume each other's sessions. */
import type { Endpoint, Fact } from "../tls/facts.ts";
import { holding, whole } from "./evidence.ts";
import type { CodeRule } from "./rule.ts";

export const sharedSessionState: CodeRule<"session-state"> = {
  id: "shared-session-state",
  judges: "code",
  observes: "session-state",
  summary: "servers that trust different clients share sessions",
  severity: "warning",
  since: "0.1.0",
  cwe: [488, 287],
  byHand: "which of the servers gets an address of its own is yours to say",
  sources: [
    { title: "RFC 8446, section 8.1 and 4.6.1: what a ticket stands for", url: "https://www.rfc-editor.org/rfc/rfc8446#section-4.6.1" },
    {
      title: "rustls: ServerConfig::session_storage and ticketer",
      url: "https://docs.rs/rustls/latest/rustls/server/struct.ServerConfig.html#structfield.session_storage",
    },
    { title: "nginx: CVE-2025-23419", url: "https://nvd.nist.gov/vuln/detail/CVE-2025-23419" },
    { title: "CWE-488: Exposure of Data Element to Wrong Session", url: "https://cwe.mitre.org/data/definitions/488.html" },
  ],
  rationale: `A client that resumes a session presents no certificate: the server trusts the first handshake. Two configurations with one
session store or one set of ticket keys accept each other's sessions, so a client of the first CA connects to the first server,
resumes on the second, and is accepted without verification. A server that requests no certificate opens the other in the same
way.

Fine between configurations that trust the same clients. Sharing over a reload keeps sessions of clients that were revoked
meanwhile.

OpenSSL keeps the verify mode and the sessions of the context that a connection began with; a callback that switches contexts by
SNI changes only certificate and CAs, and different session ID contexts separate nothing there (nginx: CVE-2025-23419). Separate
contexts have their own ticket keys and caches.`,
  examples: [
    {
      bad: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn server(clients: Arc<dyn ClientCertVerifier>, chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Fallible<ServerConfig> {
    Ok(ServerConfig::builder().with_client_cert_verifier(clients).with_single_cert(chain, key)?)
}

pub fn both(
    (partners, staff): (Arc<RootCertStore>, Arc<RootCertStore>),
    (chain, key): (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>),
) -> Fallible<(ServerConfig, ServerConfig)> {
    let sessions = ServerSessionMemoryCache::new(1024);
    let mut orders = server(WebPkiClientVerifier::builder(partners).build()?, chain.clone(), key.clone_key())?;
    orders.session_storage = sessions.clone();
    let mut admin = server(WebPkiClientVerifier::builder(staff).build()?, chain, key)?;
    admin.session_storage = sessions;
    Ok((orders, admin))
}
`,
      good: `use std::sync::Arc;

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{ServerSessionMemoryCache, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn server(clients: Arc<dyn ClientCertVerifier>, chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Fallible<ServerConfig> {
    Ok(ServerConfig::builder().with_client_cert_verifier(clients).with_single_cert(chain, key)?)
}

pub fn both(
    (partners, staff): (Arc<RootCertStore>, Arc<RootCertStore>),
    (chain, key): (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>),
) -> Fallible<(ServerConfig, ServerConfig)> {
    let mut orders = server(WebPkiClientVerifier::builder(partners).build()?, chain.clone(), key.clone_key())?;
    orders.session_storage = ServerSessionMemoryCache::new(1024);
    let mut admin = server(WebPkiClientVerifier::builder(staff).build()?, chain, key)?;
    admin.session_storage = ServerSessionMemoryCache::new(1024);
    Ok((orders, admin))
}
`,
    },
  ],

  judge({ fact, endpoint, written, place }) {
    if (fact.store !== "taken" || !endpoint) return undefined;
    const stores = endpoint.parts.filter((it) => it.facts.some(({ fact: { kind } }) => kind === "session-state"));
    const others = new Set(stores.flatMap((it) => it.usedBy).filter((it) => it !== endpoint && it.role === "server"));
    const [other] = [...others].filter((it) => trustDiffers(endpoint, it) && !(fact.byName && keepsNothing(it)));
    if (!other) return undefined;
    // Of two that take one store, the later one adds the fault.
    const there = other.effective.find((it) => it.fact.kind === "session-state");
    if (there && (there.place.file !== place.file || there.place.span.start > place.span.start)) return undefined;
    if (fact.byName)
      return {
        message: `\`${written}\` switches to a context with other client CAs; resumed sessions are not verified`,
        help: "serve each set of clients on its own address, or disable session tickets and cache",
        related: [{ ...other.place, message: "sessions of this context are accepted, too" }],
      };
    return {
      message: `\`${written}\` shares sessions with a server that trusts other clients`,
      help: "give servers that trust different clients their own session stores and ticket keys",
      notes: ["a client of the other server can resume its session here without being verified"],
      related: [{ ...(there?.place ?? other.place), message: "sessions of this server are accepted, too" }],
      remedies: [{ want: { kind: "remove-call" } }],
    };
  },
};

/** Neither in a cache nor in tickets. */
const keepsNothing = (endpoint: Endpoint): boolean =>
  [holding(endpoint, "session-cache"), holding(endpoint, "session-tickets")].every((it) => it.some(({ fact }) => !fact.enabled));

/** Only what is known to differ: another demand, or other anchors from other places. */
function trustDiffers(a: Endpoint, b: Endpoint): boolean {
  const [demands, others] = [demandsOf(a), demandsOf(b)];
  if (demands.size !== 1 || others.size !== 1) return false;
  if ([...demands].some((it) => !others.has(it))) return true;
  if (demands.has("none")) return false;
  const [mine, theirs] = [anchorsOf(a), anchorsOf(b)];
  if (mine.files.size > 0 && theirs.files.size > 0) return ![...mine.files].some((it) => theirs.files.has(it));
  if (mine.parts.length === 0 || theirs.parts.length === 0) return false;
  if (mine.parts.some((it) => theirs.parts.includes(it))) return false;
  if (mine.files.size > 0 || theirs.files.size > 0) return ![...mine.files].some((it) => theirs.files.has(it));
  // The same lines, run twice, may well read the same file.
  return !mine.parts.some((it) => theirs.parts.some((its) => isSamePlace(it, its)));
}

const demandsOf = (endpoint: Endpoint): ReadonlySet<string> =>
  new Set(endpoint.effective.flatMap(({ fact }) => (fact.kind === "client-authentication" ? [fact.mode] : [])));

function anchorsOf(endpoint: Endpoint): { readonly parts: readonly Endpoint[]; readonly files: ReadonlySet<string> } {
  const all = whole(endpoint);
  const stores = all.filter((it) => it.sort === "trust-store");
  const parts = stores.length > 0 ? stores : all.filter((it) => it.sort === "verifier");
  const from = (fact: Fact): readonly string[] => (fact.kind === "trust" && fact.from !== undefined ? [fact.from] : []);
  return { parts, files: new Set([endpoint, ...parts].flatMap((it) => it.effective.flatMap(({ fact }) => from(fact)))) };
}

const isSamePlace = (a: Endpoint, b: Endpoint): boolean => a.place.file === b.place.file && a.place.span.start === b.place.span.start;
