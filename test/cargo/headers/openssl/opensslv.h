/* All that openssl-sys asks of the headers: which OpenSSL to bind. The releases of that time know no OpenSSL 3. */
#define OPENSSL_VERSION_NUMBER 0x1010117fL
