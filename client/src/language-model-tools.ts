/** What language models may ask of the server: it reads, and changes nothing, so that nobody is asked for leave. */
import { type Disposable, Disposable as Disposables, LanguageModelTextPart, LanguageModelToolResult, lm } from "vscode";
import type { ServerProcess } from "./server-process.ts";

/** As the manifest describes them, with what is said while one runs. */
const TOOLS = {
  explain_tls_finding: "Explaining a TLS finding",
  check_rust_snippet: "Checking Rust code for TLS mistakes",
  inspect_certificate: "Inspecting a certificate file",
} as const;

export function registerTools(server: ServerProcess): Disposable {
  // Editors that are built of VS Code may have left it out.
  if (lm === undefined || !("registerTool" in lm)) return Disposables.from();
  return Disposables.from(
    ...Object.entries(TOOLS).map(([name, invocationMessage]) =>
      lm.registerTool<object>(name, {
        prepareInvocation: () => ({ invocationMessage }),
        async invoke({ input }, token) {
          const text = await server.askTool(name, input, token);
          if (text === undefined) throw new Error("the tlslint server is not running");
          return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
        },
      }),
    ),
  );
}
