/** What a rule is: metadata, documentation, judgement and the wanted remedy of one bad thing, in one object. */
import type { Span } from "../base/span.ts";
import type { TextEdit } from "../base/text-edit.ts";
import type { Certificate, CertificateFile, Parsed, PrivateKey, PublicKey, RevocationList, Section, SignatureCheck } from "../pki/index.ts";
import type { Fact, FactKind, IntentSign, Loader, Observation, ObservationOf, RelatedPlace } from "../tls/facts.ts";
import type { Policy } from "../tls/policy.ts";
import type { WantedKind } from "./wants.ts";

export type Severity = "error" | "warning" | "info" | "hint";

export interface Source {
  readonly title: string;
  readonly url: string;
}
export interface Example {
  /** Rust text that fires, with its imports, at exactly one place. */
  readonly bad: string;
  /** The same, right: silent. */
  readonly good: string;
}

/** What every rule has, whether it judges code or certificate files. */
export interface RuleHead {
  /** Names the bad thing, so that `allow(<id>)` reads as English. Public and permanent. */
  readonly id: string;
  /** One line, lower case, no full stop. Heads the page, the hover and the SARIF entry. */
  readonly summary: string;
  readonly severity: Severity;
  readonly since: `${number}.${number}.${number}`;
  readonly cwe: readonly number[];
  readonly sources: readonly [Source, ...Source[]];
  /** Markdown: why it matters, and when it does not. */
  readonly rationale: string;
  /** Why a person has to act where there is no remedy: a clause, lower case, no full stop. Of warnings and errors, one of the two is there. */
  readonly byHand?: string;
}

/** A policy over stated facts. It never names a crate. */
interface ObservingRule<K extends FactKind> extends RuleHead {
  readonly observes: K;
  /** Other kinds of fact that the same policy judges: a ceiling beside a floor. `rulesFor` in `index.ts` knows them. */
  readonly alsoObserves?: readonly K[];
  judge(observation: ObservationOf<K>, context: RuleContext): Verdict | undefined;
}

/** A rule over facts that code states. */
export interface CodeRule<K extends FactKind = FactKind> extends ObservingRule<K> {
  readonly judges: "code";
  /** Run by the tests and printed on the page. */
  readonly examples: readonly [Example, ...Example[]];
}
/** A rule over facts that only manifests and settings state. Its examples are texts of `file`. */
export interface SettingRule<K extends FactKind = FactKind> extends ObservingRule<K> {
  readonly judges: "settings";
  readonly file: string;
  /** What the project of the examples has beside the file, where one alone shows nothing. */
  readonly beside?: Readonly<Record<string, string>>;
  readonly examples: readonly [Example, ...Example[]];
}
/** Every code rule is one: `judge` is a method, and is called with facts of the observed kinds only. */
export interface AnyCodeRule extends Omit<CodeRule, "judge"> {
  judge(observation: Observation, context: RuleContext): Verdict | undefined;
}
export interface AnySettingRule extends Omit<SettingRule, "judge"> {
  judge(observation: Observation, context: RuleContext): Verdict | undefined;
}

export interface RuleContext {
  readonly policy: Policy;
  /** Signs that mutual TLS is meant, in the crate of the observation; empty when `mtls` is "off". */
  readonly intent: readonly IntentSign[];
  /** What the crate reads of the peer's identity (places of `peer_certificates` and kin). */
  readonly readsPeerIdentity: boolean;
}

export interface Verdict {
  /** What is wrong: lower case, no full stop, code in back-ticks, short enough for one line of an editor. */
  readonly message: string;
  /** What to do about it, in the same form. */
  readonly help: string;
  /** Why, for which versions, what was assumed: each a clause in the same form. */
  readonly notes?: readonly string[];
  /** When it differs from the rule's. Guards lower it further, elsewhere. */
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  /** Facts we would rather see, best first; the models know how to spell them. */
  readonly remedies?: readonly Remedy[];
}
type WantedFact = Extract<Fact, { readonly kind: WantedKind }>;
export interface Remedy {
  readonly want: WantedFact | (Partial<WantedFact> & { readonly kind: WantedKind }) | { readonly kind: WantedKind };
  /** Right where somebody wants it, and no correction. */
  readonly isChoice?: boolean;
}

/** A rule over certificate files. */
export interface FileRule extends RuleHead {
  readonly judges: "file";
  /** Nothing is lost by it where nobody can be reached whom the file authenticates: a hint then. */
  readonly onlyIfReachable?: true;
  /** What it finds in a certificate is put right by one that is issued again. */
  readonly issuedAgain?: IssuedAgain;
  /** Names of cases of `test/certificates/cases.ts`: `bad` fires, `good` is silent. */
  readonly examples: readonly [Example, ...Example[]];
  judge(file: CertificateFile, context: FileContext): readonly FileVerdict[];
}
/**
 * `alike`: with what the old one says, as far as it was right · `new-key`: the same, and the key must not stay · `end-entity`: only an
 * end entity's, for an authority's is right or another question · `as-end-entity`: what is marked as an authority, or signs itself, becomes one.
 */
export type IssuedAgain = "alike" | "new-key" | "end-entity" | "as-end-entity";
export interface FileContext {
  readonly policy: Policy;
  /** How the code of the workspace reads the file, as far as it was seen. */
  readonly usedAs: readonly Loader[];
  /** The release of rustls-webpki that the code around the file has locked. */
  readonly webpki?: string;
  /** The file's path, for rules that go by what a name promises. */
  readonly path?: string;
  /** The keys stand in the text of something else: in code, in settings, in a document. */
  readonly embedded?: true;
  /** What lies in the workspace beside it; absent where only the file itself is known. */
  readonly neighbours?: Neighbours;
  /** How the file is kept, as far as the host knows. */
  readonly keeping?: Keeping;
  /** By which names clients call the server of this certificate, as the configuration says. */
  readonly hosts?: readonly string[];
  /** What the code of the workspace trusts; known where its code uses the file as its own. */
  readonly trusted?: readonly Trusted[];
  /** Keys that are listed as weak, by the form of Debian's lists (`listedAs`). */
  readonly listedKeys?: ReadonlySet<string>;
}

/** A file of authorities that code trusts: those of clients or those of servers. */
export interface Trusted extends NeighbourFile {
  readonly role: "client-ca" | "server-ca";
}

/** The other certificate files of the workspace, by what links them to this one. */
export interface Neighbours {
  /** Certificates with this subject, as RFC 4514 text: compare the bytes, too. */
  named(subject: string): readonly Neighbour<Certificate>[];
  /** Certificates whose issuer has this name. */
  issuedBy(subject: string): readonly Neighbour<Certificate>[];
  /** Certificates with the same issuer and serial number. */
  numbered(certificate: Pick<Certificate, "serial" | "issuer">): readonly Neighbour<Certificate>[];
  withKey(pin: string): readonly Neighbour<Certificate>[];
  keys(pin: string): readonly Neighbour<PrivateKey>[];
  /** There are private keys of which nobody can tell whose they are: encrypted ones, and those in key stores. */
  readonly closedKeys: boolean;
  /** Other files have revocation lists. */
  readonly holdsLists: boolean;
  /** Those of an issuer, by its name as RFC 4514 text. */
  listsOf(issuer: string): readonly Neighbour<RevocationList>[];
  /** A certificate file lies at a path. */
  holds(path: string): boolean;
  /** Files of the same folder whose names say the same (`stemOf`). */
  called(stem: string): readonly NeighbourFile[];
  /** Checked beforehand for pairs whose names match, within the file and beyond it. */
  signature(signed: { readonly fingerprint: string }, by: PublicKey): SignatureCheck;
}
export interface NeighbourFile {
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  readonly file: CertificateFile;
}
export interface Neighbour<P extends Parsed> extends NeighbourFile {
  readonly section: Section;
  readonly parsed: P;
}
export interface Keeping {
  /** Permission bits of POSIX. */
  readonly mode?: number;
  /** The file is in the index of the git repository around the workspace. */
  readonly committed?: boolean;
  /** Something else in the workspace names it that is there for more than tests; undefined where the workspace has no code. */
  readonly named?: boolean;
  /** Where it, or a certificate of its key, is put to work. */
  readonly places?: readonly RelatedPlace[];
}
export interface FileVerdict {
  /** Where in the file's text; in a DER file, spans count bytes. */
  readonly span: Span;
  readonly message: string;
  readonly help: string;
  readonly notes?: readonly string[];
  readonly severity?: Severity;
  readonly related?: readonly RelatedPlace[];
  /** Best first. */
  readonly repairs?: readonly Repair[];
}
/** How a certificate file is put right. The DER of what it holds is never changed, only where and how it stands. */
export interface Repair {
  readonly title: string;
  /** `safe`: nobody who could use the file, or was accepted by it, is locked out (`Fix` in `service/api.ts` has the definition). */
  readonly applicability: "safe" | "review";
  /** Of the file itself. */
  readonly edits?: readonly TextEdit[];
  /** The permissions that the file is to have. */
  readonly mode?: number;
  /** A file that is made along with the edits, both or neither: what the edits take out. It must not be there yet. */
  readonly creates?: { readonly path: string; readonly text: string; readonly mode: number };
}

export type AnyRule = AnyCodeRule | AnySettingRule | FileRule;
