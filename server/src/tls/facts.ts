/**
 * The vocabulary of the product: what a program says about TLS, whichever crate says it.
 * Models state facts, reading finds where they hold, rules judge them, remedies ask for better ones.
 */

import type { Span } from "../base/span.ts";
import type { CfgPredicate } from "./cfg.ts";
import type { CipherLibrary } from "./ciphers.ts";

export type Role = "client" | "server";

/** Ordered from the oldest; `isOlder` compares. "oldest" is "whatever the library still has". */
export const VERSIONS = ["oldest", "SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"] as const;
export type Version = (typeof VERSIONS)[number];
export const isOlder = (a: Version, b: Version): boolean => VERSIONS.indexOf(a) < VERSIONS.indexOf(b);

/**
 * How a server treats a client that shows no certificate, or any certificate.
 * `none`: never asks · `optional`: asks, accepts none · `ignored`: a flag that has no effect without another
 * (OpenSSL's FAIL_IF_NO_PEER_CERT without PEER) · `required`.
 */
export type ClientAuthentication = "none" | "optional" | "ignored" | "required";

/**
 * What a verifier's or callback's body does with the peer's certificate (design §5).
 * `accepts-anything`: accepted on every path · `delegates`: an inner verifier's answer is returned ·
 * `drops-error`: an inner verifier is asked and acceptance returned all the same · `drops-name-error`: only the
 * host-name error is forgiven · `drops-time-error`: only expiry is forgiven · `pins`: acceptance only under a comparison
 * that involves the certificate · `compares-claims`: under one of what anybody can write into a certificate, or send beside it ·
 * `compares-other`: under one that looks at nothing of it · `rejects`: never accepts · `unknown`.
 */
export type Judgement =
  | "accepts-anything"
  | "delegates"
  | "drops-error"
  | "drops-name-error"
  | "drops-time-error"
  | "pins"
  | "compares-claims"
  | "compares-other"
  | "rejects"
  | "unknown";

/** Of several judgements of one verifier the first counts. */
export const WORST_FIRST: readonly Judgement[] = [
  "accepts-anything",
  "drops-error",
  "compares-claims",
  "drops-name-error",
  "drops-time-error",
  "compares-other",
  "unknown",
  "pins",
  "delegates",
  "rejects",
];

/**
 * What a database's TLS setting demands. `plaintext`: never TLS · `optional`: TLS where the server offers it ·
 * `unverified`: TLS with anyone · `unverified-name`: with anyone whose certificate is of the CA · `verified`: this setting
 * leaves nothing to wish for.
 */
export type DatabaseTls = "plaintext" | "optional" | "unverified" | "unverified-name" | "verified";

/**
 * Who lies between a client and the host that an address names. `loopback`: nobody · `private`: a network of one's own (a
 * service of a compose file, a private range) · `example`: a name that documents use and nobody has · `unknown`: put in at run time.
 */
export type Reach = "loopback" | "private" | "public" | "example" | "unknown";

/**
 * What a client that verifies nothing in the handshake does after it, before anything else: a function compares the server's certificate,
 * or nothing is ever sent.
 */
export type Afterwards = { readonly compares: string } | { readonly silent: true };

/**
 * Whom a client connects to, as far as an address tells. `assumed`: this machine, unless somebody says otherwise. `credentials`: it sends
 * a secret there: a password, a token; false where it never does, whatever it is given. `given`: the whole address, in which a password may stand.
 * `demandedBy`: what such an address would say to demand TLS, of a driver that does not by itself. `hostAlone`: the host is a setting of its own,
 * and whoever sets another one asks for no TLS by it.
 */
export interface Connected {
  readonly reach?: Reach;
  readonly assumed?: true;
  readonly credentials?: boolean;
  readonly given?: true;
  readonly demandedBy?: string;
  readonly hostAlone?: true;
}

/** A library that is compiled without TLS, and a feature of its that would bring it. `user`: a file of the crate that depends on it. */
export interface Uncompiled {
  readonly package: string;
  readonly feature: string;
  readonly user: string;
}

export type Fact =
  /**
   * `needs`: without it the demand has no effect, and it is not there. Completes "has no effect without …". `refusedBy`: the function in which
   * the program leaves every connection whose client shows none.
   */
  | { readonly kind: "client-authentication"; readonly mode: ClientAuthentication; readonly needs?: string; readonly refusedBy?: string }
  /** A switch of the library: `enabled: false` means that the server's certificate is not verified at all. `reach` where an address tells. */
  | { readonly kind: "server-verification"; readonly enabled: boolean; readonly reach?: Reach; readonly afterwards?: Afterwards }
  /**
   * `compared`: the program compares the names of the peer itself after the handshake. `named`: it says itself which name the certificate
   * must have, whatever the library would compare; a switch that is off with it is so where the program does not say it. `lacks`: no
   * switch is off, but the client has no name to compare, or an empty one.
   */
  | {
      readonly kind: "hostname-verification";
      readonly enabled: boolean;
      readonly reach?: Reach;
      readonly compared?: true;
      readonly afterwards?: Afterwards;
      readonly named?: true;
      readonly lacks?: "name" | "empty-name";
    }
  /**
   * A verifier or callback of the user's own. `verifies`: whose certificate, or the handshake signature.
   * The methods of one implementation share an endpoint of sort "verifier", so that a rule sees what the others do.
   */
  | {
      readonly kind: "verifier";
      readonly verifies: "server" | "client" | "signature";
      readonly judgement: Judgement;
      /** The type or function, as the user named it. */
      readonly name: string;
      /** Whether a place that installs it was seen (it is then the first related place). */
      readonly installed: boolean;
      /** The program makes one; where it goes from there is not known. */
      readonly made?: true;
      /** Peers show a bare key (RFC 7250): there is no certificate to verify. */
      readonly rawKeys?: true;
      /** It accepts no certificate but those that the program knows, by the whole or by the key. */
      readonly pinned?: true;
      /** The program compares the names of the peer itself after the handshake. */
      readonly compared?: true;
      /** The verifier itself does, where the conditions do not hold. */
      readonly comparesElse?: true;
      /** The function by which the program looks for the whole certificate, its key or its fingerprint among those that it knows. */
      readonly lookedUpBy?: string;
    }
  /**
   * Trust anchors were put into a store or an endpoint. `system`: those of the platform or of the web, which vouch for anybody.
   * `from`: the file or source as far as it is known. `byName`: only the name of what loads them tells. `standsIn`: another store is in
   * its place where there is one. `ownChain`: the endpoint has the same file for its own chain, which is completed from it.
   */
  | {
      readonly kind: "trust";
      readonly anchors: "none" | "loaded" | "system" | "unknown";
      readonly from?: string;
      readonly byName?: string;
      readonly standsIn?: true;
      readonly ownChain?: true;
    }
  /**
   * Of a client: trust anchors were loaded beside it, and neither it nor anything else was given them. `call`: what loaded them; `from` as with
   * those that it has.
   */
  | { readonly kind: "unused-anchors"; readonly call: string; readonly from?: string }
  /** Of a client that presents no certificate: one, or the key of one, was loaded beside it and reaches nothing. `call`: what loaded it. */
  | { readonly kind: "unused-identity"; readonly call: string; readonly loads: "certificate" | "key" }
  /** Revocation lists were given. `none`: a list that is certainly empty; `maybe-none`: emptiness or an error is swallowed. */
  | { readonly kind: "revocation"; readonly lists: "none" | "maybe-none" | "loaded"; readonly from?: string }
  | { readonly kind: "revocation-expiry"; readonly enforced: boolean }
  /** Whether CRLs are consulted at all: OpenSSL loads them and may not, and a client may be made without a way to give it any. */
  | { readonly kind: "revocation-check"; readonly enabled: boolean }
  /** Whom the lists do not reach: issuers of which there is none, or the authorities between leaf and anchor. */
  | { readonly kind: "revocation-gap"; readonly gap: "none" | "unknown-status" | "end-entity-only" }
  /** `by`: where no version is named, but older ones are switched off or on one by one. */
  | { readonly kind: "minimum-version"; readonly version: Version; readonly by?: "options" | "cleared options" }
  | { readonly kind: "maximum-version"; readonly version: Version }
  /** An OpenSSL cipher string, as written. */
  | { readonly kind: "cipher-list"; readonly ciphers: string; readonly suites?: CipherLibrary }
  /** How strong keys, signatures and suites must be; 0 asks for nothing. */
  | { readonly kind: "security-level"; readonly level: number }
  /** Whether certificates have to be valid now. `at`: judged as of that second since 1970, for good. */
  | { readonly kind: "validity-check"; readonly enabled: boolean; readonly at?: number }
  /** Whether a critical extension that the library does not know refuses a certificate (RFC 5280, section 4.2). */
  | { readonly kind: "extension-check"; readonly enabled: boolean }
  /** Whether the holder of a certificate may issue others in its name (RFC 3820). */
  | { readonly kind: "proxy-certificates"; readonly accepted: boolean }
  /** Whether a peer may negotiate anew without tying the new handshake to the old one (RFC 5746). */
  | { readonly kind: "unbound-renegotiation"; readonly allowed: boolean }
  /** Whether data may be compressed before it is encrypted. */
  | { readonly kind: "compression"; readonly allowed: boolean }
  /** A named bundle of settings that its authors have superseded. `weakness` completes "the preset … ". */
  | { readonly kind: "preset"; readonly name: string; readonly weakness: string }
  /**
   * Bytes accepted (server) or sent (client, 1 for "on") as 0-RTT data; 0 is off. `heldBack`: the program gets to see them when the
   * handshake is over, unless it asks for the connection before.
   */
  | { readonly kind: "early-data"; readonly bytes: number; readonly heldBack?: true }
  | { readonly kind: "key-log"; readonly enabled: boolean }
  /** A private key is written to a file that others than its owner may read: by default, or by this mode. */
  | { readonly kind: "private-key-file"; readonly call: string; readonly permissions?: number }
  /** A private key is told to a log, or printed to the standard output. */
  | { readonly kind: "told-private-key"; readonly call: string; readonly to: "log" | "output" }
  | { readonly kind: "session-context"; readonly set: boolean }
  /** Whether sessions are kept for clients to come back to. */
  | { readonly kind: "session-cache"; readonly enabled: boolean }
  /** Whether clients are given sessions to keep themselves. */
  | { readonly kind: "session-tickets"; readonly enabled: boolean }
  /**
   * A store of sessions, or the keys of tickets: what a client needs to come back without another look at its certificate.
   * `made` is said of the store itself, `taken` of the configuration that uses one that it did not make. `byName`: connections of
   * another configuration go on with it when they name its server, and keep their sessions where they began.
   */
  | { readonly kind: "session-state"; readonly store: "made" | "taken"; readonly byName?: true }
  /** The program goes on without what it was to set up. `own-certificate`, `trust-anchors`: those of a client. */
  | {
      readonly kind: "fail-open";
      readonly loses: "tls" | "client-authentication" | "own-certificate" | "trust-anchors";
      readonly cause: FailureCause;
    }
  /** A setting about TLS, of a type that the program reads from what is configured, which no code takes out of it. */
  | { readonly kind: "ignored-setting"; readonly name: string; readonly of: string }
  /**
   * An option by which a client connects over TLS or in plaintext, and which is the latter by default. `name`, `value`: what it is called, and
   * what it is then, where that is a word; `reach`: to whom it connects by default, where a literal says it.
   */
  | { readonly kind: "plaintext-default"; readonly name?: string; readonly value?: string; readonly reach?: Reach }
  /** An address is bound. `reach`: who can connect. */
  | {
      readonly kind: "listener";
      readonly transport: "plaintext" | "tls";
      readonly reach: "loopback" | "public" | "unknown";
      readonly address?: string;
      /** The type that a hook on connections is given, where it is TLS and the model says so. */
      readonly stream?: string;
    }
  /** `uncompiled`: whatever is asked of it. */
  | ({
      readonly kind: "database-tls";
      readonly mode: DatabaseTls;
      readonly uncompiled?: Uncompiled;
    } & Connected)
  /**
   * An address whose scheme goes without TLS. `host` as written, where it is; `credentials`: the address holds a password.
   * `permitted`: a client that takes such addresses as well, whoever gives them to it. `proxied`: it is a proxy that forwards requests there.
   * `elsewhere`: the private address is another machine's.
   */
  | {
      readonly kind: "upstream";
      readonly reach: Reach;
      readonly credentials: boolean;
      readonly host?: string;
      readonly permitted?: true;
      readonly elsewhere?: true;
      readonly proxied?: Proxied;
    }
  /** A protocol that begins in the clear: whether its client goes on when the server offers no TLS. */
  | ({ readonly kind: "upgrade"; readonly demand: "never" | "optional" | "required" } & Connected)
  /** A feature of a crate that is switched on. `consequence` completes "the feature …". */
  | {
      readonly kind: "crate-feature";
      readonly package: string;
      readonly feature: string;
      readonly effect: "weakens" | "permits";
      readonly consequence: string;
    }
  /** A version of a crate with known faults, the gravest first. */
  | {
      readonly kind: "crate-version";
      readonly package: string;
      /** The locked one, else the requirement. */
      readonly version: string;
      readonly faults: readonly [KnownFault, ...KnownFault[]];
      /** The oldest version without any of them. */
      readonly corrected?: string;
      /** The requirement admits it. */
      readonly admitted: boolean;
      /** A feature of another crate that brings it. */
      readonly via?: { readonly package: string; readonly feature: string };
      /** What takes the crate's place. */
      readonly successor?: string;
    }
  /**
   * A header that a proxy fills with its client's identity is read, or with `unread` any without which a client is refused. `reach`: who can
   * connect to the program's listeners. `checked`: the same function looks at the address that the request came from. `unread`: the
   * program's own servers ask for certificates, which nobody looks at.
   */
  | {
      readonly kind: "identity-header";
      readonly header: string;
      readonly reach: "loopback" | "public" | "unknown";
      readonly checked: boolean;
      readonly unread?: true;
    }
  /**
   * A proxy forwards a header in which programs look for who the client is. `client`: the client's own copy · `unverified`: of a certificate
   * that nobody verified. `verdict`: the header that says so, where one is forwarded, too. `kept`: the proxy has a value of its own.
   */
  | {
      readonly kind: "forwarded-identity";
      readonly header: string;
      readonly from: "client" | "unverified";
      readonly kept?: Kept;
      readonly verdict?: string;
      readonly proxied: Proxied;
    }
  /**
   * Whoever is to show a certificate to a proxy can do without. `way`: to what is behind it by a published port, or through the proxy itself by
   * another address of its. `address`: as it is written. `plaintext`: the proxy speaks to the service without TLS, so that nothing there can
   * ask for certificates. Of a proxy that asks for none (`proxied`), it is TLS that is left out.
   */
  | {
      readonly kind: "direct-access";
      readonly way: "port" | "listener";
      readonly address: string;
      readonly service: string;
      readonly plaintext: boolean;
      readonly proxied: Proxied;
    }
  /**
   * The peer's certificate is asked for. `dropped`: nobody looks at the answer · `assumed`: its absence is a panic, in a program whose
   * servers let clients in without one · `unasked`: only the verdict is compared, which is good for a client that showed none.
   */
  | { readonly kind: "peer-certificate"; readonly use: "dropped" | "assumed" | "unasked"; readonly call: string }
  /** Of a listener: whether the program ever looks at whose certificate a client has shown. */
  | { readonly kind: "peer-identity"; readonly looked: boolean }
  /** A verifier of the program's own answers for this endpoint, whatever else it was given. */
  | { readonly kind: "own-verifier"; readonly verifies: "server" | "client" }
  /**
   * A name of the peer's certificate is compared with something, and only in part. `anywhere`: it is in the name · `beginning`, `end`: the
   * name begins or ends so · `pattern`: it matches somewhere in the name · `within`: the name is looked for in a text that holds several ·
   * `cut`: the name is what stands behind an attribute's key, wherever that is in the printed name.
   */
  | {
      readonly kind: "name-comparison";
      /** `given`: by a text that is set at run time, whose ends nothing in the program makes sure of. */
      readonly part: "anywhere" | "beginning" | "end" | "given-beginning" | "given-end" | "pattern" | "within" | "cut" | "fingerprint";
      readonly call: string;
      /** What it is compared with, where the program says it. */
      readonly against?: string;
    }
  /** Whether there is a certificate to show: a server without one finishes no handshake. */
  | { readonly kind: "own-certificate"; readonly there: boolean }
  /** Whom a client connects to. Other facts of it know it, too (`Connected`). */
  | ({ readonly kind: "peer"; readonly reach: Reach } & Connected)
  /** The name of the client's own machine, with which it compares certificates; `elsewhere`: those of others, as the call shows. */
  | { readonly kind: "verified-name"; readonly name: string; readonly elsewhere?: true }
  /** A client sends a secret by which it is known. */
  | { readonly kind: "login" }
  /** A client was given settings of TLS. */
  | { readonly kind: "tls-settings" }
  /**
   * Whether a client speaks TLS with its peer at all. `ofSecrets`: what it sends is anybody's business but for its secrets; `unused`: it has
   * settings of TLS; `uncompiled`: whatever it is asked.
   */
  | ({
      readonly kind: "client-transport";
      readonly tls: boolean;
      readonly ofSecrets?: true;
      readonly unused?: true;
      readonly uncompiled?: Uncompiled;
    } & Connected)
  /** All that the application behind a listener does is to send clients to https. */
  | { readonly kind: "redirects" }
  /** A hook that reads the peer's certificate on each connection was registered. */
  | { readonly kind: "connection-hook" }
  /** Types of streams that the hook asks for, all of them. `secured`: one of them is a TLS stream. */
  | { readonly kind: "hook-stream"; readonly expects: readonly string[]; readonly secured: boolean }
  /**
   * An error of adding or loading trust anchors, certificates or CRLs was discarded. `call`: the call whose result it was. `logged`: a
   * line of a log tells of it, and the program goes on; `checked`: not if nothing is left.
   */
  | {
      readonly kind: "dropped-error";
      readonly what: "anchor" | "certificate" | "crl" | "setting";
      readonly call: string;
      readonly systemStore: boolean;
      readonly checked?: true;
      readonly logged?: true;
    }
  /**
   * Only one certificate of a source that may hold several is used. `called`: the path or variable that shows it; `from`: what is the
   * program's own (a text, a file that it names, or what it makes), a file that is named where it runs, or whatever it is given;
   * `shown`: an endpoint shows it as its own, alone or with others.
   */
  | {
      readonly kind: "partial-bundle";
      readonly call: string;
      readonly called?: string;
      readonly from: "own" | "configured" | "given";
      readonly shown?: "alone" | "with-others";
      /** Several were read, and the call takes one of them; otherwise it reads no more than one. */
      readonly picked?: true;
      readonly platformDependent: boolean;
    }
  /** A call that no release of the crate has (the guide's client authentication of native-tls). `mode`: as written. */
  | { readonly kind: "imaginary-call"; readonly call: string; readonly mode: ClientAuthentication }
  /** A certificate or key file is named by the program: design §9. `loader` tells how it is read. */
  | { readonly kind: "file"; readonly path: string; readonly loader: Loader }
  /** An address is written down whose connection goes over TLS, whatever its scheme says. */
  | { readonly kind: "secured-address" };

/** When a client's own copy of a header that a proxy sets goes on: `beside` the proxy's value, or in its place `without-certificate`. */
export type Kept = "beside" | "without-certificate";

/** What a proxy demands of its clients' certificates. `program`: one of the workspace answers behind it, as far as that can be seen. */
export interface Proxied {
  readonly authentication: ClientAuthentication;
  readonly program: boolean;
}

/** Why a program goes on without what it was to set up. */
export type FailureCause =
  /** An attempt to set it up has failed: a call, or its files are not there. */
  | { readonly kind: "attempt"; readonly call: string }
  /** Only one of two options was given. `isOff`: TLS is not set up then, and what happens instead has not been seen. */
  | ({ readonly kind: "half"; readonly isOff?: true } & HalfConfigured)
  /** A setting is any other text than these. */
  | { readonly kind: "words"; readonly known: readonly string[] }
  /** The server says that it has none. */
  | { readonly kind: "declined" };

/** Two options of which TLS needs both, as the program calls them. */
export interface HalfConfigured {
  readonly given: string;
  readonly missing: string;
}

export interface KnownFault {
  /** Of an advisory. */
  readonly id: string;
  readonly gravity: "verification" | "memory" | "availability" | "unmaintained";
  readonly what: string;
  /** Names of the crate that lead there, where the code has none of them. */
  readonly unnamed?: readonly string[];
}

/** How a program reads a file, for the links of design §9. */
export interface Loader {
  readonly call: string;
  readonly reads: "certificates" | "first-certificate" | "private-key" | "crls" | "any";
  readonly stack: "rustls" | "openssl" | "native-tls" | "unknown";
  /** What becomes of it, as far as it is known. */
  readonly role: "client-ca" | "server-ca" | "own-chain" | "own-key" | "unknown";
}

export type FactKind = Fact["kind"];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>;

/** A place in one of the files of the project. */
export interface Place {
  /** The host's name of the file (a URI in the editor, a path in the CLI). */
  readonly file: string;
  readonly span: Span;
}
export interface RelatedPlace extends Place {
  readonly message: string;
  /** It puts what is at fault to work, by this name: whoever reads only that place should hear of the fault. */
  readonly installs?: string;
}

/** One condition under which an observation holds. Only `service/severity.ts` turns guards into severity and words. */
export type Guard =
  | { readonly kind: "test"; readonly place?: Place }
  /** It is shown, not run; `published`: among the examples of a library that others use, who copy from it. */
  | { readonly kind: "example"; readonly published?: true }
  /** `off` : the feature is not among the crate's default ones; unknown without a manifest. */
  | {
      readonly kind: "feature";
      readonly name: string;
      readonly negated: boolean;
      /** Its name says that insecurity, or a test, is chosen with it. */
      readonly optIn: boolean;
      readonly byDefault?: boolean;
      readonly place: Place;
    }
  /** `optIn`: the name of a feature in it says that insecurity, or a test, is chosen with it. */
  | { readonly kind: "cfg"; readonly predicate: CfgPredicate; readonly optIn: boolean; readonly place: Place }
  /** A condition over configuration. `text` as written; `negated` when the `else` side holds; `byDefault`: holds by default, where known; `declared`: where
   * what it asks is; `unset`: where its default is written; `rest`: what is left of the words of a setting, for any other one; `given`: something
   * that may be left out is there; `word`: what `text` asks, where that is a pattern that is one word. */
  | {
      readonly kind: "condition";
      readonly text: string;
      readonly negated: boolean;
      readonly optIn: boolean;
      readonly byDefault?: boolean;
      readonly declared?: readonly Place[];
      readonly unset?: readonly DefaultPlace[];
      readonly rest?: true;
      readonly given?: true;
      readonly word?: WordAsked;
      /** It holds for those who call a public function that nobody here calls: `text` is its name. */
      readonly called?: true;
      readonly place: Place;
    };

/** Whether something is one word, or number. */
export interface WordAsked {
  readonly of: string;
  readonly is: string;
}

export type ConditionGuard = Extract<Guard, { readonly kind: "condition" }>;

/** Where something is given its default: what it is called, and what it is then, where that is a word; `missing`: nothing. */
export interface DefaultPlace extends Place {
  readonly name?: string;
  readonly value?: string;
  readonly missing?: true;
}

/** A fact with its place. */
export interface Observation<F extends Fact = Fact> {
  readonly fact: F;
  readonly role: Role | "unknown";
  readonly place: Place;
  /** Where the value came from or what it affects, nearest first. */
  readonly related: readonly RelatedPlace[];
  readonly guards: readonly Guard[];
  /** Conditions under which there is such an endpoint at all, as it is while nobody sets anything: they lower nothing. */
  readonly own?: readonly ConditionGuard[];
  /** Stated by the library, not by the user: the absence of a call is the cause. */
  readonly byDefault: boolean;
  /** Canonical path of the call, method, field or type that states it, for messages and remedies: `openssl::ssl::SslContextBuilder::set_verify`. */
  readonly call: string;
  /** As the user wrote it, for messages: `set_verify`. */
  readonly written: string;
  /** The crate's version, where `Cargo.lock` or `Cargo.toml` tells. */
  readonly version?: string;
  /** The path could not be resolved and was taken for this crate's by its shape: never an error. */
  readonly guessed: boolean;
  readonly endpoint?: Endpoint;
  /** Whether something else that is said of the same endpoint is on another side of a decision: it never holds together with this. */
  readonly excludes?: (other: Observation) => boolean;
  /** Opaque to rules: what the spelling of a remedy needs. */
  readonly handle: number;
}

export type ObservationOf<K extends FactKind> = Observation<FactOf<K>>;

/**
 * One server or client configuration, or a part of one (a verifier under construction, a trust store), in the order of what
 * happened to it. `facts` holds every event; `effective` those that no later unguarded event of the same kind overrides.
 */
export interface Endpoint {
  readonly id: number;
  readonly role: Role | "unknown";
  /** `configuration`: a whole endpoint · the others are parts. */
  readonly sort: "configuration" | "verifier" | "trust-store" | "listener" | "other";
  readonly crate: string;
  /** The TLS library whose certificates and lists it takes; the crate, where it has types of its own for them. */
  readonly library: string;
  readonly place: Place;
  readonly facts: readonly Observation[];
  readonly effective: readonly Observation[];
  /** Parts that were handed to this one (a trust store to a verifier, a verifier to a configuration). */
  readonly parts: readonly Endpoint[];
  /** Those that this one was handed to. */
  readonly usedBy: readonly Endpoint[];
  /** Those whose place it takes while the program runs. */
  readonly replaces: readonly Endpoint[];
  /** Other listeners whose requests the same application answers. */
  readonly alike: readonly Endpoint[];
  /** Trust stores and verifiers that the same function made and handed to nothing. */
  readonly idle: readonly Endpoint[];
}

/** A reason to believe that a program means mutual TLS, for `mtls = "auto"` (design §7), or revocation lists. */
export interface IntentSign {
  readonly place: Place;
  /** Completes "mutual TLS is meant here: …", or "revocation is meant here: …". */
  readonly reason: string;
  readonly of: "mutual-tls" | "revocation";
  /** Only a name or a string says so: that tells of the code around it, not of other files. */
  readonly named?: true;
  /** Asked for where somebody wants it: an option tells of the servers of its own crate. */
  readonly optional?: true;
  /** An endpoint of the crate does what the sign promises: no reason to expect it of another one. */
  readonly carriedOut?: true;
  /** A list of this library is loaded and used for nothing: it tells of the endpoints of that library in its own crate. */
  readonly unusedList?: string;
}
