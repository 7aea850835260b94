/** `tlslint/inspect`: the objects of a certificate file as a text to read, for a document beside the file. */
import { RequestType } from "vscode-languageserver";
import { visible } from "../base/visible.ts";
import type { Finding, InspectionEntry } from "../service/api.ts";
import type { Session } from "./session.ts";

export interface InspectParameters {
  readonly uri: string;
  /** Of a PKCS#12 file. */
  readonly password?: string;
}
const InspectRequest = new RequestType<InspectParameters, { readonly text: string } | null, void>("tlslint/inspect");

export function offerInspection({ connection, documents, reports, runSafe, service }: Session): void {
  connection.onRequest(
    InspectRequest,
    runSafe.request<InspectParameters, { readonly text: string } | null>(
      InspectRequest.method,
      async ({ uri, password }, signal) => {
        await reports.ready();
        const { entries, findings, notAnalysed } = await service.inspect(documents.path(uri), signal, password);
        const parts = entries.map(paragraph);
        if (notAnalysed !== undefined) parts.push(`not analysed: ${visible(notAnalysed)}`);
        if (parts.length === 0) parts.push("there is nothing in this file that could be shown");
        if (findings.length > 0) parts.push(findings.map(findingLines).join("\n"));
        return { text: `${parts.join("\n\n")}\n` };
      },
      null,
    ),
  );
}

const findingLines = ({ severity, rule, message, help, notes }: Finding): string =>
  [`${severity}[${rule}]: ${message}`, `  help: ${help}`, ...notes.map((it) => `  note: ${it}`)].map(visible).join("\n");

function paragraph({ title, fields }: InspectionEntry): string {
  const width = Math.max(0, ...fields.map(({ label }) => label.length));
  return [visible(title), ...fields.map(({ label, value }) => `  ${visible(label).padEnd(width)}  ${visible(value)}`)].join("\n");
}
