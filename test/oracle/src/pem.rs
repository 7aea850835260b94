//! What rustls' reader makes of PEM files: one a line, in hexadecimal. Answers are the sections that it loads, each with the label's
//! kind, the length and the FNV-1a of its contents, and `!` for each error; it reads on behind those.
use pki_types::pem::{PemObject, SectionKind};
use std::io::Write;

pub fn run(lines: impl Iterator<Item = String>, out: &mut impl Write) {
    for line in lines {
        let file = crate::bytes(&line);
        let sections = <(SectionKind, Vec<u8>)>::pem_slice_iter(&file).map(|section| match section {
            Ok((kind, contents)) => format!("{kind:?}:{}:{:08x}", contents.len(), fnv(&contents)),
            Err(_) => "!".to_string(),
        });
        writeln!(out, "{}", sections.collect::<Vec<_>>().join(" ")).expect("standard output is writable");
    }
}

fn fnv(contents: &[u8]) -> u32 {
    contents.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
