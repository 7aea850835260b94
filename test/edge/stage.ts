/** What stands around a proxy under test: services on loopback that tell what they were told, clients that knock, and the fixes of a text. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer as createHttp, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createHttps, request } from "node:https";
import type { Server } from "node:net";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { createLintService } from "../../server/src/service/index.ts";
import { memoryHost } from "../harness/memory-host.ts";
import { freePort } from "../harness/nginx.ts";
import { writeIdentities } from "../proof/identities.ts";

/** What a client shows and sends. */
export interface Knock {
  readonly shows?: string;
  readonly sends?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** The subject that the service was told, `200` where it was told nothing, another status where nobody got through, `refused` by the handshake. */
export type Answer = string;

export interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  /** Lines of the server beside its address and certificate. */
  readonly server: string;
  readonly knocks: readonly { readonly knock: Knock; readonly before: Answer; readonly after: Answer }[];
}

export const HEADER = "X-SSL-Client-S-DN";
export const FORGED = { [HEADER]: "CN=admin" };

export interface Stage {
  readonly identities: string;
  readonly ports: {
    readonly edge: number;
    readonly back: number;
    readonly known: number;
    readonly stranger: number;
    readonly misnamed: number;
  };
  knock(knock: Knock): Promise<Answer>;
}

const tells = (message: IncomingMessage, response: ServerResponse): void => {
  const told = message.headers[HEADER.toLowerCase()];
  response.end(typeof told === "string" ? told : "");
};

/** `known`, `stranger` and `misnamed` speak TLS: with a certificate of the CA, of another one, and for another name. */
export async function stageIn(context: TestContext, folder: string): Promise<Stage> {
  const identities = join(folder, "identities");
  mkdirSync(identities);
  writeIdentities(identities);
  const file = (name: string): string => readFileSync(join(identities, name), "utf8");
  const own = (name: string) => ({ cert: file(`${name}.pem`), key: file(`${name}.key`) });
  const ports = {
    edge: await freePort(),
    back: await freePort(),
    known: await freePort(),
    stranger: await freePort(),
    misnamed: await freePort(),
  };
  await listening(context, createHttp(tells), ports.back);
  await listening(context, createHttps(own("server"), tells), ports.known);
  await listening(context, createHttps(own("server/unknown-ca"), tells), ports.stranger);
  await listening(context, createHttps(own("server/wrong-name"), tells), ports.misnamed);
  const knock = ({ shows, sends = {}, path = "/" }: Knock): Promise<Answer> =>
    new Promise((resolve) => {
      const options = { port: ports.edge, host: "localhost", path, headers: sends, ca: file("server-ca.pem"), agent: false } as const;
      const asked = request({ ...options, ...(shows === undefined ? {} : own(shows)) }, (response) => {
        response.setEncoding("utf8");
        let told = "";
        response.on("data", (data: string) => {
          told += data;
        });
        response.on("end", () => resolve(response.statusCode === 200 && told !== "" ? told : `${response.statusCode}`));
      });
      asked.once("error", () => resolve("refused"));
      asked.end();
    });
  return { identities, ports, knock };
}

/** The rules that speak of a text, and the text that all fixes make of it. */
export async function fixed(path: string, text: string): Promise<{ readonly found: readonly string[]; readonly after: string }> {
  const service = await createLintService(memoryHost({ [path]: text }), { roots: ["/project"] });
  const { findings, gaps } = await service.lint(path);
  assert.deepEqual(gaps, []);
  const { groups, left } = await service.planFixes([path], { allowed: "review" });
  service.dispose();
  assert.deepEqual(
    left.flatMap((it) => it.findings.map(({ rule }) => rule)),
    [],
  );
  return { found: findings.map(({ rule }) => rule), after: groups.flat()[0]?.after ?? text };
}

async function listening(context: TestContext, server: Server, port: number): Promise<void> {
  context.after(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
}
