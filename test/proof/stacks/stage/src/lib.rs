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

/// Ends the process when its standard input closes, and after five minutes in any case.
pub fn end_with_input() {
    std::thread::spawn(|| {
        let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(0);
    });
    std::thread::spawn(|| {
        std::thread::sleep(std::time::Duration::from_secs(300));
        std::process::exit(3);
    });
}

/// Sends a request over a stream and reads until the answer is there.
pub fn ask(mut stream: impl std::io::Read + std::io::Write) -> std::io::Result<()> {
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let (mut read, mut buffer) = (Vec::new(), [0; 1024]);
    while !read.windows(ANSWER.len()).any(|it| it == ANSWER.as_bytes()) {
        match stream.read(&mut buffer)? {
            0 => return Err(std::io::Error::other("closed without an answer")),
            count => read.extend_from_slice(&buffer[..count]),
        }
    }
    Ok(())
}

/// Tells what came of one of a client's functions.
pub fn tell(function: &str, outcome: Result<(), Box<dyn std::error::Error>>) {
    match outcome {
        Ok(()) => println!("{function}: answered"),
        Err(error) => {
            let mut causes = error.to_string();
            let mut cause = error.source();
            while let Some(inner) = cause {
                causes = format!("{causes}: {inner}");
                cause = inner.source();
            }
            println!("{function}: refused: {}", causes.replace('\n', " "));
        }
    }
}
