#include "jz_icu.h"
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

int64_t jz_nfkc_casefold(const uint16_t *units, size_t count, uint16_t *folded, size_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *normalizer = unorm2_getNFKCCasefoldInstance(&status);
    if (U_FAILURE(status)) return -1;
    int32_t length = unorm2_normalize(normalizer, (const UChar *)units, (int32_t)count, (UChar *)folded,
                                      (int32_t)capacity, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) return length;
    return U_FAILURE(status) ? -1 : length;
}

int64_t jz_transliterate(const char *identifier, uint16_t *units, size_t count, size_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    UChar name[64];
    u_uastrncpy(name, identifier, 64);
    UTransliterator *transliterator = utrans_openU(name, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status)) return -1;
    int32_t length = (int32_t)count, limit = (int32_t)count;
    utrans_transUChars(transliterator, (UChar *)units, &length, (int32_t)capacity, 0, &limit, &status);
    utrans_close(transliterator);
    return U_FAILURE(status) ? -1 : length;
}
