fn joined() -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    builder = builder.https_only(true);
    builder.build()
}
