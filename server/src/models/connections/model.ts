/** What connection strings can say: schemes, switches and their values, as data that `settings/` applies to texts. */
import type { Fact } from "../../tls/facts.ts";

/** One family of connection strings: what one server is reached by. */
export interface ConnectionModel {
  /** As people call the server. */
  readonly name: string;
  /** Schemes of its addresses, lower case. */
  readonly schemes: readonly SchemeModel[];
  readonly switches?: readonly SwitchModel[];
  /** The calls that take one, by their last two names: what is given to them is used. */
  readonly clients?: readonly string[];
  /** What holds when an address has none of these keys. The first whose drivers are there counts. */
  readonly silences?: readonly SilenceModel[];
  /** `keyword=value` strings without a scheme: the separator, and keys one of which shows the form. */
  readonly pairs?: { readonly separator: " " | ";"; readonly hosts: readonly string[]; readonly passwords: readonly string[] };
}

export interface SchemeModel {
  readonly scheme: string;
  /** TLS from the first byte, whatever the rest says. */
  readonly tls?: true;
  /** The scheme that says the same with TLS. */
  readonly better?: string;
  /** Its registered one, which is another than that of the scheme with TLS (IANA, service names and port numbers). */
  readonly port?: number;
  /** In the clear unless a switch says otherwise; `unless`: keys that say so. */
  readonly plaintext?: { readonly unless?: readonly string[] };
  /** Nothing of value passes without a password. */
  readonly onlyWithPassword?: true;
}

export interface SwitchModel {
  /** Lower case. */
  readonly keys: readonly string[];
  /** The keys mean nothing else, wherever they stand: a piece of an address shows them, too. */
  readonly unmistakable?: true;
  /** Environment variables that say the same. */
  readonly variables?: readonly string[];
  /** Packages that read it so; absent: for any other, and where it is not known who reads it. */
  readonly drivers?: readonly string[];
  readonly values: readonly ValueModel[];
  /** Where these words are read: `#word`. */
  readonly place?: "fragment";
}

export interface ValueModel {
  /** Lower case. */
  readonly is: readonly string[];
  readonly states: Fact;
  /** With one of these keys beside it, it means something else, which is not judged. */
  readonly unless?: readonly string[];
  /** The value that we would rather see; an empty one removes the switch. */
  readonly better?: string;
}

export interface SilenceModel {
  readonly drivers: readonly string[];
  readonly keys: readonly string[];
  readonly states: Fact;
}
