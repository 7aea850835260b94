/** The rules over configurations of proxies and deployments, sorted by id. */
import type { AnySettingRule } from "../rule.ts";
import { bypassableProxy } from "./bypassable-proxy.ts";
import { spoofableIdentityHeader } from "./spoofable-identity-header.ts";
import { unverifiedForwardedIdentity } from "./unverified-forwarded-identity.ts";

export const edgeRules: readonly AnySettingRule[] = [bypassableProxy, spoofableIdentityHeader, unverifiedForwardedIdentity];
