use actix_web::{web, App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "ok" })))
        .workers(2)
        .on_connect(|_connection, extensions| {
            extensions.insert(7_u8);
        })
        .bind("127.0.0.1:8080")?
        .run()
        .await
}
