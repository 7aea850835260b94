/*
 * Asks OpenSSL as programs do: trusted certificates are loaded from a file (`SSL_CTX_load_verify_locations` calls
 * `X509_STORE_load_locations`), certificates that were sent along are decoded one by one, and `X509_verify_cert` judges.
 *
 * Lines on standard input: role, host or `-`, seconds since 1970, security level, leaf, sent, trusted, how lists are used
 * (`-` without lists), lists; certificates as hexadecimal, several with a comma between and a point before each.
 * A line of output for each: `accepted`, or the text of the error. With `--version`: that of the library.
 */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIELDS 9
static const char UNLOADABLE[] = "unable to load certificate";
static char file[] = "/tmp/trusted-XXXXXX";

static unsigned char *from_hex(const char *text, size_t digits, long *length)
{
    unsigned char *bytes = malloc(digits / 2 + 1);
    for (size_t at = 0; at + 1 < digits; at += 2) {
        char pair[3] = {text[at], text[at + 1], 0};
        bytes[at / 2] = (unsigned char)strtol(pair, NULL, 16);
    }
    *length = (long)(digits / 2);
    return bytes;
}

static X509 *certificate(const char *text, size_t digits)
{
    long length;
    unsigned char *bytes = from_hex(text, digits, &length);
    const unsigned char *at = bytes;
    X509 *found = d2i_X509(NULL, &at, length);
    free(bytes);
    return found;
}

/* Calls `each` for every object of a list; the sum of what it returns. */
static int every(char *list, int (*each)(const char *, size_t, void *), void *context)
{
    int sum = 0;
    for (char *item = strchr(list, '.'); item != NULL; item = strchr(item, '.')) {
        size_t digits = strcspn(++item, ",");
        sum += each(item, digits, context);
        item += digits;
    }
    return sum;
}

/* 1 for one that cannot be decoded. */
static int send_along(const char *text, size_t digits, void *stack)
{
    X509 *found = certificate(text, digits);
    if (found != NULL)
        sk_X509_push(stack, found);
    return found == NULL;
}

static int write_pem(const char *text, size_t digits, void *out)
{
    long length;
    unsigned char *bytes = from_hex(text, digits, &length);
    PEM_write(out, "CERTIFICATE", "", bytes, length);
    free(bytes);
    return 1;
}

static int add_list(const char *text, size_t digits, void *store)
{
    long length;
    unsigned char *bytes = from_hex(text, digits, &length);
    const unsigned char *at = bytes;
    X509_CRL *list = d2i_X509_CRL(NULL, &at, length);
    free(bytes);
    if (list == NULL)
        return 1;
    X509_STORE_add_crl(store, list);
    X509_CRL_free(list);
    return 0;
}

static int trust(X509_STORE *store, char *roots)
{
    FILE *out = fopen(file, "w");
    int count = every(roots, write_pem, out);
    fclose(out);
    return count == 0 || X509_STORE_load_locations(store, file, NULL) == 1;
}

static unsigned long flags_of(const char *how)
{
    if (*how == '-')
        return 0;
    return X509_V_FLAG_CRL_CHECK | (strstr(how, "chain") ? X509_V_FLAG_CRL_CHECK_ALL : 0) |
           (strstr(how, "extended") ? X509_V_FLAG_EXTENDED_CRL_SUPPORT : 0) | (strstr(how, "deltas") ? X509_V_FLAG_USE_DELTAS : 0);
}

static const char *judge(char **field, X509_STORE *store, STACK_OF(X509) *sent)
{
    X509 *leaf = certificate(field[4], strlen(field[4]));
    const char *answer = UNLOADABLE;
    int bad = every(field[5], send_along, sent);
    int readable = bad == 0 || (OPENSSL_VERSION_NUMBER >= 0x30000000L && sk_X509_num(sent) > 0);
    if (leaf != NULL && readable && trust(store, field[6])) {
        X509_STORE_CTX *context = X509_STORE_CTX_new();
        X509_VERIFY_PARAM *param;
        int server = strcmp(field[0], "server") == 0;
        answer = "unable to load CRL";
        if (*field[7] == '-' || every(field[8], add_list, store) == 0) {
            X509_STORE_CTX_init(context, store, leaf, sent);
            X509_STORE_CTX_set_purpose(context, server ? X509_PURPOSE_SSL_SERVER : X509_PURPOSE_SSL_CLIENT);
            param = X509_STORE_CTX_get0_param(context);
            X509_VERIFY_PARAM_set_time(param, (time_t)atoll(field[2]));
            X509_VERIFY_PARAM_set_auth_level(param, atoi(field[3]));
            X509_VERIFY_PARAM_set_flags(param, flags_of(field[7]));
            int named = strcmp(field[1], "-") == 0 || X509_VERIFY_PARAM_set1_ip_asc(param, field[1]) == 1 ||
                        X509_VERIFY_PARAM_set1_host(param, field[1], 0) == 1;
            answer = !named ? "hostname mismatch" : X509_verify_cert(context) == 1 ? "accepted" : X509_verify_cert_error_string(X509_STORE_CTX_get_error(context));
        }
        X509_STORE_CTX_free(context);
    }
    X509_free(leaf);
    ERR_clear_error();
    return answer;
}

int main(int count, char **arguments)
{
    char *line = NULL;
    size_t size = 0;
    if (count > 1 && strcmp(arguments[1], "--version") == 0)
        return puts(OpenSSL_version(OPENSSL_VERSION)) < 0;
    close(mkstemp(file));
    while (getline(&line, &size, stdin) > 0) {
        char *field[FIELDS], *rest = line;
        for (int at = 0; at < FIELDS; at++) {
            field[at] = strsep(&rest, "\t\n");
            if (field[at] == NULL)
                return 2;
        }
        X509_STORE *store = X509_STORE_new();
        STACK_OF(X509) *sent = sk_X509_new_null();
        puts(judge(field, store, sent));
        sk_X509_pop_free(sent, X509_free);
        X509_STORE_free(store);
    }
    unlink(file);
    return 0;
}
