/** Links, definitions and references: from a path in code or settings to the certificate file, and from there to all code that reads it. */
import type { DefinitionParams, DocumentLink, DocumentLinkParams, Location, LocationLink, ReferenceParams } from "vscode-languageserver";
import { aboutDocument } from "./about-document.ts";
import { rangeOf } from "./positions.ts";
import { locationsOf, type Session } from "./session.ts";

const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export function offerLinks(session: Session): void {
  const { abilities, connection, documents, service } = session;
  connection.onDocumentLinks(
    aboutDocument<DocumentLinkParams, DocumentLink[]>(session, "textDocument/documentLink", async ({ path, lines }) => {
      const links = await service.navigation.links(path);
      return links.map(({ span, target }) => ({ range: rangeOf(lines, span, abilities.unit), target: documents.uri(target) }));
    }),
  );
  connection.onDefinition(
    aboutDocument<DefinitionParams, LocationLink[] | Location[]>(
      session,
      "textDocument/definition",
      async ({ path, lines }, { position }) => {
        const link = await service.navigation.linkAt(path, lines.offset(position, abilities.unit));
        if (link === undefined) return undefined;
        const uri = documents.uri(link.target);
        if (!abilities.definitionLinks) return [{ uri, range: TOP }];
        const originSelectionRange = rangeOf(lines, link.span, abilities.unit);
        return [{ targetUri: uri, targetRange: TOP, targetSelectionRange: TOP, originSelectionRange }];
      },
    ),
  );
  connection.onReferences(
    aboutDocument<ReferenceParams, Location[]>(session, "textDocument/references", async ({ path, lines }, { position }, signal) => {
      const at = lines.offset(position, abilities.unit);
      const link = await service.navigation.linkAt(path, at);
      const { navigation } = service;
      return locationsOf(
        session,
        link === undefined ? await navigation.uses(path, at, signal) : await navigation.uses(link.target, undefined, signal),
      );
    }),
  );
}
