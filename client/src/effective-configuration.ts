/** The settings that hold for a file as a text to read: TOML, and behind each value what sets it. */

/** As the server answers (`server/src/lsp/effective-configuration.ts`). */
export interface EffectiveConfiguration {
  readonly excluded: boolean;
  readonly lines: readonly {
    readonly toml: string;
    readonly from?: readonly { readonly uri?: string; readonly line?: number }[];
  }[];
}

/** `file`: whose settings they are. `shown`: how a file is called. */
export function configurationText({ excluded, lines }: EffectiveConfiguration, file: string, shown: (uri: string) => string): string {
  const head = [`# effective settings for \`${file}\`, and where each is set`, ...(excluded ? [`# \`${file}\` is excluded`] : []), ""];
  const body = lines.map(({ toml, from }) => {
    if (from === undefined) return `\n${toml}`;
    const places = from.map(({ uri, line }) =>
      uri === undefined ? "editor settings" : `${shown(uri)}${line === undefined ? "" : `:${line}`}`,
    );
    return `${toml} # ${places.length === 0 ? "default" : places.join(", ")}`;
  });
  return `${[...head, ...body].join("\n")}\n`;
}
