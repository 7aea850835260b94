/** The rules over manifests and other settings, sorted by id. */
import type { AnySettingRule } from "../rule.ts";
import { insecureFeature } from "./insecure-feature.ts";
import { outdatedTlsCrate } from "./outdated-tls-crate.ts";

export const settingRules: readonly AnySettingRule[] = [insecureFeature, outdatedTlsCrate];
