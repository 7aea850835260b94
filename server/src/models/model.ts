/**
 * The shape of a library model: what a crate's paths mean for TLS, as data. Models hold no functions and import only types.
 * Every path and every recipe is proved by the real compiler (test/cargo), for each version range that it names.
 */
import type { CipherLibrary } from "../tls/ciphers.ts";
import type { Fact, FactKind, FactOf, Role } from "../tls/facts.ts";

/** A Cargo-style range over crate versions, `>=0.22, <0.24`; empty for every version of the model. */
export type VersionRange = string;

/** `rustls::server::WebPkiClientVerifier`; for one type per role, a generic argument: `rustls::ConfigBuilder<rustls::ServerConfig>`. */
export type CanonicalPath = string;

export interface CrateModel {
  /** The name in Rust paths: `rustls_pemfile`. */
  readonly crate: string;
  /** The name in `Cargo.toml`: `rustls-pemfile`. */
  readonly package: string;
  /** The versions that were read and are tested. Outside of them nothing is said. */
  readonly versions: VersionRange;
  readonly source: string;
  /** A fork of this crate: a path without an import is taken for the original's. */
  readonly forkOf?: string;
  /** The stack that reads the certificates, where the crate has its own loaders or endpoints. */
  readonly stack?: "rustls" | "openssl" | "native-tls";
  /** TLS is a feature of it. */
  readonly encryption?: Encryption;
  /** It matters only beside what other crates say: all of its calls do, and no file is looked at for its sake. */
  readonly beside?: true;
  /** Other spellings, longest prefix first wins: `rustls::server::ServerConfig` → `rustls::ServerConfig`, `tokio_rustls::rustls` → `rustls`. */
  readonly aliases?: Readonly<Record<string, CanonicalPath>>;
  readonly types: Readonly<Record<CanonicalPath, TypeModel>>;
  /**
   * Constants, enum variants and unit structs that stand for something: `openssl::ssl::SslVerifyMode::NONE`;
   * and calls without arguments that do (`SslVerifyMode::empty`), marked `call`.
   */
  readonly values?: Readonly<Record<CanonicalPath, ValueModel>>;
  readonly calls: readonly CallModel[];
  /** Traits whose implementations are verifiers. */
  readonly verifierTraits?: readonly VerifierTrait[];
  /** Traits that only bring methods into scope, with all of these: where none is called any more, an import of the trait has no use. */
  readonly methodTraits?: Readonly<Record<CanonicalPath, readonly string[]>>;
  /** Errors by which a verifier can tell one kind of refusal from the others. */
  readonly refusals?: Readonly<Record<CanonicalPath, Refusal>>;
  readonly recipes?: readonly Recipe[];
  /** The type of error of all its calls that can fail, but for those that have their own. */
  readonly error?: ErrorType;
  readonly byHand?: readonly ByHand[];
  /**
   * The servers that it connects to have certificates of their own or of an authority that no public store holds: a client that verifies
   * without it connects to none. The place is cited where the crate says so or has it so: crate, version, file.
   */
  readonly privateAuthority?: string;
}

export interface Encryption {
  /**
   * Packages one of which it is compiled with to do TLS. Where the lock file has none of them behind it, it does none: what demands TLS
   * fails, what prefers it goes on in plaintext.
   */
  readonly by: readonly string[];
  /** A feature that brings one of them; `of`: the package that has it, where it is another. */
  readonly feature: string;
  readonly of?: string;
  /** Where no lock file tells: of these packages, which come to the same library, one has to be asked for one of these features. None is a default. */
  readonly asked?: { readonly of: readonly string[]; readonly features: readonly string[] };
  /** Features with which an address may name a file. */
  readonly files?: readonly string[];
  /** Where the demand for TLS does not fail without it, either. */
  readonly ignored?: VersionRange;
}

/** By it is known whether a function can return an error with `?`. */
export interface ErrorType {
  readonly type: CanonicalPath;
  readonly versions?: VersionRange;
}

/** Calls (or types, for what a library does by itself) from which no recipe leads to what would be right: a person has to act. */
export interface ByHand {
  readonly at: readonly CanonicalPath[];
  /** The kind of the bad fact. */
  readonly of: FactKind;
  /** Why: a clause, lower case, no full stop. */
  readonly because: string;
}

/**
 * A crate that offers another one's items under its own name: a fork. All of `mirrors` holds for it, at every version, but for
 * what it lacks; what it has of its own is added, or takes the place of the call of that name.
 */
export interface MirrorModel extends Pick<CrateModel, "crate" | "package" | "versions" | "source" | "error"> {
  readonly mirrors: CrateModel;
  readonly lacks: readonly CanonicalPath[];
  /** What the fork's library does not have, or what is never wrong with it: no call says so, and no remedy is taken over. */
  readonly immune: readonly FactKind[];
  /** Calls that only newer versions have. */
  readonly newer: { readonly versions: VersionRange; readonly calls: readonly CanonicalPath[] };
  readonly adds: Pick<CrateModel, "calls" | "recipes">;
}

export interface TypeModel {
  /**
   * `configuration`: builds or is one endpoint · `verifier`: the library's own verifier or its builder · `trust-store` ·
   * `certificates`: one or many, or a loader's iterator · `crls` · `private-key` · `listener`: binds addresses ·
   * `stream`: an established connection · `other`: only carries methods.
   */
  readonly sort: "configuration" | "verifier" | "trust-store" | "certificates" | "crls" | "private-key" | "listener" | "stream" | "other";
  readonly role?: Role;
  /** Method calls that this type lacks are looked up there (Deref): several, in order. */
  readonly derefs?: readonly CanonicalPath[];
  /** Methods that are not modelled hand the same object on: builders with dozens of settings that say nothing of TLS. */
  readonly chains?: true;
  /** The program gets to see early data when the handshake is over, unless it asks for the connection before. */
  readonly holdsBack?: true;
  /**
   * Facts that hold from construction until something else is said, by version. With an unknown version, only those
   * without a range hold.
   */
  readonly defaults?: readonly { readonly versions?: VersionRange; readonly fact: Fact }[];
}

/** `versions`: where it is not there in all of the model's. */
export type ValueModel = Meaning & { readonly versions?: VersionRange };
type Meaning =
  /** Bits that combine with `|`: PEER, FAIL_IF_NO_PEER_CERT. `bits` names those that are set. */
  | { readonly kind: "flags"; readonly bits: readonly string[]; readonly call?: true }
  /** One word of a vocabulary: `TLS 1.0`. */
  | { readonly kind: "word"; readonly of: FactKind; readonly word: string }
  /** What a callback or verifier returns to accept the peer: `git2::CertificateCheckStatus::CertificateOk`. */
  | { readonly kind: "accepted" }
  /** What it returns to leave the answer to the library's own check: `git2::CertificateCheckStatus::CertificatePassthrough`. */
  | { readonly kind: "library-verdict" }
  /** A unit value of a modelled type: `rustls::server::NoClientAuth`. */
  | { readonly kind: "object"; readonly type: CanonicalPath; readonly states?: readonly Fact[] };

export interface CallModel {
  /**
   * A function, an associated function or a method: type path and name. A field is written `Type.field` and is called by
   * assignment (and by a struct literal), its value being argument 0. Several calls with one path hold for disjoint ranges,
   * the newest first: that one is taken where the version is unknown.
   */
  readonly path: CanonicalPath;
  readonly versions?: VersionRange;
  /** A feature of the crate that has to be on, or off, for this to hold; where no manifest tells, what has one does not. */
  readonly feature?: { readonly name: string; readonly on: boolean };
  readonly returns?: Returns;
  readonly effects?: readonly Effect[];
  /** The call may fail, and its failure matters: `dropped-error` when the result is discarded. */
  readonly fails?: "anchor" | "certificate" | "crl" | "setting";
  readonly error?: ErrorType;
  /** It matters only beside what other calls say: no body is looked at for its sake. */
  readonly beside?: true;
  /** Never existed; the guide's. */
  readonly imaginary?: true;
  /** Tells what came of the verification: this where all is well, and where there was nothing to verify, too. */
  readonly tellsVerdict?: CanonicalPath;
  /** Reads who the peer is, a sign that mutual TLS is meant: its certificate, or data of the program's own that may hold it. */
  readonly readsPeerIdentity?: "certificate" | "data";
  /** Gives a private key as text or bytes, which no passphrase protects. */
  readonly givesPrivateKey?: true;
}

export type Returns =
  /** The same object, by value or `&mut` (builders). The default for methods of builders is "nothing known". */
  | "self"
  /** A new object. `role`: of a type that serves both sides, which side this call makes; `side`: the argument that names it, if it does. */
  | { readonly new: CanonicalPath; readonly role?: Role; readonly side?: number }
  /** Something of a type that is made of the receiver and of as many arguments, and stays known as that: what asks for it leads to them. */
  | { readonly of: CanonicalPath; readonly arguments: number }
  /** The receiver goes on as another type, keeping what happened to it (`build()`, type states). */
  | { readonly becomes: CanonicalPath }
  /** What was passed at this position (`Arc::new`, `From::from`). */
  | { readonly argument: number }
  /** A copy of the receiver. */
  | "clone"
  /** A view of a part of the receiver: effects on it happen to the receiver (`cfg.dangerous()`, `cert_store_mut()`). */
  | { readonly view: CanonicalPath };

export type Effect =
  /** `unlessNone`: not where this argument is `None`. */
  | { readonly kind: "states"; readonly fact: Fact; readonly unlessNone?: number }
  /** A boolean argument decides. */
  | { readonly kind: "switch"; readonly argument: number; readonly on?: Fact; readonly off?: Fact }
  /** An argument of flags decides; the first entry whose `has` are all set and whose `lacks` are all clear. */
  | {
      readonly kind: "flags";
      readonly argument: number;
      /** They are added to those that are set already: what a call does not speak of stays as it was. */
      readonly accumulates?: true;
      readonly cases: readonly {
        readonly has?: readonly string[];
        readonly lacks?: readonly string[];
        readonly role?: Role;
        readonly states: readonly Fact[];
      }[];
      /** What no case fits leaves the facts as they were; without it, they are unknown from then on. */
      readonly otherwise?: "unchanged";
      /** Where this was demanded before, it cannot be had with any of the cases: nothing is connected, and the demand stays. */
      readonly fails?: Fact;
    }
  /** An argument names a word of the vocabulary. `inside`: wrapped in `Some`; `none`: the fact that `None` states. */
  | {
      readonly kind: "word";
      readonly argument: number;
      /** `client-authentication`: the mode of an imaginary call. */
      readonly of: "minimum-version" | "maximum-version" | "client-authentication";
      readonly none?: Fact;
    }
  /**
   * A setting by name, `set("ssl.endpoint.identification.algorithm", "none")`: the first case of that key (compared without regard to
   * case) whose `is` lists the value, or has no `is`. Texts, booleans and numbers are compared as they are written in lower case.
   * A known key with another value ends what was said before. "peer": the value is whom one connects to.
   */
  | {
      readonly kind: "keyed";
      readonly key: number;
      readonly argument: number;
      readonly cases: readonly { readonly key: string; readonly is?: readonly string[]; readonly states: Fact | "peer" }[];
    }
  /**
   * A closure or function that is called with views of the endpoint, by position (`undefined`: something that says nothing of TLS):
   * what it does to them happens to the endpoint (`set_callback(|configuration, _| …)`).
   */
  | {
      readonly kind: "calls";
      readonly argument: number;
      readonly with: readonly (CanonicalPath | undefined)[];
      /** Not the endpoint itself, but a connection of it. */
      readonly connection?: true;
    }
  /** The connection goes on with this configuration, and its sessions stay with the one that it began with. */
  | { readonly kind: "switches"; readonly argument: number }
  /** A string argument is the fact's text. `suites`: whose they are, where not OpenSSL's. */
  | { readonly kind: "text"; readonly argument: number; readonly of: "cipher-list"; readonly suites?: CipherLibrary }
  /** A numeric argument. */
  | { readonly kind: "number"; readonly argument: number; readonly of: "early-data" | "security-level" | "validity-check" }
  /** An object is handed over and becomes a part of the receiver (or of the result, for a constructor). */
  | {
      readonly kind: "takes";
      readonly argument: number;
      readonly part: "trust-store" | "verifier" | "certificates" | "crls" | "private-key" | "configuration" | "hook";
    }
  /** The argument is told the session keys: what does something with them gives them away. */
  | { readonly kind: "tells-keys"; readonly argument: number; readonly method: string }
  /** The argument keeps the sessions of the receiver: a store, ticket keys, or those of another configuration. */
  | { readonly kind: "keeps-sessions"; readonly argument: number }
  /** A custom verifier (a value of a user's type that implements a verifier trait) is installed. */
  | { readonly kind: "installs"; readonly argument: number; readonly verifies: "server" | "client" }
  /**
   * A callback decides. `accepts`: the returned value that means acceptance; `inner`: the parameter that holds the library's own answer;
   * `optional`: it is in an `Option`, and the library decides where there is none.
   */
  | {
      readonly kind: "callback";
      readonly argument: number;
      readonly optional?: true;
      readonly verifies: "peer";
      readonly accepts: "true" | "ok";
      readonly inner?: number;
      readonly certificate?: readonly number[];
    }
  /**
   * At each handshake the argument is asked by this method: where it never has an answer, `never` holds; `own-certificate`: where it has none,
   * the client shows no certificate.
   */
  | {
      readonly kind: "asks";
      readonly argument: number;
      readonly method: string;
      readonly never?: Fact;
      readonly loses?: FactOf<"fail-open">["loses"];
    }
  /**
   * Trust anchors come from what the argument holds or names: certificates, a path, a store. Certificates that carry the
   * fact `trust: system` (the platform's, the web's public ones) make it `system`.
   */
  | { readonly kind: "trusts"; readonly argument?: number; readonly source: "certificates" | "path" | "system" }
  /** `crl`: exactly one list, so that there is one. */
  | { readonly kind: "revokes"; readonly argument?: number; readonly source: "crls" | "crl" | "path" }
  /** A path or bytes argument is a file that is read (design §9). */
  | {
      readonly kind: "loads";
      readonly argument: number;
      readonly reads: "certificates" | "first-certificate" | "private-key" | "crls" | "any";
      readonly as?: "client-ca" | "server-ca" | "own-chain" | "own-key";
      /** The bytes of a file count, and not what another call has made of them. */
      readonly whole?: true;
    }
  /**
   * Only the first of what the receiver or argument holds is taken; of what the file at that `path` holds. `platformDependent`: some back ends
   * take all. `when`: only where that argument is this.
   */
  | {
      readonly kind: "takes-first";
      readonly argument?: number;
      readonly path?: true;
      readonly platformDependent?: true;
      readonly when?: { readonly argument: number; readonly is: CanonicalPath };
    }
  /** An address is bound. `handler`: the argument that is given the connections, and speaks TLS on them or does not. */
  | {
      readonly kind: "listens";
      readonly argument: number;
      readonly transport: "plaintext" | "tls";
      readonly configuration?: number;
      readonly handler?: number;
      /** What a hook on connections is given: the type of the listener's streams. */
      readonly stream?: CanonicalPath;
    }
  /**
   * The argument is the host or address that is connected to, or what the receiver was parsed from: of the same machine, nobody lies between. `words`: what parts of an
   * address say, `sslmode=require`; of several about one thing the last counts. `silent`: what one says by its beginning where no word
   * says otherwise and its host is put in at run time: addresses that are written down whole are judged where they stand. `lax`: the first of
   * these holds of an address that is given whole, too, as long as its writer does not ask for something else.
   */
  | {
      readonly kind: "peers";
      readonly argument?: number;
      readonly words?: readonly AddressWord[];
      readonly silent?: readonly AddressWord[];
      readonly lax?: LaxAddress;
      readonly holdsPassword?: true;
    }
  /** The argument takes over what is done with connections: what was said of their transport before holds no more. */
  | { readonly kind: "accepts"; readonly argument: number }
  /** The argument is called with each connection, as something of any type, and asks of which. */
  | { readonly kind: "asks-for-streams"; readonly argument: number }
  /**
   * A handshake of the receiver, or of an argument, shows whose side it is on. `name`: the argument that the peer's certificate is compared
   * with; a client without one compares nothing, unless it was told a name before. `unnamed`: what names its hosts by itself does not do so here.
   */
  | { readonly kind: "handshake"; readonly as: Role; readonly of?: number; readonly name?: number; readonly unnamed?: true }
  /**
   * The peer's certificate is compared with the name in an argument, by the receiver or the configuration in `of`. `to`: whom it connects to, an
   * address or what is connected already; without it the client's own peer is meant.
   */
  | {
      readonly kind: "verifies-as";
      readonly argument: number;
      readonly of?: number;
      readonly to?: { readonly argument: number; readonly is: "address" | "stream" };
    }
  /** The argument is the application that is served, or builds it: it may do nothing but send clients to https, or answer elsewhere, too. */
  | { readonly kind: "serves"; readonly argument: number };

export interface AddressWord {
  readonly word: string;
  readonly states: Fact;
}

/** Of an address that is given: `demand`: what it would say to demand TLS, if there is a word for it. */
export interface LaxAddress {
  readonly demand?: string;
  /** The argument may be options that were made elsewhere. */
  readonly orOptions?: true;
  /** An address may name a file as well; with one of these features it may name a server. */
  readonly servers?: readonly string[];
  /** With one of these, nobody but the compiler knows which it names. */
  readonly files?: readonly string[];
}

/**
 * What was wrong with the peer: its name, or the time of its certificate. `unnameable`: the name that was looked for is of a kind that
 * no certificate has, and the certificate itself was not refused.
 */
export interface Refusal {
  readonly of: "name" | "time" | "unnameable";
  readonly versions?: VersionRange;
}

/** A trait whose methods accept or refuse a peer. Names of parameters' positions are counted without `self`. */
export interface VerifierTrait {
  readonly path: CanonicalPath;
  readonly versions?: VersionRange;
  readonly methods: readonly VerifierMethod[];
  /** The method that returns true where peers show a bare key (RFC 7250) and no certificate. */
  readonly rawKeys?: string;
  /** The names of its other methods: who calls one needs the trait in scope. */
  readonly others?: readonly string[];
}
export interface VerifierMethod {
  readonly name: string;
  readonly verifies: "server" | "client" | "signature";
  /** It is asked for the peer's name alone; the chain is verified by the library. */
  readonly nameOnly?: true;
  /** Positions of parameters that carry the peer's certificate or key. */
  readonly certificate: readonly number[];
  /** The position of the one that carries what the peer sent beside it, which may be anybody's. */
  readonly beside?: number;
  /** Calls whose value, inside `Ok`, is acceptance. */
  readonly accepted: readonly CanonicalPath[];
  /** Functions of the library that do the verification: what they answer is a delegate's answer. */
  readonly delegates?: readonly CanonicalPath[];
  /** The same, for those that verify the chain and leave the name to others. */
  readonly delegatesOfChain?: readonly CanonicalPath[];
  /** For methods that return a flag instead: `client_auth_mandatory` returning false states this fact. */
  readonly whenFalse?: Fact;
}

/**
 * How to go from what the user wrote to a wanted fact, in this crate's words.
 * Templates are Rust text with holes:
 *   `{path:rustls::RootCertStore}`  a path that is valid at the place: an import in scope, a new import, or written out
 *   `{ca}`                          a string literal with the client CA's path: a file of the workspace, or a placeholder
 *   `{crl}`                         the same for a revocation list
 *   `{try:message}`                 `?` where the enclosing function's error type takes any error, else `.expect("message")`
 *   `{server-ca}`                   the same for the certificate of the CA that issued the servers' certificates
 *   `{chain}` `{key}`               a string literal with the endpoint's own certificate chain and key: the files that it names
 *                                   now, or placeholders
 *   `{receiver}` `{argument:0}`     source text of the call's receiver and arguments
 *   `{sound:0}`                     a literal list of ciphers without those that are broken; else the recipe does not apply
 *   `{handled:0}`                   an argument that is a `Result` where something to iterate over may stand, its error handled as by
 *                                   `{try:…}`; else the recipe does not apply
 *   `{bound}`                       the variable that holds the endpoint's object; without one the recipe does not apply
 *   `{fresh:name}`                  a name that is not taken in the function; the same name within one recipe
 *   `{try:<a::Error>message}`       as `{try:message}`, and `?` where the function returns exactly that error too
 *   `{roots}` `{roots:shared}`      a trust store that lies ready without use, as it is or as an `Arc`; else the recipe does not apply
 *   `{verifier}`                    the same for a finished client verifier
 *   `{parameter:0}`                 a parameter of the method that is judged (`replace-body`), `self` not counted
 *   `{lacks:kind}` `{has:kind}`     at a line's start: the line stands only where the user stated no (a) fact of that kind
 * A template of several lines is indented like the statement that it joins.
 */
export interface Recipe {
  /** Canonical path of the call that states the bad fact; see `Observation.call`. */
  readonly at: CanonicalPath;
  readonly versions?: VersionRange;
  readonly role?: Role;
  /** Only where the bad fact is of one of these kinds: a call that states several may need a remedy for each. */
  readonly of?: readonly FactKind[];
  /** The type of what `{bound}` names, where the call itself does not tell it. Only the proofs need it. */
  readonly bound?: CanonicalPath;
  /** Trusts the web's authorities: none of them vouches for a server that the program knows to sign for itself. */
  readonly trusts?: "public-authorities";
  /**
   * Only where these packages, if the lock file names them, have these versions. `direct`: and are dependencies of the crate; `features`: which
   * asks for one of these, where its manifest tells.
   */
  readonly requires?: readonly {
    readonly package: string;
    readonly versions: VersionRange;
    readonly direct?: true;
    readonly features?: readonly string[];
  }[];
  /** Traits whose methods the template calls: imported where they are not in scope. */
  readonly imports?: readonly CanonicalPath[];
  /** The fact that it establishes, or a change that is no fact. */
  readonly gives:
    | (Partial<Fact> & { readonly kind: FactKind })
    | { readonly kind: FactKind }
    | { readonly kind: "remove-call" | "propagate-error" | "move-before-listener" };
  readonly title: string;
  readonly edit: RecipeEdit;
  /** Statements put before the statement that holds the call. */
  readonly before?: string;
  /** Statements put after it. */
  readonly after?: string;
  /** It leaves something to tidy up, such as an empty block: a person has to look, whatever is wanted. */
  readonly needsReview?: true;
  /** What else must be there: a feature or dependency in the manifest. Shown to the user and used by the proofs. */
  readonly manifest?: Needed;
  readonly alsoNeeds?: readonly Needed[];
}
export interface Needed {
  readonly package: string;
  readonly versions: string;
  readonly features?: readonly string[];
}
export type RecipeEdit =
  /** `.name(arguments)` of the chain is replaced. `preceding`: segments right before it that go with it (`dangerous`). */
  | { readonly kind: "replace-segment"; readonly with: string; readonly preceding?: readonly string[] }
  /** `.name(arguments)` of the chain, or the whole statement where nothing of it would be left, is taken out. */
  | { readonly kind: "remove-segment"; readonly preceding?: readonly string[] }
  /** Put right behind the call, before any `?` or further segment: `.enforce_revocation_expiration()`. One segment a line. */
  | { readonly kind: "append"; readonly with: string }
  | { readonly kind: "replace-argument"; readonly argument: number; readonly with: string }
  /** One of the flags of an argument, `A | B`, is taken out; with the last one goes the statement, or `empty()` stays. */
  | { readonly kind: "remove-flag"; readonly argument: number; readonly flag: CanonicalPath }
  /** One of the words of a literal, with the separator before it where there is one. */
  | { readonly kind: "remove-word"; readonly argument: number; readonly word: string }
  /** The whole statement, where it is the call on a part of some variable and nothing else. */
  | { readonly kind: "remove-statement" }
  /** The name of the call alone: `mozilla_intermediate` → `mozilla_intermediate_v5`. `behind`: put behind the call, `{try:…}`. */
  | { readonly kind: "replace-name"; readonly with: string; readonly behind?: string }
  /**
   * `around`: a call of this function around the expression, with no other argument, is replaced with it (`std::sync::Arc::new`).
   * `settled`: the call is awaited and its failure handled where it stands, and `with` needs neither: `.await?` goes as well.
   * `unset`: made into a value by that function, it is what a field holds that nobody sets: of what the library has just made no field is.
   */
  | {
      readonly kind: "replace-expression";
      readonly with: string;
      readonly around?: CanonicalPath;
      readonly settled?: true;
      readonly unset?: CanonicalPath;
    }
  /**
   * The endpoint is built anew in the words of another library. In the function that builds it, the statements whose only
   * use is to make and fill it are taken out, and `with` stands where the last of them stood. `name` is what `with` binds.
   * Where the old object was handed over, `handOver` renames the call and gives it `name` (a fresh one) as that argument;
   * chain segments named in `without` that mention the old object are taken out.
   */
  | {
      readonly kind: "rebuild";
      readonly with: string;
      readonly name: string;
      readonly handOver: Readonly<Record<string, { readonly name: string; readonly argument: number }>>;
      readonly without: readonly string[];
      /** Paths (crates, or items of them) whose imports go as well, once nothing names them: what never existed. */
      readonly drops?: readonly CanonicalPath[];
    }
  /** The body of the method that is judged is written anew; the method's own parameters keep their names. */
  | { readonly kind: "replace-body"; readonly with: string }
  /** The method that is judged is taken out, so that the trait's own one holds. */
  | { readonly kind: "remove-method" }
  /** Nothing at the call; only `before` and `after`. */
  | { readonly kind: "keep" };
