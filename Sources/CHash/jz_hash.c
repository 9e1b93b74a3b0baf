#include "jz_hash.h"
#include <openssl/evp.h>

struct jz_sha256 {
    EVP_MD_CTX *context;
};

jz_sha256 *jz_sha256_open(void) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL) return NULL;
    if (EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(context);
        return NULL;
    }
    jz_sha256 *hasher = OPENSSL_malloc(sizeof *hasher);
    if (hasher == NULL) {
        EVP_MD_CTX_free(context);
        return NULL;
    }
    hasher->context = context;
    return hasher;
}

void jz_sha256_update(jz_sha256 *hasher, const void *bytes, size_t count) {
    EVP_DigestUpdate(hasher->context, bytes, count);
}

void jz_sha256_finish(jz_sha256 *hasher, uint8_t *digest) {
    EVP_DigestFinal_ex(hasher->context, digest, NULL);
    EVP_DigestInit_ex(hasher->context, EVP_sha256(), NULL);
}

void jz_sha256_close(jz_sha256 *hasher) {
    if (hasher == NULL) return;
    EVP_MD_CTX_free(hasher->context);
    OPENSSL_free(hasher);
}
