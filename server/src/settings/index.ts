/**
 * What is said about TLS outside of Rust's expressions: connection strings, `.env` files, manifests, servers' own settings.
 * Vocabularies are data in `models/`; everything here is text in, observations out, as `analysis/` makes them of code.
 */
export { CONNECTION_WORDS, drivers, mentionsConnection, readConnection } from "./connections.ts";
export { readEnvironment } from "./environment.ts";
export { environmentSettings } from "./environment-settings.ts";

export { askedFeatures, manifestSettings, namesAskedFor } from "./manifest.ts";
export { rocketSettings } from "./rocket.ts";
export { isRumqttd, rumqttdSettings } from "./rumqttd.ts";
export type { Circumstance, Setting } from "./setting.ts";
export { tomlSettings } from "./toml-settings.ts";
export { type TomlNode, tomlTree } from "./toml-tree.ts";
