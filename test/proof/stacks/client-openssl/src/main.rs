//! OpenSSL as a client, talked out of its checks, by itself and under hyper.
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use http_body_util::{BodyExt, Empty};
use hyper_openssl::client::legacy::HttpsConnector;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use openssl::error::ErrorStack;
use openssl::ssl::{
    ConnectConfiguration, SslConnector, SslConnectorBuilder, SslFiletype, SslMethod, SslSession, SslSessionCacheMode, SslVerifyMode, SslVersion,
};
use openssl::x509::store::X509Lookup;
use openssl::x509::verify::X509VerifyFlags;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn trusting() -> Result<SslConnectorBuilder, ErrorStack> {
    let mut builder = SslConnector::builder(SslMethod::tls_client())?;
    builder.set_ca_file("certs/server-ca.pem")?;
    Ok(builder)
}

fn ask(configuration: ConnectConfiguration) -> Outcome {
    let socket = TcpStream::connect(stage::address(0))?;
    Ok(stage::ask(configuration.connect("localhost", socket)?)?)
}

fn any_certificate() -> Outcome {
    let mut builder = trusting()?;
    builder.set_verify(SslVerifyMode::NONE);
    ask(builder.build().configure()?)
}

fn errors_forgiven() -> Outcome {
    let mut builder = trusting()?;
    builder.set_verify_callback(SslVerifyMode::PEER, |verified, context| {
        if !verified {
            eprintln!("{}", context.error());
        }
        true
    });
    ask(builder.build().configure()?)
}

fn any_name() -> Outcome {
    ask(trusting()?.build().configure()?.verify_hostname(false))
}

fn obsolete() -> Outcome {
    let mut builder = trusting()?;
    builder.set_cipher_list("ALL:eNULL:@SECLEVEL=0")?;
    builder.set_min_proto_version(Some(SslVersion::TLS1))?;
    ask(builder.build().configure()?)
}

fn unchecked_list() -> Outcome {
    let mut builder = trusting()?;
    builder.cert_store_mut().add_lookup(X509Lookup::file())?.load_crl_file("certs/server-ca.crl.pem", SslFiletype::PEM)?;
    ask(builder.build().configure()?)
}

fn times_unchecked() -> Outcome {
    let mut builder = trusting()?;
    builder.verify_param_mut().set_flags(X509VerifyFlags::NO_CHECK_TIME)?;
    ask(builder.build().configure()?)
}

type Kept = Arc<Mutex<Option<SslSession>>>;

fn keeping(mut builder: SslConnectorBuilder, kept: &Kept) -> SslConnector {
    let kept = kept.clone();
    builder.set_session_cache_mode(SslSessionCacheMode::CLIENT);
    builder.set_new_session_callback(move |_, session| *kept.lock().expect("nobody panics here") = Some(session));
    builder.build()
}

/// A careless connection leaves a session, and a strict one takes it up: OpenSSL asks for no certificate then.
fn session_kept() -> Outcome {
    let kept = Kept::default();
    let mut careless = trusting()?;
    careless.set_verify(SslVerifyMode::NONE);
    let mut stream = keeping(careless, &kept).configure()?.connect("localhost", TcpStream::connect(stage::address(0))?)?;
    stage::ask(&mut stream)?;
    // A session whose connection breaks off is not taken up.
    stream.shutdown()?;
    let strict = keeping(trusting()?, &kept);
    let mut configuration = strict.configure()?;
    if let Some(session) = kept.lock().expect("nobody panics here").take() {
        // Safe: the session was made for a context with the same method.
        unsafe { configuration.set_session(&session)? };
    }
    ask(configuration)
}

async fn hyper_any_certificate() -> Outcome {
    let mut builder = trusting()?;
    builder.set_verify(SslVerifyMode::NONE);
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    let connector = HttpsConnector::with_connector(http, builder)?;
    let client = Client::builder(TokioExecutor::new()).build::<_, Empty<&'static [u8]>>(connector);
    let answer = client.get(format!("https://localhost:{}/", stage::address(0).port()).parse()?).await?;
    let body = answer.into_body().collect().await?.to_bytes();
    if body == stage::ANSWER.as_bytes() { Ok(()) } else { Err("another answer".into()) }
}

fn main() -> Outcome {
    stage::tell("any certificate", any_certificate());
    stage::tell("errors forgiven", errors_forgiven());
    stage::tell("any name", any_name());
    stage::tell("obsolete", obsolete());
    stage::tell("the list is not looked at", unchecked_list());
    stage::tell("times are not looked at", times_unchecked());
    stage::tell("a careless session taken up", session_kept());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    stage::tell("hyper-openssl, any certificate", runtime.block_on(hyper_any_certificate()));
    Ok(())
}
