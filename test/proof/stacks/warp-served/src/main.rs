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
    // Right as it is: trusts another CA, and must not honour the sessions of the other listeners.
    let elsewhere = warp::serve(routes)
        .tls()
        .cert_path("certs/server.pem")
        .key_path("certs/server.key")
        .client_auth_required_path("certs/elsewhere.pem")
        .run(stage::address(2));
    tokio::join!(nobody_is_asked, optional, elsewhere);
}
