/** Links, definitions and references: from a path in code or settings to the certificate file, and from there to all code that reads it. */
import type { DefinitionParams, DocumentLink, DocumentLinkParams, Location, LocationLink, ReferenceParams } from "vscode-languageserver";
import { rangeOf } from "./positions.ts";
import { locationsOf, type Session } from "./session.ts";

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function offerLinks(session: Session): void {
  const { abilities, connection, documents, reports, runSafe, service } = session;
  connection.onDocumentLinks(
    runSafe.request<DocumentLinkParams, DocumentLink[] | null>(
      "textDocument/documentLink",
      async ({ textDocument }) => {
        await reports.ready();
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const links = await service.navigation.links(document.path);
        return links.map(({ span, target }) => ({ range: rangeOf(document.lines, span, abilities.unit), target: documents.uri(target) }));
      },
      null,
    ),
  );
  connection.onDefinition(
    runSafe.request<DefinitionParams, LocationLink[] | Location[] | null>(
      "textDocument/definition",
      async ({ textDocument, position }) => {
        await reports.ready();
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const link = await service.navigation.linkAt(document.path, document.lines.offset(position, abilities.unit));
        if (link === undefined) return null;
        const uri = documents.uri(link.target);
        if (!abilities.definitionLinks) return [{ uri, range: TOP }];
        const originSelectionRange = rangeOf(document.lines, link.span, abilities.unit);
        return [{ targetUri: uri, targetRange: TOP, targetSelectionRange: TOP, originSelectionRange }];
      },
      null,
    ),
  );
  connection.onReferences(
    runSafe.request<ReferenceParams, Location[] | null>(
      "textDocument/references",
      async ({ textDocument, position }, signal) => {
        await reports.ready();
        const document = documents.get(textDocument.uri);
        if (!document) return null;
        const link = await service.navigation.linkAt(document.path, document.lines.offset(position, abilities.unit));
        return locationsOf(session, await service.navigation.uses(link?.target ?? document.path, signal));
      },
      null,
    ),
  );
}
