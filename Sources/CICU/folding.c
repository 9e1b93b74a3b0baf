#include "jz_icu.h"
#include <unicode/uchar.h>
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

int32_t jz_fold_scalar(uint32_t scalar, uint32_t *folded, int32_t capacity) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance(&status);
    const UNormalizer2 *decompose = unorm2_getNFDInstance(&status);
    if (U_FAILURE(status)) return -1;
    UChar source[2], units[64], decomposed[128];
    int32_t length = 0;
    U16_APPEND_UNSAFE(source, length, scalar);
    length = unorm2_normalize(casefold, source, length, units, 64, &status);
    if (U_FAILURE(status)) return -1;
    int32_t written = 0;
    for (int32_t at = 0; at < length && written < capacity;) {
        UChar32 character;
        U16_NEXT(units, at, length, character);
        int32_t count = unorm2_getDecomposition(decompose, character, decomposed, 128, &status);
        if (U_FAILURE(status)) return -1;
        // A letter of the Latin block stands for itself under any mark; what else decomposes (kana, Hangul) is another
        // letter without it.
        if (count > 0 && decomposed[0] < 0x250 && u_isalpha(decomposed[0])) character = decomposed[0];
        int8_t category = u_charType(character);
        bool isMark = (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK) && character != 0x3099 &&
                      character != 0x309A;
        bool isInvisible = category == U_FORMAT_CHAR ||
                           (category == U_CONTROL_CHAR && character != '\t' && character != '\n' && character != '\r');
        if (!isMark && !isInvisible) folded[written++] = (uint32_t)character;
    }
    return written;
}

void jz_fold_range(uint32_t first, uint32_t last, uint32_t *folded) {
    for (uint32_t scalar = first; scalar <= last; scalar++) {
        uint32_t result[32];
        int32_t count = jz_fold_scalar(scalar, result, 32);
        folded[scalar - first] = count == 1  ? result[0]
                                 : count > 1 ? UINT32_C(1) << 31
                                 : count < 0 ? scalar
                                 : jz_is_mark(scalar) ? UINT32_C(3) << 30
                                                      : UINT32_C(5) << 29;
    }
}

bool jz_is_mark(uint32_t scalar) {
    int8_t category = u_charType((UChar32)scalar);
    return category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK;
}
