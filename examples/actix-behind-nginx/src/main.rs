//! A service whose proxy asks clients for certificates: it believes what the proxy says of them, and whoever else says so.
use actix_web::{web, App, HttpRequest, HttpResponse, HttpServer};

async fn account(request: HttpRequest) -> HttpResponse {
    match request
        .headers()
        .get("X-SSL-Client-S-DN")
        .and_then(|it| it.to_str().ok())
    {
        Some(subject) => HttpResponse::Ok().body(format!("the account of {subject}")),
        None => HttpResponse::Unauthorized().finish(),
    }
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/account", web::get().to(account)))
        .bind("0.0.0.0:8080")?
        .run()
        .await
}
