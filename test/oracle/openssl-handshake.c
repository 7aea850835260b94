/*
 * Lets OpenSSL shake hands with itself over loopback, as programs configure it, and says what the verifying end makes of the other.
 *
 * Lines on standard input: role of the certificate that is judged, security level of the end that judges it, leaf, sent, trusted, key
 * of the leaf in PKCS#8, and certificate and key of the other end; all as hexadecimal.
 * A line of output for each: `accepted`, `not presented` where the certificate and its key cannot be loaded, the text of the error
 * of verification, or `no handshake: ` and the reason. With `--version`: that of the library.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROLE, LEVEL, LEAF, SENT, TRUSTED, KEY, PEER, PEER_KEY, FIELDS };
#define TURNS 1000

static unsigned char *from_hex(const char *text, long *length)
{
    size_t digits = strlen(text);
    unsigned char *bytes = malloc(digits / 2 + 1);
    for (size_t at = 0; at + 1 < digits; at += 2) {
        char pair[3] = {text[at], text[at + 1], 0};
        bytes[at / 2] = (unsigned char)strtol(pair, NULL, 16);
    }
    *length = (long)(digits / 2);
    return bytes;
}

static X509 *certificate(const char *text)
{
    long length;
    unsigned char *bytes = from_hex(text, &length);
    const unsigned char *at = bytes;
    X509 *found = d2i_X509(NULL, &at, length);
    free(bytes);
    return found;
}

/* An end that has this certificate and this key; 0 where they cannot be loaded. */
static int present(SSL_CTX *context, const char *leaf, const char *sent, const char *key)
{
    long length;
    unsigned char *bytes = from_hex(key, &length);
    const unsigned char *at = bytes;
    EVP_PKEY *own = d2i_AutoPrivateKey(NULL, &at, length);
    X509 *first = certificate(leaf), *second = sent == NULL ? NULL : certificate(sent);
    SSL_CTX_set_security_level(context, 0);
    int loaded = own != NULL && first != NULL && SSL_CTX_use_certificate(context, first) == 1 &&
                 SSL_CTX_use_PrivateKey(context, own) == 1 &&
                 (sent == NULL || (second != NULL && SSL_CTX_add1_chain_cert(context, second) == 1));
    free(bytes);
    EVP_PKEY_free(own);
    X509_free(first);
    X509_free(second);
    return loaded;
}

/* An end that asks for a certificate, and trusts this one. */
static void demand(SSL_CTX *context, const char *trusted, int level)
{
    X509 *root = certificate(trusted);
    if (root != NULL)
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root);
    X509_free(root);
    SSL_CTX_set_security_level(context, level);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
}

/* Two ends of a connection over loopback that do not block. */
static void connection(int ends[2])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&address, size);
    listen(listener, 1);
    getsockname(listener, (struct sockaddr *)&address, &size);
    ends[1] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(ends[1], (struct sockaddr *)&address, size) != 0) {
        perror("loopback");
        exit(1);
    }
    ends[0] = accept(listener, NULL, NULL);
    close(listener);
    for (int at = 0; at < 2; at++)
        fcntl(ends[at], F_SETFL, O_NONBLOCK);
}

/* The end that judges is done when it has verified the certificate, and the signature with its key. */
static void shake(SSL *judging, SSL *judged, char *answer, size_t size)
{
    int wanted = SSL_ERROR_WANT_READ, ended = 0;
    for (int turn = 0; turn < TURNS && !ended; turn++) {
        struct pollfd ready[2] = {{SSL_get_fd(judging), POLLIN, 0}, {SSL_get_fd(judged), POLLIN, 0}};
        wanted = SSL_get_error(judging, SSL_do_handshake(judging));
        ended = wanted != SSL_ERROR_WANT_READ && wanted != SSL_ERROR_WANT_WRITE;
        if (!ended)
            ended = SSL_get_error(judged, SSL_do_handshake(judged)) == SSL_ERROR_SSL;
        if (!ended)
            poll(ready, 2, 1);
    }
    long result = SSL_get_verify_result(judging);
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    if (wanted == SSL_ERROR_NONE)
        snprintf(answer, size, "accepted");
    else if (result != X509_V_OK)
        snprintf(answer, size, "%s", X509_verify_cert_error_string(result));
    else
        snprintf(answer, size, "no handshake: %s", reason == NULL ? "no reason" : reason);
}

static void judge(char **field, char *answer, size_t size)
{
    int as_server = strcmp(field[ROLE], "server") == 0;
    SSL_CTX *server = SSL_CTX_new(TLS_server_method()), *client = SSL_CTX_new(TLS_client_method());
    SSL_CTX *judged = as_server ? server : client, *judging = as_server ? client : server;
    snprintf(answer, size, "not presented");
    int loaded = present(judged, field[LEAF], field[SENT], field[KEY]) && (as_server || present(judging, field[PEER], NULL, field[PEER_KEY]));
    demand(judging, field[TRUSTED], atoi(field[LEVEL]));
    ERR_clear_error();
    if (loaded) {
        int ends[2];
        connection(ends);
        SSL *accepting = SSL_new(server), *connecting = SSL_new(client);
        SSL_set_fd(accepting, ends[0]);
        SSL_set_fd(connecting, ends[1]);
        SSL_set_accept_state(accepting);
        SSL_set_connect_state(connecting);
        shake(as_server ? connecting : accepting, as_server ? accepting : connecting, answer, size);
        SSL_free(accepting);
        SSL_free(connecting);
        close(ends[0]);
        close(ends[1]);
    }
    SSL_CTX_free(server);
    SSL_CTX_free(client);
    ERR_clear_error();
}

int main(int count, char **arguments)
{
    char *line = NULL, answer[256];
    size_t size = 0;
    if (count > 1 && strcmp(arguments[1], "--version") == 0)
        return puts(OpenSSL_version(OPENSSL_VERSION)) < 0;
    while (getline(&line, &size, stdin) > 0) {
        char *field[FIELDS], *rest = line;
        for (int at = 0; at < FIELDS; at++) {
            field[at] = strsep(&rest, "\t\n");
            if (field[at] == NULL)
                return 2;
        }
        judge(field, answer, sizeof answer);
        puts(answer);
    }
    return 0;
}
