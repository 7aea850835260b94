//! warp, meant for the clients of one CA.
use warp::Filter;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    stage::end_with_input();
    let routes = warp::any().map(|| stage::ANSWER);
    let nobody_is_asked = warp::serve(routes).tls().cert_path("certs/server.pem").key_path("certs/server.key").run(stage::address(0));
    let optional = warp::serve(routes)
        .tls()
        .cert_path("certs/server.pem")
        .key_path("certs/server.key")
        .client_auth_optional_path("certs/client-ca.pem")
        .run(stage::address(1));
    tokio::join!(nobody_is_asked, optional);
}
