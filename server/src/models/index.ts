/** All library models, by crate name, and the names that make a file worth reading. One file a crate: data, no functions. */
import { actixTls } from "./actix-tls.ts";
import { actixWeb } from "./actix-web.ts";
import { awc } from "./awc.ts";
import { axumServer } from "./axum-server.ts";
import { curl } from "./curl.ts";
import { imaginaryActixWebNativeTls, imaginaryNativeTls } from "./imaginary-native-tls.ts";
import type { CrateModel } from "./model.ts";
import { nativeTls } from "./native-tls.ts";
import { openssl } from "./openssl/index.ts";
import { reqwest } from "./reqwest.ts";
import { rustls } from "./rustls/index.ts";
import { rustlsNativeCerts } from "./rustls-native-certs.ts";
import { rustlsPemfile } from "./rustls-pemfile.ts";
import { rustlsPkiTypes } from "./rustls-pki-types.ts";
import { rustlsPlatformVerifier } from "./rustls-platform-verifier.ts";
import { tokioNativeTls } from "./tokio-native-tls.ts";
import { tokioOpenssl } from "./tokio-openssl.ts";
import { tokioRustls } from "./tokio-rustls.ts";
import { tonic } from "./tonic.ts";
import { ureq } from "./ureq.ts";
import { webpkiRoots } from "./webpki-roots.ts";

export const models: readonly CrateModel[] = [
  actixTls,
  actixWeb,
  imaginaryActixWebNativeTls,
  awc,
  axumServer,
  curl,
  nativeTls,
  imaginaryNativeTls,
  openssl,
  reqwest,
  rustls,
  rustlsNativeCerts,
  rustlsPemfile,
  rustlsPkiTypes,
  rustlsPlatformVerifier,
  tokioNativeTls,
  tokioOpenssl,
  tokioRustls,
  tonic,
  ureq,
  webpkiRoots,
];

/**
 * Names one of which a file must mention before there is anything to read in it: crates, and types, traits and calls whose
 * names are of more than one word (`HttpServer`, `set_verify`), because single words (`Client`, `bind`) prove nothing.
 */
export const triggers: readonly string[] = [
  ...new Set(
    models.flatMap((model) => [
      model.crate,
      ...Object.keys(model.aliases ?? {}).map((path) => path.split("::")[0] ?? path),
      ...Object.keys(model.types).map(lastName).filter(hasTwoWords),
      ...(model.verifierTraits ?? []).map(({ path }) => lastName(path)),
      ...Object.keys(model.values ?? {})
        .map(ownerName)
        .filter(hasTwoWords),
      ...model.calls
        .filter(({ effects, readsPeerIdentity, imaginary }) => effects !== undefined || readsPeerIdentity || imaginary)
        .map(({ path }) => lastName(path))
        .filter((name) => name.length >= 10 && hasTwoWords(name)),
    ]),
  ),
].sort();

function lastName(path: string): string {
  return /[^:.<>]+$/.exec(path.replace(/<[^>]*>/g, ""))?.[0] ?? path;
}

/** The type that a constant or variant belongs to. */
function ownerName(path: string): string {
  return path.split("::").at(-2) ?? path;
}

function hasTwoWords(name: string): boolean {
  return /_|[a-z0-9][A-Z]/.test(name);
}
