#include "jz_icu.h"
#include <stdlib.h>
#include <unicode/ubrk.h>

struct jz_word_breaker {
    UBreakIterator *iterator;
};

jz_word_breaker *jz_word_breaker_open(void) {
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
    if (U_FAILURE(status)) return NULL;
    jz_word_breaker *handle = malloc(sizeof *handle);
    if (handle == NULL) {
        ubrk_close(iterator);
        return NULL;
    }
    handle->iterator = iterator;
    return handle;
}

void jz_word_breaker_close(jz_word_breaker *handle) {
    if (handle == NULL) return;
    ubrk_close(handle->iterator);
    free(handle);
}

int64_t jz_word_breaker_boundaries(jz_word_breaker *handle, const uint16_t *units, size_t count, int32_t *boundaries) {
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(handle->iterator, (const UChar *)units, (int32_t)count, &status);
    if (U_FAILURE(status)) return -1;
    int64_t found = 0;
    for (int32_t at = ubrk_next(handle->iterator); at != UBRK_DONE; at = ubrk_next(handle->iterator)) {
        boundaries[found++] = at;
    }
    return found;
}
