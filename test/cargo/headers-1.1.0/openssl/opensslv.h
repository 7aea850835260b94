/* The same for releases of the openssl crate that know OpenSSL 1.1.0 at most. */
#define OPENSSL_VERSION_NUMBER 0x101000cfL
