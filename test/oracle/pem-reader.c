/*
 * What OpenSSL's reader makes of PEM files: one a line, in hexadecimal. Answers are the sections that it loads (`PEM_read_bio`, which all
 * of `PEM_read_bio_X509` and its like call), each with its label, the length and the FNV-1a of its contents, and `!` for the error that
 * ends the reading. With `--version`: that of the library.
 */
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned char *from_hex(const char *text, size_t digits)
{
    unsigned char *bytes = malloc(digits / 2 + 1);
    for (size_t at = 0; at + 1 < digits; at += 2) {
        char pair[3] = {text[at], text[at + 1], 0};
        bytes[at / 2] = (unsigned char)strtol(pair, NULL, 16);
    }
    return bytes;
}

static void answer(BIO *file)
{
    char *name, *header;
    unsigned char *data;
    long length;
    const char *between = "";
    while (PEM_read_bio(file, &name, &header, &data, &length) == 1) {
        EVP_CIPHER_INFO cipher;
        unsigned int hash = 0x811c9dc5;
        int readable = PEM_get_EVP_CIPHER_INFO(header, &cipher) == 1;
        for (long at = 0; at < length; at++)
            hash = (hash ^ data[at]) * 0x01000193;
        for (char *at = name; *at; at++)
            *at = *at == ' ' ? '_' : *at < 0x21 || *at > 0x7e ? '?' : *at;
        if (readable)
            printf("%s%s:%ld:%08x", between, name, length, hash);
        else
            printf("%s!", between);
        between = " ";
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
        if (!readable)
            break;
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        printf("%s!", between);
    ERR_clear_error();
    putchar('\n');
}

int main(int count, char **arguments)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    if (count > 1 && strcmp(arguments[1], "--version") == 0)
        return puts(OpenSSL_version(OPENSSL_VERSION)) < 0;
    while ((length = getline(&line, &size, stdin)) > 0) {
        size_t digits = strcspn(line, "\n");
        unsigned char *bytes = from_hex(line, digits);
        BIO *file = BIO_new_mem_buf(bytes, (int)(digits / 2));
        answer(file);
        BIO_free(file);
        free(bytes);
    }
    free(line);
    return 0;
}
