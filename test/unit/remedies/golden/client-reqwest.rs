fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().build()
}

fn joined() -> reqwest::Result<reqwest::Client> {
    let mut builder = reqwest::Client::builder();
    builder = builder.danger_accept_invalid_hostnames(true);
    builder.build()
}
