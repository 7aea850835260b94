//! Reads cases on standard input, one a line with fields separated by tabs, and prints what each rustls-webpki says:
//!
//!     id  server|client  host or -  seconds since 1970  leaf  intermediates  anchors
//!     chain|leaf,deny|allow,ignore|refuse  revocation lists  key or nothing
//!
//! All in one line. Certificates and revocation lists are hexadecimal DER, several of them are separated by commas,
//! and each has a dot before it. The policy:
//! how deep revocation is checked, what an unknown status is, and what an expired list. One line a verdict:
//!
//!     id  stack  accepted | refused  kind
//!
//! A panic of the library is a verdict, too. With the argument `handshakes` rustls itself is asked: the key is the leaf's,
//! in PKCS#8, and the first line is the certificate and the key of a peer that has nothing wrong. With the argument `keys`
//! it is asked to load private keys, with `pem` to read PEM files; a line is then what `keys.rs` or `pem.rs` says.
mod handshake;
mod handshake_021;
mod keys;
mod pem;

use std::io::{BufRead, Write};
use std::panic::{catch_unwind, AssertUnwindSafe};

struct Case {
    server: bool,
    host: Option<String>,
    time: u64,
    leaf: Vec<u8>,
    intermediates: Vec<Vec<u8>>,
    anchors: Vec<Vec<u8>>,
    leaf_only: bool,
    unknown_allowed: bool,
    expired_refused: bool,
    lists: Vec<Vec<u8>>,
    key: Vec<u8>,
}

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    let mut lines = std::io::stdin().lock().lines().map(|line| line.expect("standard input is readable"));
    if std::env::args().any(|it| it == "keys") {
        return keys::run(lines, &mut out);
    }
    if std::env::args().any(|it| it == "pem") {
        return pem::run(lines, &mut out);
    }
    let handshakes = std::env::args().any(|it| it == "handshakes");
    type Stack = Box<dyn Fn(&Case) -> Result<(), String>>;
    let stacks: Vec<(&str, Stack)> = if handshakes {
        let first = lines.next().expect("a peer");
        let (certificate, key) = first.split_once('\t').expect("its certificate and its key");
        let peer = std::rc::Rc::new(handshake::Peer { certificate: bytes(certificate), key: bytes(key) });
        let (zero, one, two, three) = (peer.clone(), peer.clone(), peer.clone(), peer);
        vec![
            ("rustls@0.21 ring", Box::new(move |case| handshake_021::run(case, &zero))),
            ("rustls@0.22 ring", Box::new(move |case| handshake::series_022::run(case, &one, rustls_0_22::crypto::ring::default_provider()))),
            ("rustls@0.23 ring", Box::new(move |case| handshake::series_023::run(case, &two, rustls_0_23::crypto::ring::default_provider()))),
            (
                "rustls@0.23 aws-lc-rs",
                Box::new(move |case| handshake::series_023::run(case, &three, rustls_0_23::crypto::aws_lc_rs::default_provider())),
            ),
        ]
    } else {
        vec![
            ("rustls-webpki@0.101 ring", Box::new(series_101)),
            ("rustls-webpki@0.102 ring", Box::new(series_102)),
            ("rustls-webpki@0.103 ring", Box::new(series_103_ring)),
            ("rustls-webpki@0.103 aws-lc-rs", Box::new(series_103_aws)),
            ("rustls-webpki@0.104 ring", Box::new(series_104_ring)),
        ]
    };
    for line in lines {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, role, host, time, leaf, intermediates, anchors, policy, lists, key] = fields[..] else {
            panic!("a case has ten fields");
        };
        let case = Case {
            server: role == "server",
            host: (host != "-").then(|| host.to_string()),
            time: time.parse().expect("a time in seconds"),
            leaf: bytes(leaf),
            intermediates: list(intermediates),
            anchors: list(anchors),
            leaf_only: policy.contains("leaf"),
            unknown_allowed: policy.contains("allow"),
            expired_refused: policy.contains("refuse"),
            lists: list(lists),
            key: bytes(key),
        };
        for (name, verify) in &stacks {
            let verdict = match catch_unwind(AssertUnwindSafe(|| verify(&case))) {
                Ok(Ok(())) => "accepted\t".to_string(),
                Ok(Err(kind)) => format!("refused\t{kind}"),
                Err(_) => "refused\tpanic".to_string(),
            };
            writeln!(out, "{id}\t{name}\t{verdict}").expect("standard output is writable");
        }
    }
}

/// The name of the error without what it carries: `CertExpired { time: …` is `CertExpired`. `TrailingData` keeps its type.
fn kind(error: impl std::fmt::Debug) -> String {
    let text = format!("{error:?}");
    if text.starts_with("TrailingData") {
        return text;
    }
    text.split([' ', '(', '{']).next().unwrap_or_default().to_string()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2)
        .map(|at| u8::from_str_radix(&hex[at * 2..at * 2 + 2], 16).expect("hexadecimal digits"))
        .collect()
}

fn list(text: &str) -> Vec<Vec<u8>> {
    text.split(',').filter(|it| !it.is_empty()).map(|it| bytes(&it[1..])).collect()
}

fn series_101(case: &Case) -> Result<(), String> {
    use webpki_0_101::*;
    let algorithms: &[&SignatureAlgorithm] = &[
        &ECDSA_P256_SHA256,
        &ECDSA_P256_SHA384,
        &ECDSA_P384_SHA256,
        &ECDSA_P384_SHA384,
        &ED25519,
        &RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        &RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        &RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        &RSA_PKCS1_2048_8192_SHA256,
        &RSA_PKCS1_2048_8192_SHA384,
        &RSA_PKCS1_2048_8192_SHA512,
        &RSA_PKCS1_3072_8192_SHA384,
    ];
    let mut anchors = Vec::new();
    for der in &case.anchors {
        anchors.push(TrustAnchor::try_from_cert_der(der).map_err(kind)?);
    }
    let mut lists = Vec::new();
    for der in &case.lists {
        lists.push(BorrowedCertRevocationList::from_der(der).and_then(|it| it.to_owned()).map_err(kind)?);
    }
    let lists: Vec<&dyn CertRevocationList> = lists.iter().map(|it| it as &dyn CertRevocationList).collect();
    let leaf = EndEntityCert::try_from(case.leaf.as_slice()).map_err(kind)?;
    let intermediates: Vec<&[u8]> = case.intermediates.iter().map(Vec::as_slice).collect();
    let usage = if case.server { KeyUsage::server_auth() } else { KeyUsage::client_auth() };
    let time = Time::from_seconds_since_unix_epoch(case.time);
    leaf.verify_for_usage(algorithms, &anchors, &intermediates, time, usage, &lists).map_err(kind)?;
    let Some(host) = &case.host else { return Ok(()) };
    // As rustls 0.21 does it: addresses are parsed by the standard library.
    if let Ok(address) = host.parse::<std::net::IpAddr>() {
        let address = IpAddr::from(address);
        return leaf.verify_is_valid_for_subject_name(SubjectNameRef::IpAddress((&address).into())).map_err(kind);
    }
    let name = SubjectNameRef::try_from_ascii_str(host).map_err(|_| "InvalidDnsNameError".to_string())?;
    leaf.verify_is_valid_for_subject_name(name).map_err(kind)
}

macro_rules! for_usage {
    ($webpki:ident, $case:ident, $leaf:ident, $algorithms:expr, $anchors:ident, $intermediates:ident, $time:ident, $revocation:ident) => {
        use $webpki::KeyUsage;
        let usage = if $case.server { KeyUsage::server_auth() } else { KeyUsage::client_auth() };
        $leaf.verify_for_usage($algorithms, &$anchors, &$intermediates, $time, usage, $revocation, None).map_err(kind)?;
    };
}

macro_rules! by_builder {
    ($webpki:ident, $case:ident, $leaf:ident, $algorithms:expr, $anchors:ident, $intermediates:ident, $time:ident, $revocation:ident) => {
        use $webpki::{ExtendedKeyUsage, PathBuilder};
        let usage = if $case.server { &ExtendedKeyUsage::SERVER_AUTH } else { &ExtendedKeyUsage::CLIENT_AUTH };
        PathBuilder::new(&$intermediates, $revocation, usage, $algorithms, &$anchors).build(&$leaf, $time).map_err(kind)?;
    };
}

macro_rules! newer {
    ($name:ident, $webpki:ident, $verify:ident, $algorithms:expr) => {
        fn $name(case: &Case) -> Result<(), String> {
            use pki_types::{CertificateDer, ServerName, UnixTime};
            use $webpki::{
                anchor_from_trusted_cert, CertRevocationList, EndEntityCert, ExpirationPolicy, OwnedCertRevocationList,
                RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy,
            };
            let roots: Vec<CertificateDer<'_>> = case.anchors.iter().map(|it| it.as_slice().into()).collect();
            let mut anchors = Vec::new();
            for root in &roots {
                anchors.push(anchor_from_trusted_cert(root).map_err(kind)?);
            }
            let mut lists = Vec::new();
            for der in &case.lists {
                lists.push(CertRevocationList::from(OwnedCertRevocationList::from_der(der).map_err(kind)?));
            }
            let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
            // Without lists there is no builder, and revocation is not checked, as in rustls.
            let revocation = RevocationOptionsBuilder::new(&lists).ok().map(|builder| {
                let builder = if case.leaf_only { builder.with_depth(RevocationCheckDepth::EndEntity) } else { builder };
                let builder =
                    if case.unknown_allowed { builder.with_status_policy(UnknownStatusPolicy::Allow) } else { builder };
                let builder =
                    if case.expired_refused { builder.with_expiration_policy(ExpirationPolicy::Enforce) } else { builder };
                builder.build()
            });
            let der: CertificateDer<'_> = case.leaf.as_slice().into();
            let leaf = EndEntityCert::try_from(&der).map_err(kind)?;
            let intermediates: Vec<CertificateDer<'_>> = case.intermediates.iter().map(|it| it.as_slice().into()).collect();
            let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(case.time));
            $verify!($webpki, case, leaf, $algorithms, anchors, intermediates, time, revocation);
            let Some(host) = &case.host else { return Ok(()) };
            let name = ServerName::try_from(host.as_str()).map_err(|_| "InvalidDnsNameError".to_string())?;
            leaf.verify_is_valid_for_subject_name(&name).map_err(kind)
        }
    };
}

newer!(
    series_102,
    webpki_0_102,
    for_usage,
    &[
        webpki_0_102::ring::ECDSA_P256_SHA256,
        webpki_0_102::ring::ECDSA_P256_SHA384,
        webpki_0_102::ring::ECDSA_P384_SHA256,
        webpki_0_102::ring::ECDSA_P384_SHA384,
        webpki_0_102::ring::ED25519,
        webpki_0_102::ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        webpki_0_102::ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        webpki_0_102::ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        webpki_0_102::ring::RSA_PKCS1_2048_8192_SHA256,
        webpki_0_102::ring::RSA_PKCS1_2048_8192_SHA384,
        webpki_0_102::ring::RSA_PKCS1_2048_8192_SHA512,
    ]
);

/// Since 0.104 rustls-webpki has no algorithms of its own: any that implement the trait do.
const RING: &[&dyn pki_types::SignatureVerificationAlgorithm] = &[
    webpki_0_103::ring::ECDSA_P256_SHA256,
    webpki_0_103::ring::ECDSA_P256_SHA384,
    webpki_0_103::ring::ECDSA_P384_SHA256,
    webpki_0_103::ring::ECDSA_P384_SHA384,
    webpki_0_103::ring::ED25519,
    webpki_0_103::ring::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
    webpki_0_103::ring::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
    webpki_0_103::ring::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
    webpki_0_103::ring::RSA_PKCS1_2048_8192_SHA256,
    webpki_0_103::ring::RSA_PKCS1_2048_8192_SHA384,
    webpki_0_103::ring::RSA_PKCS1_2048_8192_SHA512,
    webpki_0_103::ring::RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
    webpki_0_103::ring::RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
    webpki_0_103::ring::RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
];
newer!(series_103_ring, webpki_0_103, for_usage, RING);
newer!(series_104_ring, webpki_0_104, by_builder, RING);

newer!(
    series_103_aws,
    webpki_0_103,
    for_usage,
    &[
        webpki_0_103::aws_lc_rs::ECDSA_P256_SHA256,
        webpki_0_103::aws_lc_rs::ECDSA_P256_SHA384,
        webpki_0_103::aws_lc_rs::ECDSA_P256_SHA512,
        webpki_0_103::aws_lc_rs::ECDSA_P384_SHA256,
        webpki_0_103::aws_lc_rs::ECDSA_P384_SHA384,
        webpki_0_103::aws_lc_rs::ECDSA_P384_SHA512,
        webpki_0_103::aws_lc_rs::ECDSA_P521_SHA256,
        webpki_0_103::aws_lc_rs::ECDSA_P521_SHA384,
        webpki_0_103::aws_lc_rs::ECDSA_P521_SHA512,
        webpki_0_103::aws_lc_rs::ED25519,
        webpki_0_103::aws_lc_rs::ML_DSA_44,
        webpki_0_103::aws_lc_rs::ML_DSA_65,
        webpki_0_103::aws_lc_rs::ML_DSA_87,
        webpki_0_103::aws_lc_rs::RSA_PSS_2048_8192_SHA256_LEGACY_KEY,
        webpki_0_103::aws_lc_rs::RSA_PSS_2048_8192_SHA384_LEGACY_KEY,
        webpki_0_103::aws_lc_rs::RSA_PSS_2048_8192_SHA512_LEGACY_KEY,
        webpki_0_103::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
        webpki_0_103::aws_lc_rs::RSA_PKCS1_2048_8192_SHA384,
        webpki_0_103::aws_lc_rs::RSA_PKCS1_2048_8192_SHA512,
        webpki_0_103::aws_lc_rs::RSA_PKCS1_2048_8192_SHA256_ABSENT_PARAMS,
        webpki_0_103::aws_lc_rs::RSA_PKCS1_2048_8192_SHA384_ABSENT_PARAMS,
        webpki_0_103::aws_lc_rs::RSA_PKCS1_2048_8192_SHA512_ABSENT_PARAMS,
    ]
);
