/** The files that Rust code names as parts of its program: modules, with `#[path]` or without, and what `include!` takes in. */
import type { Span } from "../base/span.ts";
import { stringOf } from "./lower/literals.ts";
import type { Tokens } from "./syntax/tokens.ts";
import * as token from "./syntax/tokens.ts";

export type NamedFile = NamedModule | Included;

export interface NamedModule {
  readonly kind: "module";
  readonly name: string;
  /** The modules of the same file that it stands in. */
  readonly inside: readonly string[];
  /** What `#[path]` and `#[cfg_attr(…, path)]` say, in their order; without one the name tells. */
  readonly paths: readonly string[];
  /** It is there only under conditions. */
  readonly conditional: boolean;
  readonly span: Span;
}
export interface Included {
  readonly kind: "include";
  /** Undefined where it is worked out in a way that is not known here. */
  readonly path: string | undefined;
  /** What it is relative to: the file, the package's folder, or what a build script writes to. */
  readonly from: "file" | "package" | "output";
  readonly span: Span;
}

/** `partners`: which bracket closes which. */
export const namedFiles = (tokens: Tokens, partners: Int32Array): readonly NamedFile[] => new Reader(tokens, partners).read();

class Reader {
  readonly #tokens: Tokens;
  readonly #partners: Int32Array;
  readonly #found: NamedFile[] = [];
  /** Of each open brace the module that it opens, if it does. */
  readonly #open: (string | undefined)[] = [];
  /** Attributes since the last item. */
  #attributes: (readonly [from: number, to: number])[] = [];

  constructor(tokens: Tokens, partners: Int32Array) {
    this.#tokens = tokens;
    this.#partners = partners;
  }

  read(): readonly NamedFile[] {
    for (let at = 0; this.#kind(at) !== token.END; at++) at = this.#step(at);
    return this.#found;
  }

  /** The last token that was read. */
  #step(at: number): number {
    switch (this.#kind(at)) {
      case token.HASH:
        return this.#attribute(at);
      case token.MOD:
        return this.#module(at);
      case token.LEFT_BRACE:
        this.#open.push(undefined);
        this.#attributes = [];
        return at;
      case token.RIGHT_BRACE:
        this.#open.pop();
        this.#attributes = [];
        return at;
      case token.SEMICOLON:
        this.#attributes = [];
        return at;
      default:
        return this.#kind(at) === token.NAME && this.#kind(at + 1) === token.NOT && this.#text(at) === "include" ? this.#include(at) : at;
    }
  }

  #attribute(at: number): number {
    if (this.#kind(at + 1) !== token.LEFT_BRACKET) return at;
    const end = this.#closing(at + 1);
    this.#attributes.push([at + 2, end]);
    return end;
  }

  #module(at: number): number {
    const name = this.#text(at + 1).replace(/^r#/, "");
    if (!/^[\p{ID_Start}_]/u.test(name)) return at;
    if (this.#kind(at + 2) === token.LEFT_BRACE) {
      this.#open.push(name);
      this.#attributes = [];
      return at + 2;
    }
    if (this.#kind(at + 2) !== token.SEMICOLON) return at;
    const inside = this.#open.filter((it) => it !== undefined);
    const span = { start: this.#tokens.starts[at] ?? 0, end: this.#tokens.ends[at + 2] ?? 0 };
    const conditional = this.#attributes.some(([from]) => /^cfg/.test(this.#text(from)));
    this.#found.push({ kind: "module", name, inside, paths: this.#attributes.flatMap((it) => this.#pathsIn(it)), conditional, span });
    this.#attributes = [];
    return at + 2;
  }

  /** `path = "…"`, at whatever depth `cfg_attr` puts it. */
  #pathsIn([from, to]: readonly [number, number]): readonly string[] {
    const found: string[] = [];
    for (let at = from; at < to; at++)
      if (this.#text(at) === "path" && this.#kind(at + 1) === token.EQUALS && this.#kind(at + 2) === token.STRING)
        found.push(this.#string(at + 2));
    return found;
  }

  #include(at: number): number {
    const end = this.#closing(at + 2);
    const span = { start: this.#tokens.starts[at] ?? 0, end: this.#tokens.ends[end] ?? 0 };
    const strings: string[] = [];
    let variable: string | undefined;
    let known = true;
    for (let next = at + 3; next < end; next++) {
      if (this.#kind(next) === token.STRING) {
        if (this.#text(next - 3) === "env") variable = this.#string(next);
        else strings.push(this.#string(next));
      } else if (/^\w/.test(this.#text(next)) && !["concat", "env"].includes(this.#text(next))) known = false;
    }
    const from = variable === undefined ? "file" : variable === "CARGO_MANIFEST_DIR" ? "package" : "output";
    const path = known && from !== "output" && strings.length > 0 ? strings.join("") : undefined;
    this.#found.push({ kind: "include", path: from === "package" ? path?.replace(/^\//, "") : path, from, span });
    return end;
  }

  /** What closes a bracket. */
  #closing(at: number): number {
    return Math.max(at, this.#partners[at] ?? at);
  }

  #kind(at: number): number {
    return this.#tokens.kinds[at] ?? token.END;
  }

  #text(at: number): string {
    return this.#tokens.text.slice(this.#tokens.starts[at] ?? 0, this.#tokens.ends[at] ?? 0);
  }

  #string(at: number): string {
    return stringOf(this.#text(at), 0).value;
  }
}
