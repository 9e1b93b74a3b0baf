#include "jz_processors.h"
#include "jz_sequence.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { FILTERS = jz_filter_count, PLACES = jz_filter_places };

typedef int8_t bytes __attribute__((vector_size(FILTERS)));
typedef int16_t sums __attribute__((vector_size(2 * FILTERS)));

INLINE void add(sums *sum, const int8_t *from) {
    bytes own;
    memcpy(&own, from, sizeof own);
    *sum += __builtin_convertvector(own, sums);
}

FOR_EACH_PROCESSOR
void jz_filters_greatest(const int8_t *characters, const int8_t *marks, const uint16_t *rows, size_t count, int16_t *greatest) {
    sums most = (sums){} + INT16_MIN;
    for (size_t at = 0; at < count; at++) {
        sums sum = {};
        for (int place = 0; place < PLACES; place++) {
            const size_t other = at + place - 1;
            // Before the first character this is beyond all.
            if (other >= count) continue;
            add(&sum, characters + ((size_t)rows[2 * other] * PLACES + place) * FILTERS);
            add(&sum, marks + ((size_t)rows[2 * other + 1] * PLACES + place) * FILTERS);
        }
        const sums is_more = sum > most;
        most = (sum & is_more) | (most & ~is_more);
    }
    memcpy(greatest, &most, sizeof most);
}
