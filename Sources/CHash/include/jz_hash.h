// SHA-256 of libcrypto behind an opaque handle.
#ifndef JZ_HASH_H
#define JZ_HASH_H
#include <stddef.h>
#include <stdint.h>

typedef struct jz_sha256 jz_sha256;

/// Makes a hasher, or returns NULL where the library refuses.
jz_sha256 *_Nullable jz_sha256_open(void);
void jz_sha256_update(jz_sha256 *_Nonnull hasher, const void *_Nullable bytes, size_t count);
/// Writes the 32 bytes of the digest and makes the hasher ready for the next message.
void jz_sha256_finish(jz_sha256 *_Nonnull hasher, uint8_t *_Nonnull digest);
void jz_sha256_close(jz_sha256 *_Nullable hasher);

#endif
