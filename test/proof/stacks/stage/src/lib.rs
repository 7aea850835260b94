//! What every program of the proof needs: where to listen or whom to ask, and an end.
use std::net::{Ipv4Addr, SocketAddr};

/// What a server answers whom it lets in.
pub const ANSWER: &str = "proof: answered";

/// The loopback address of one of the ports in `PORTS`.
pub fn address(index: usize) -> SocketAddr {
    let ports = std::env::var("PORTS").expect("PORTS");
    let port = ports.split(',').nth(index).expect("a port for each listener");
    SocketAddr::from((Ipv4Addr::LOCALHOST, port.parse().expect("a number")))
}

/// Ends the process when its standard input closes, and after two minutes in any case.
pub fn end_with_input() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    std::thread::spawn(|| {
        std::thread::sleep(std::time::Duration::from_secs(120));
        std::process::exit(3);
    });
}
