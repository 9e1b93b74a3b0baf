#include "jz_icu.h"
#include <stdlib.h>
#include <unicode/ucnv.h>
#include <unicode/uversion.h>

struct jz_converter {
    UConverter *converter;
};

jz_converter *jz_converter_open(const char *name) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &status);
    if (U_FAILURE(status)) return NULL;
    jz_converter *handle = malloc(sizeof *handle);
    if (handle == NULL) {
        ucnv_close(converter);
        return NULL;
    }
    handle->converter = converter;
    return handle;
}

void jz_converter_close(jz_converter *handle) {
    if (handle == NULL) return;
    ucnv_close(handle->converter);
    free(handle);
}

void jz_converter_reset(jz_converter *handle) { ucnv_reset(handle->converter); }

int64_t jz_converter_decode(jz_converter *handle, const uint8_t *bytes, size_t count, bool last, uint16_t *units,
                            int32_t *offsets) {
    UErrorCode status = U_ZERO_ERROR;
    UChar *target = (UChar *)units;
    const char *source = (const char *)bytes;
    ucnv_toUnicode(handle->converter, &target, target + 2 * count + 16, &source, source + count, offsets, last, &status);
    return U_FAILURE(status) ? -1 : target - (UChar *)units;
}

const char *jz_icu_version(void) { return U_ICU_VERSION; }
