/** Brokers, mail, directories and sockets: addresses whose scheme decides whether there is TLS. */
import type { ConnectionModel } from "./model.ts";

export const amqp = {
  name: "AMQP",
  schemes: [
    { scheme: "amqp", plaintext: {}, better: "amqps", port: 5672 },
    { scheme: "amqps", tls: true, port: 5671 },
  ],
} as const satisfies ConnectionModel;

export const mqtt = {
  name: "MQTT",
  schemes: [
    { scheme: "mqtt", plaintext: {}, better: "mqtts", port: 1883 },
    { scheme: "mqtts", tls: true, port: 8883 },
  ],
} as const satisfies ConnectionModel;

export const nats = {
  name: "NATS",
  schemes: [{ scheme: "nats", plaintext: {}, better: "tls" }],
} as const satisfies ConnectionModel;

export const ldap = {
  name: "LDAP",
  schemes: [
    { scheme: "ldap", plaintext: {}, better: "ldaps", port: 389 },
    { scheme: "ldaps", tls: true, port: 636 },
  ],
} as const satisfies ConnectionModel;

/** lettre's connection_url.rs: `smtp` without `tls` is in the clear, with it STARTTLS; `smtps` is TLS from the first byte. */
export const smtp = {
  name: "SMTP",
  schemes: [
    { scheme: "smtp", plaintext: { unless: ["tls"] }, better: "smtps" },
    { scheme: "smtps", tls: true },
  ],
  switches: [{ keys: ["tls"], values: [{ is: ["opportunistic"], states: { kind: "upgrade", demand: "optional" }, better: "required" }] }],
} as const satisfies ConnectionModel;

export const ftp = {
  name: "FTP",
  schemes: [{ scheme: "ftp", plaintext: {}, onlyWithPassword: true }],
} as const satisfies ConnectionModel;

export const webSocket = {
  name: "WebSocket",
  schemes: [
    { scheme: "ws", plaintext: {}, better: "wss" },
    { scheme: "wss", tls: true },
  ],
} as const satisfies ConnectionModel;
