/** Servers of the public internet, verified against the roots of the platform or of Mozilla, where the crate for it is a dependency. */
import type { Recipe } from "../model.ts";

const OLD = ">=0.20, <0.22";
const NEW = ">=0.22, <0.24";

const native = { package: "rustls-native-certs", direct: true } as const;
const mozilla = { package: "webpki-roots", direct: true } as const;

const empty = "let mut {fresh:roots} = {path:rustls::RootCertStore}::empty();";
const notEmpty = 'assert!(!{fresh:roots}.is_empty(), "no root certificates");';

/** What platforms hold is mixed: a root that rustls cannot use is no reason to trust no other. */
const platform = {
  title: "Verify server certificates against system roots",
  v8: `${empty}
{fresh:roots}.add_parsable_certificates({path:rustls_native_certs::load_native_certs}().certs);
${notEmpty}`,
  v7: `${empty}
let {fresh:system} = {path:rustls_native_certs::load_native_certs}(){try:<std::io::Error>cannot read the system's roots};
{fresh:roots}.add_parsable_certificates({fresh:system});
${notEmpty}`,
  v6: `${empty}
for ca in {path:rustls_native_certs::load_native_certs}(){try:<std::io::Error>cannot read the system's roots} {
    {fresh:roots}.add_parsable_certificates(&[ca.0]);
}
${notEmpty}`,
} as const;

const bundled = {
  title: "Verify server certificates against Mozilla's roots",
  new: `${empty}
{fresh:roots}.extend({path:webpki_roots::TLS_SERVER_ROOTS}.iter().cloned());`,
  v25: `${empty}
for ca in {path:webpki_roots::TLS_SERVER_ROOTS} {
    let {fresh:anchor} = {path:rustls::OwnedTrustAnchor}::from_subject_spki_name_constraints(ca.subject, ca.spki, ca.name_constraints);
    {fresh:roots}.add_trust_anchors([{fresh:anchor}].into_iter());
}`,
  v22: `${empty}
for ca in {path:webpki_roots::TLS_SERVER_ROOTS}.0 {
    let {fresh:anchor} = {path:rustls::OwnedTrustAnchor}::from_subject_spki_name_constraints(ca.subject, ca.spki, ca.name_constraints);
    {fresh:roots}.add_server_trust_anchors([{fresh:anchor}].into_iter());
}`,
} as const;

const byBuilder = {
  trusts: "public-authorities",
  at: "rustls::client::danger::DangerousClientConfigBuilder::with_custom_certificate_verifier",
  versions: NEW,
  gives: { kind: "server-verification", enabled: true },
  edit: { kind: "replace-segment", with: ".with_root_certificates({fresh:roots})", preceding: ["dangerous"] },
} as const;
const byOldBuilder = {
  trusts: "public-authorities",
  at: "rustls::ConfigBuilder<rustls::ClientConfig>::with_custom_certificate_verifier",
  versions: OLD,
  gives: { kind: "server-verification", enabled: true },
  edit: { kind: "replace-segment", with: ".with_root_certificates({fresh:roots})" },
} as const;

export const publicRoots = [
  { ...byBuilder, title: platform.title, requires: [{ ...native, versions: ">=0.8" }], before: platform.v8 },
  { ...byBuilder, title: platform.title, requires: [{ ...native, versions: ">=0.7, <0.8" }], before: platform.v7 },
  { ...byBuilder, title: bundled.title, requires: [{ ...mozilla, versions: ">=0.26" }], before: bundled.new },
  { ...byOldBuilder, title: platform.title, requires: [{ ...native, versions: ">=0.6, <0.7" }], before: platform.v6 },
  {
    ...byOldBuilder,
    versions: ">=0.21.6, <0.22",
    title: bundled.title,
    requires: [{ ...mozilla, versions: ">=0.25, <0.26" }],
    before: bundled.v25,
  },
  { ...byOldBuilder, title: bundled.title, requires: [{ ...mozilla, versions: ">=0.22, <0.23" }], before: bundled.v22 },
] as const satisfies readonly Recipe[];
