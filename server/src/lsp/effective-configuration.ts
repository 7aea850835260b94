/** `tlslint/configuration`: the settings that hold for a file, each with the places that say it. */
import { RequestType } from "vscode-languageserver";
import type { ConfigurationLine } from "../service/api.ts";
import type { Session } from "./session.ts";

interface EffectiveConfiguration {
  readonly excluded: boolean;
  readonly lines: readonly {
    readonly toml: string;
    /** Empty: the default. Without a `uri` the editor's settings say it. */
    readonly from?: readonly { readonly uri?: string; readonly line?: number }[];
  }[];
}
const ConfigurationRequest = new RequestType<{ readonly uri: string }, EffectiveConfiguration | null, void>("tlslint/configuration");

export function offerConfiguration({ connection, documents, reports, runSafe, service }: Session): void {
  const located = ({ toml, from }: ConfigurationLine): EffectiveConfiguration["lines"][number] => ({
    toml,
    ...(from && { from: from.map(({ file, ...line }) => ({ ...line, ...(file !== undefined && { uri: documents.uri(file) }) })) }),
  });
  connection.onRequest(
    ConfigurationRequest,
    runSafe.request<{ readonly uri: string }, EffectiveConfiguration | null>(
      ConfigurationRequest.method,
      async ({ uri }) => {
        await reports.ready();
        const { lines, excluded } = await service.configurationOf(documents.path(uri));
        return { excluded, lines: lines.map(located) };
      },
      null,
    ),
  );
}
