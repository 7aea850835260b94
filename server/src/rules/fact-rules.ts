/** The rules that judge facts, of code, settings and proxies. Apart from those of certificate files, which few programs need. */
import type { FactKind } from "../tls/facts.ts";
import { acceptAnyClient } from "./accept-any-client.ts";
import { acceptAnyServer } from "./accept-any-server.ts";
import { acceptAnySignature } from "./accept-any-signature.ts";
import { disabledHostnameVerification } from "./disabled-hostname-verification.ts";
import { disabledVerification } from "./disabled-verification.ts";
import { earlyData } from "./early-data.ts";
import { edgeRules } from "./edges/index.ts";
import { emptyCrlList } from "./empty-crl-list.ts";
import { emptyTrustStore } from "./empty-trust-store.ts";
import { failOpen } from "./fail-open.ts";
import { ignoredPeerCertificate } from "./ignored-peer-certificate.ts";
import { ignoredRootError } from "./ignored-root-error.ts";
import { ignoredSetting } from "./ignored-setting.ts";
import { imaginaryClientAuth } from "./imaginary-client-auth.ts";
import { keyLog } from "./key-log.ts";
import { lateOnConnect } from "./late-on-connect.ts";
import { legacyPreset } from "./legacy-preset.ts";
import { loggedPrivateKey } from "./logged-private-key.ts";
import { lowSecurityLevel } from "./low-security-level.ts";
import { settingRules } from "./manifests/index.ts";
import { missingSessionContext } from "./missing-session-context.ts";
import { noClientAuth } from "./no-client-auth.ts";
import { noRevocationCheck } from "./no-revocation-check.ts";
import { obsoleteProtocol } from "./obsolete-protocol.ts";
import { opportunisticTls } from "./opportunistic-tls.ts";
import { optionalClientAuth } from "./optional-client-auth.ts";
import { overriddenVerification } from "./overridden-verification.ts";
import { partialBundle } from "./partial-bundle.ts";
import { partiallyComparedName } from "./partially-compared-name.ts";
import { plaintextListener } from "./plaintext-listener.ts";
import { plaintextUpstream } from "./plaintext-upstream.ts";
import type { AnyCodeRule, AnySettingRule } from "./rule.ts";
import { sharedSessionState } from "./shared-session-state.ts";
import { skippedCheck } from "./skipped-check.ts";
import { staleCrlAccepted } from "./stale-crl-accepted.ts";
import { systemRootsForClients } from "./system-roots-for-clients.ts";
import { tlsCompression } from "./tls-compression.ts";
import { trustedProxyHeader } from "./trusted-proxy-header.ts";
import { unauthorizedClientIdentity } from "./unauthorized-client-identity.ts";
import { uncheckedCrl } from "./unchecked-crl.ts";
import { unenforcedClientCa } from "./unenforced-client-ca.ts";
import { unknownRevocationAllowed } from "./unknown-revocation-allowed.ts";
import { unsafeRenegotiation } from "./unsafe-renegotiation.ts";
import { unusedCa } from "./unused-ca.ts";
import { unusedIdentity } from "./unused-identity.ts";
import { unverifiedDatabaseTls } from "./unverified-database-tls.ts";
import { weakCipher } from "./weak-cipher.ts";
import { worldReadablePrivateKey } from "./world-readable-private-key.ts";
import { wrongStreamType } from "./wrong-stream-type.ts";

export const codeRules: readonly AnyCodeRule[] = [
  acceptAnyClient,
  acceptAnyServer,
  acceptAnySignature,
  disabledHostnameVerification,
  disabledVerification,
  earlyData,
  emptyCrlList,
  emptyTrustStore,
  failOpen,
  ignoredPeerCertificate,
  ignoredRootError,
  ignoredSetting,
  imaginaryClientAuth,
  keyLog,
  lateOnConnect,
  legacyPreset,
  loggedPrivateKey,
  lowSecurityLevel,
  missingSessionContext,
  noClientAuth,
  noRevocationCheck,
  obsoleteProtocol,
  opportunisticTls,
  optionalClientAuth,
  overriddenVerification,
  partialBundle,
  partiallyComparedName,
  plaintextListener,
  plaintextUpstream,
  sharedSessionState,
  skippedCheck,
  staleCrlAccepted,
  systemRootsForClients,
  tlsCompression,
  trustedProxyHeader,
  unauthorizedClientIdentity,
  uncheckedCrl,
  unenforcedClientCa,
  unknownRevocationAllowed,
  unsafeRenegotiation,
  unusedCa,
  unusedIdentity,
  unverifiedDatabaseTls,
  weakCipher,
  worldReadablePrivateKey,
  wrongStreamType,
];

export const factRules: readonly (AnyCodeRule | AnySettingRule)[] = [...codeRules, ...settingRules, ...edgeRules];

/** The rules that judge facts of a kind. */
export const rulesFor = (kind: FactKind): readonly (AnyCodeRule | AnySettingRule)[] =>
  factRules.filter((rule) => rule.observes === kind || rule.alsoObserves?.includes(kind));
