/** TOML in the shape of YAML, for products that take both: what reads their YAML reads this, too, and edits know it by its maps and strings. */
import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import type { Span } from "../../base/span.ts";
import { type TomlNode, tomlTree } from "../../settings/index.ts";
import type { YamlValue } from "./documents.ts";

export class TomlMap extends YAMLMap {
  readonly isInline: boolean;

  constructor(isInline: boolean) {
    super();
    this.isInline = isInline;
  }
}

export class TomlString extends Scalar<string> {}

/** None of a text that is no TOML. */
export function tomlDocuments(text: string): readonly YamlValue[] {
  const read = tomlTree(text);
  return read.ok ? [{ node: nodeOf(read.value), resolve: () => undefined }] : [];
}

/** Why a text is not read; undefined where it is. */
export function unreadableToml(text: string): string | undefined {
  const read = tomlTree(text);
  return read.ok ? undefined : `it is not valid TOML: ${read.error.message}`;
}

function nodeOf(read: TomlNode): Node {
  const node = bare(read);
  node.range = rangeOf(read.span);
  return node;
}

const rangeOf = ({ start, end }: Span): [number, number, number] => [start, end, end];

function bare(read: TomlNode): Node {
  switch (read.kind) {
    case "table": {
      const map = new TomlMap(read.isInline);
      for (const { key, keySpan, value } of read.entries) {
        const name = new Scalar(key);
        name.range = rangeOf(keySpan);
        map.items.push(new Pair<unknown, unknown>(name, nodeOf(value)));
      }
      return map;
    }
    case "array": {
      const list = new YAMLSeq();
      list.items.push(...read.items.map(nodeOf));
      return list;
    }
    case "string":
      return new TomlString(read.text);
    case "other": {
      const scalar = new Scalar<unknown>(undefined);
      scalar.source = read.text;
      return scalar;
    }
  }
}
