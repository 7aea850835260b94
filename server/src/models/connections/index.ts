/** All vocabularies of connection strings. */
import { mongodb, mysql, postgres, redis, sqlServer } from "./databases.ts";
import { amqp, ftp, ldap, mqtt, nats, smtp, webSocket } from "./messages.ts";
import type { ConnectionModel } from "./model.ts";

export type { ConnectionModel, SchemeModel, SwitchModel, ValueModel } from "./model.ts";

export const connections: readonly ConnectionModel[] = [
  amqp,
  ftp,
  ldap,
  mongodb,
  mqtt,
  mysql,
  nats,
  postgres,
  redis,
  smtp,
  sqlServer,
  webSocket,
];
