/** Hover: the certificate in a PEM block or behind a path, the rule behind a call, as the service tells it. */
import { type Hover, type HoverParams, MarkupKind } from "vscode-languageserver";
import { aboutDocument } from "./about-document.ts";
import { rangeOf } from "./positions.ts";
import type { Session } from "./session.ts";

export function offerHover(session: Session): void {
  const { abilities, connection, service } = session;
  connection.onHover(
    aboutDocument<HoverParams, Hover>(session, "textDocument/hover", async ({ path, lines }, { position }, signal) => {
      const hover = await service.hover(path, lines.offset(position, abilities.unit), signal);
      return (
        hover && {
          contents: { kind: abilities.markdownHover ? MarkupKind.Markdown : MarkupKind.PlainText, value: hover.markdown },
          range: rangeOf(lines, hover.span, abilities.unit),
        }
      );
    }),
  );
}
