/** Hover: the certificate in a PEM block or behind a path, the rule behind a call, as the service tells it. */
import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { rangeOf } from "./positions.ts";
import type { Session } from "./session.ts";

export function offerHover({ abilities, connection, documents, reports, runSafe, service }: Session): void {
  connection.onHover(
    runSafe.request<HoverParams, Hover | null>(
      "textDocument/hover",
      async ({ textDocument, position }, signal) => {
        await reports.ready();
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const hover = await service.hover(document.path, document.lines.offset(position, abilities.unit), signal);
        if (!hover || documents.get(textDocument.uri) !== document) return null;
        return {
          contents: { kind: abilities.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value: hover.markdown },
          range: rangeOf(document.lines, hover.span, abilities.unit),
        };
      },
      null,
    ),
  );
}
