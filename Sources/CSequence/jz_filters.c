#include "jz_processors.h"
#include "jz_sequence.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { FILTERS = jz_filter_count, PLACES = jz_filter_places, INPUTS = jz_filter_inputs };

typedef int8_t bytes __attribute__((vector_size(FILTERS)));
typedef int16_t sums __attribute__((vector_size(2 * FILTERS)));
typedef float lanes __attribute__((vector_size(64)));

/// Filters whose sums are held at once.
enum { LANES = 16, PARTS = FILTERS / LANES };

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

FOR_EACH_PROCESSOR
void jz_filters_forward(const float *filters, const float *inputs, size_t count, float *greatest, int32_t *at) {
    for (size_t here = 0; here < count; here++) {
        lanes sum[PARTS] = {};
        for (int place = 0; place < PLACES; place++) {
            const size_t other = here + place - 1;
            if (other >= count) continue;
            const float *row = filters + place * INPUTS * FILTERS;
            for (int input = 0; input < INPUTS; input++, row += FILTERS) {
                const float value = inputs[other * INPUTS + input];
                for (int part = 0; part < PARTS; part++) {
                    lanes weights;
                    memcpy(&weights, row + part * LANES, sizeof weights);
                    sum[part] += weights * value;
                }
            }
        }
        for (int filter = 0; filter < FILTERS; filter++) {
            const float own = sum[filter / LANES][filter % LANES];
            if (here == 0 || own > greatest[filter]) {
                greatest[filter] = own;
                at[filter] = (int32_t)here;
            }
        }
    }
}

void jz_filters_back(
    const float *filters, const float *inputs, size_t count, const float *errors, const int32_t *at, float *filter_gradient,
    float *input_gradient) {
    for (int filter = 0; filter < FILTERS; filter++) {
        const float error = errors[filter];
        if (error == 0) continue;
        for (int place = 0; place < PLACES; place++) {
            const size_t other = (size_t)at[filter] + place - 1;
            if (other >= count) continue;
            for (int input = 0; input < INPUTS; input++) {
                const size_t weight = ((size_t)place * INPUTS + input) * FILTERS + filter;
                filter_gradient[weight] += error * inputs[other * INPUTS + input];
                input_gradient[other * INPUTS + input] += error * filters[weight];
            }
        }
    }
}
