/** All library models, by crate name. One file a crate: data, no functions. */
import { acmeLib } from "./acme-lib.ts";
import { actixServer } from "./actix-server.ts";
import { actixTls } from "./actix-tls.ts";
import { actixWeb } from "./actix-web.ts";
import { amqprs } from "./amqprs.ts";
import { asyncNativeTls } from "./async-native-tls.ts";
import { asyncNats } from "./async-nats.ts";
import { attohttpc } from "./attohttpc.ts";
import { awc } from "./awc.ts";
import { awsLcRs } from "./aws-lc-rs.ts";
import { axum } from "./axum.ts";
import { axumServer } from "./axum-server.ts";
import { bb8Postgres } from "./bb8-postgres.ts";
import { bb8Redis } from "./bb8-redis.ts";
import { bitcoincoreRpc } from "./bitcoincore-rpc.ts";
import { clickhouse } from "./clickhouse.ts";
import { curl } from "./curl.ts";
import { deadpoolPostgres } from "./deadpool-postgres.ts";
import { deadpoolRedis } from "./deadpool-redis.ts";
import { diesel } from "./diesel.ts";
import { dieselAsync } from "./diesel-async.ts";
import { elasticsearch } from "./elasticsearch.ts";
import { embeddedTls } from "./embedded-tls.ts";
import { boringFork } from "./forks.ts";
import { fred } from "./fred.ts";
import { git2 } from "./git2.ts";
import { hickoryResolver } from "./hickory-resolver.ts";
import { http } from "./http.ts";
import { hyper } from "./hyper.ts";
import { hyperOpenssl } from "./hyper-openssl.ts";
import { hyperRustls } from "./hyper-rustls.ts";
import { hyperTls } from "./hyper-tls.ts";
import { imaginaryActixWebNativeTls, imaginaryNativeTls } from "./imaginary-native-tls.ts";
import { imap } from "./imap.ts";
import { influxdb } from "./influxdb.ts";
import { influxdb2 } from "./influxdb2.ts";
import { instantAcme } from "./instant-acme.ts";
import { irc } from "./irc.ts";
import { isahc } from "./isahc.ts";
import { kube } from "./kube.ts";
import { lapin } from "./lapin.ts";
import { ldap3 } from "./ldap3.ts";
import { lettre } from "./lettre.ts";
import { mailSend } from "./mail-send.ts";
import { meilisearchSdk } from "./meilisearch-sdk.ts";
import type { CrateModel } from "./model.ts";
import { mongodb } from "./mongodb.ts";
import { mosquittoRs } from "./mosquitto-rs.ts";
import { mysql } from "./mysql.ts";
import { mysqlAsync } from "./mysql-async.ts";
import { nativeTls } from "./native-tls.ts";
import { nats } from "./nats.ts";
import { neo4rs } from "./neo4rs.ts";
import { ntex } from "./ntex.ts";
import { objectStore } from "./object-store.ts";
import { openssl } from "./openssl/index.ts";
import { pahoMqtt } from "./paho-mqtt.ts";
import { pingoraCore } from "./pingora-core.ts";
import { pingoraProxy } from "./pingora-proxy.ts";
import { pkcs8 } from "./pkcs8.ts";
import { poem } from "./poem.ts";
import { postgres } from "./postgres.ts";
import { postgresNativeTls } from "./postgres-native-tls.ts";
import { postgresOpenssl } from "./postgres-openssl.ts";
import { quinn } from "./quinn.ts";
import { r2d2Postgres } from "./r2d2-postgres.ts";
import { rcgen } from "./rcgen.ts";
import { rdkafka } from "./rdkafka.ts";
import { redis } from "./redis.ts";
import { reqwest } from "./reqwest.ts";
import { ring } from "./ring.ts";
import { rocket } from "./rocket.ts";
import { rumqttc } from "./rumqttc.ts";
import { rumqttd } from "./rumqttd.ts";
import { rustls } from "./rustls/index.ts";
import { rustlsNativeCerts } from "./rustls-native-certs.ts";
import { rustlsPemfile } from "./rustls-pemfile.ts";
import { rustlsPkiTypes } from "./rustls-pki-types.ts";
import { rustlsPlatformVerifier } from "./rustls-platform-verifier.ts";
import { s2nTls } from "./s2n-tls.ts";
import { s2nTlsTokio } from "./s2n-tls-tokio.ts";
import { salvo } from "./salvo.ts";
import { schannel } from "./schannel.ts";
import { scylla } from "./scylla.ts";
import { seaOrm } from "./sea-orm.ts";
import { securityFramework } from "./security-framework.ts";
import { sentry } from "./sentry.ts";
import { sqlx } from "./sqlx.ts";
import { suppaftp } from "./suppaftp.ts";
import { surf } from "./surf.ts";
import { tiberius } from "./tiberius.ts";
import { tideRustls } from "./tide-rustls.ts";
import { tokioNativeTls } from "./tokio-native-tls.ts";
import { tokioOpenssl } from "./tokio-openssl.ts";
import { tokioPostgres } from "./tokio-postgres.ts";
import { tokioRustls } from "./tokio-rustls.ts";
import { tokioTungstenite } from "./tokio-tungstenite.ts";
import { tonic } from "./tonic.ts";
import { tungstenite } from "./tungstenite.ts";
import { ureq } from "./ureq.ts";
import { vaultrs } from "./vaultrs.ts";
import { warp } from "./warp.ts";
import { webpkiRoots } from "./webpki-roots.ts";

export const models: readonly CrateModel[] = [
  acmeLib,
  actixServer,
  actixTls,
  actixWeb,
  imaginaryActixWebNativeTls,
  amqprs,
  asyncNativeTls,
  asyncNats,
  attohttpc,
  awc,
  awsLcRs,
  axum,
  axumServer,
  bb8Postgres,
  bb8Redis,
  bitcoincoreRpc,
  boringFork,
  clickhouse,
  curl,
  deadpoolPostgres,
  deadpoolRedis,
  diesel,
  dieselAsync,
  elasticsearch,
  embeddedTls,
  fred,
  git2,
  hickoryResolver,
  http,
  hyper,
  hyperOpenssl,
  hyperRustls,
  hyperTls,
  imap,
  influxdb,
  influxdb2,
  instantAcme,
  irc,
  isahc,
  kube,
  lapin,
  ldap3,
  lettre,
  mailSend,
  meilisearchSdk,
  mongodb,
  mosquittoRs,
  mysql,
  mysqlAsync,
  nativeTls,
  imaginaryNativeTls,
  nats,
  neo4rs,
  ntex,
  objectStore,
  openssl,
  pahoMqtt,
  pingoraCore,
  pingoraProxy,
  pkcs8,
  poem,
  postgres,
  postgresNativeTls,
  postgresOpenssl,
  quinn,
  r2d2Postgres,
  rcgen,
  rdkafka,
  redis,
  reqwest,
  ring,
  rocket,
  rumqttc,
  rumqttd,
  rustls,
  rustlsNativeCerts,
  rustlsPemfile,
  rustlsPkiTypes,
  rustlsPlatformVerifier,
  s2nTls,
  s2nTlsTokio,
  salvo,
  schannel,
  scylla,
  seaOrm,
  securityFramework,
  sentry,
  sqlx,
  suppaftp,
  surf,
  tiberius,
  tideRustls,
  tokioNativeTls,
  tokioOpenssl,
  tokioPostgres,
  tokioRustls,
  tokioTungstenite,
  tonic,
  tungstenite,
  ureq,
  vaultrs,
  warp,
  webpkiRoots,
];
