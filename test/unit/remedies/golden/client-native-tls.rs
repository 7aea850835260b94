use native_tls::TlsConnector;

fn connector() -> Result<TlsConnector, native_tls::Error> {
    let mut builder = TlsConnector::builder();
    builder.use_sni(true);
    builder.build()
}
