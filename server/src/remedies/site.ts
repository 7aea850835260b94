/** What is remembered of the place that states a fact, so that a remedy can be spelled there: one `Site` for each observation handle. */
import type { Span } from "../base/span.ts";
import type { CallModel, CanonicalPath, CrateModel } from "../models/model.ts";
import type { Block, Expression, FunctionItem, RustFile, Scope, Scopes } from "../rust/index.ts";
import type { Role } from "../tls/facts.ts";

export interface Site {
  /** The call, method call, assignment or struct expression that states the fact; for a judged verifier method there is none. */
  readonly expression?: Expression;
  /** The receiver of a method call, or the base of an assigned field. */
  readonly receiver?: Expression;
  /** Every expression that is an argument, in order; for an assignment its right side. */
  readonly arguments: readonly Expression[];
  /** Where the argument that decides is written, in the same module: a constant, what a function of the user's returns. */
  readonly origin?: Expression;
  /** It stands in a constant, where flags cannot be joined by an operator. */
  readonly constant?: true;
  /** The name as written at the call (`set_verify`), or the whole path of a function call. */
  readonly nameSpan: Span;
  /** The statement (or block tail) that holds the expression; it lies in `block`. */
  readonly statement: Span;
  /** The statement is a block's tail: nothing may be put after it. */
  readonly tail: boolean;
  /** The statement is an expression statement that consists of this chain and nothing else. */
  readonly whole: boolean;
  /** The innermost block around the expression, and those around it, innermost first; empty in a constant. */
  readonly blocks: readonly Block[];
  /** The enclosing function, and the method that is judged for a verifier. */
  readonly function?: FunctionItem;
  /** Span of the enclosing `impl`, for verifiers. */
  readonly implementation?: Span;
  readonly scope: Scope;
  readonly scopes: Scopes;
  readonly source: RustFile;
  readonly file: string;
  /** Canonical path of the call model, or of the type for a library default. */
  readonly call: CanonicalPath;
  readonly callModel?: CallModel;
  readonly model: CrateModel;
  /** Where the manifest tells it, or idioms leave one choice. */
  readonly version?: string;
  readonly role: Role | "unknown";
  /** The name of the variable that holds the endpoint (at the latest binding), if one does. */
  readonly binding?: string;
  /** What else happened to the same endpoint, in order, this site included. */
  readonly others: readonly Site[];
  /** Whether the expression stands inside a macro call's tokens. */
  readonly inMacro: boolean;
  /** Another call of the same chain that is taken out with this one. */
  readonly alongside?: Span;
  /** For a judged verifier or callback: the places that install it. */
  readonly installs?: readonly Site[];
  /** What the manifest and the lock file say: which crates a remedy may use, and in which versions. */
  readonly manifest?: {
    readonly dependencies: ReadonlyMap<
      string,
      { readonly package: string; readonly version?: string; readonly features?: ReadonlySet<string> }
    >;
    readonly versions: ReadonlyMap<string, readonly string[]>;
  };
}
