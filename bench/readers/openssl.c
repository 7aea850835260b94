/* OpenSSL's reader over PEM files named on standard input: every certificate is decoded, its extensions too, and nothing is judged. */
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    char path[4096];
    unsigned long read = 0;
    while (fgets(path, sizeof path, stdin) != NULL) {
        path[strcspn(path, "\n")] = 0;
        FILE *file = fopen(path, "r");
        X509 *certificate;
        if (file == NULL)
            continue;
        while ((certificate = PEM_read_X509(file, NULL, NULL, NULL)) != NULL) {
            X509_check_purpose(certificate, -1, 0);
            X509_get0_pubkey(certificate);
            X509_free(certificate);
            read++;
        }
        fclose(file);
    }
    printf("%lu\n", read);
    return 0;
}
