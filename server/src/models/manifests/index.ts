/** What manifests say about TLS: features, versions with known faults, and features that servers' settings need. */
import type { NeededFeature } from "./model.ts";

export { advisories } from "./advisories.ts";
export { features, featureVersions } from "./features.ts";
export type { Advisory, NeededFeature } from "./model.ts";

/** Rocket's config/tls.rs: `#[cfg(feature = "mtls")]` on the field, so that the table is passed over without it. */
export const rocketMtls: NeededFeature = { package: "rocket", versions: ">=0.5, <0.6", feature: "mtls" };
/** rumqttd's server/tls.rs: "CA cert will be ignored and no client authentication is done"; before 0.19 it demanded certificates always. */
export const rumqttdVerify: NeededFeature = { package: "rumqttd", versions: ">=0.19, <0.21", feature: "verify-client-cert" };
