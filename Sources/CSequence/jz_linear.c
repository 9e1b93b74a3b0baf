#include "jz_linear.h"
#include "jz_processors.h"

#include <stdlib.h>
#include <string.h>

enum { HEADS = 16 };

typedef int16_t weights_row __attribute__((vector_size(2 * HEADS)));
typedef int32_t sums_row __attribute__((vector_size(4 * HEADS)));

INLINE uint32_t added(uint32_t state, uint32_t value) {
    state = (state ^ (value & 0xFFFF)) * 16777619u;
    return (state ^ (value >> 16) ^ 0x9E37u) * 16777619u;
}

INLINE uint32_t mixed(uint32_t state) {
    uint32_t hash = (state ^ (state >> 16)) * 0x85EBCA6Bu;
    hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
    return hash ^ (hash >> 16);
}

FOR_EACH_PROCESSOR
size_t jz_sequence_features(
    const uint32_t *restrict characters, size_t count, uint32_t empty, bool twice, uint32_t *restrict states,
    uint32_t *restrict features) {
    uint32_t *next = features;
    for (size_t at = 0; at < count; at++) states[at] = empty;
    for (size_t length = 1; length <= jz_longest_sequence && length <= count; length++) {
        const size_t starts = count - length + 1;
        const uint32_t *last = characters + length - 1;
        for (size_t at = 0; at < starts; at++) {
            states[at] = added(states[at], last[at]);
            next[at] = mixed(states[at]);
        }
        next += starts;
        if (!twice) continue;
        for (size_t at = 0; at < starts; at++) next[at] = mixed(added(states[at], 7));
        next += starts;
    }
    return (size_t)(next - features);
}

/// Steps after which a feature is no longer looked for in the table, so that no text takes long.
enum { LONGEST_SEARCH = 64 };

static int ascending(const void *one, const void *other) {
    const uint32_t first = *(const uint32_t *)one, second = *(const uint32_t *)other;
    return (first > second) - (first < second);
}

static size_t sorted_distinct(uint32_t *features, size_t count) {
    qsort(features, count, sizeof *features, ascending);
    size_t left = 0;
    for (size_t at = 0; at < count; at++) {
        if (left == 0 || features[left - 1] != features[at]) features[left++] = features[at];
    }
    return left;
}

size_t jz_distinct_features(uint32_t *features, size_t count, uint32_t *table, size_t size) {
    // 0 stands for an empty place; the feature 0 is looked for apart.
    memset(table, 0, size * sizeof *table);
    bool has_zero = false;
    size_t left = 0;
    for (size_t at = 0; at < count; at++) {
        const uint32_t feature = features[at];
        if (feature == 0) {
            if (!has_zero) features[left++] = 0;
            has_zero = true;
            continue;
        }
        size_t place = feature & (size - 1);
        size_t steps = 0;
        while (table[place] != 0 && table[place] != feature && steps < LONGEST_SEARCH) {
            place = (place + 1) & (size - 1);
            steps++;
        }
        if (steps == LONGEST_SEARCH) {
            memmove(features + left, features + at, (count - at) * sizeof *features);
            return sorted_distinct(features, left + count - at);
        }
        // Whether it is new cannot be foretold, so that no branch is taken on it.
        const bool is_new = table[place] == 0;
        table[place] = feature;
        features[left] = feature;
        left += is_new;
    }
    return left;
}

FOR_EACH_PROCESSOR
void jz_sum_weights(
    const jz_linear_model *model, const uint32_t *features, size_t count, uint32_t *room, int64_t *sums) {
    const uint32_t shift = model->shift;
    const size_t heads = model->head_count;
    uint32_t *const firsts = room + count;
    // About half of all features have a row: which do cannot be foretold.
    size_t likely = 0;
    for (size_t at = 0; at < count; at++) {
        const uint32_t place = features[at] >> shift;
        room[likely] = features[at];
        likely += model->bits[place >> 6] >> (place & 63) & 1;
    }
    // The bits set before its own say where a feature's row is, or one shortly before it where several begin alike.
    for (size_t at = 0; at < likely; at++) {
        const uint32_t place = room[at] >> shift;
        const uint64_t below = model->bits[place >> 6] & ((UINT64_C(1) << (place & 63)) - 1);
        const uint32_t first = model->starts[place >> 6] + (uint32_t)__builtin_popcountll(below);
        firsts[at] = first;
        __builtin_prefetch(model->features + first);
        const int16_t *row = model->weights + first * heads;
        __builtin_prefetch(row);
        __builtin_prefetch(row + HEADS - 1);
    }
    for (int head = 0; head < HEADS; head++) sums[head] = 0;
    // So many weights can be summed in 32 bits.
    enum { MOST_SUMMED = 1 << 16 };
    for (size_t start = 0; start < likely; start += MOST_SUMMED) {
        const size_t end = likely - start < MOST_SUMMED ? likely : start + MOST_SUMMED;
        sums_row sum = {0};
        for (size_t at = start; at < end; at++) {
            const uint32_t feature = room[at];
            size_t row = firsts[at];
            while (row < model->feature_count && model->features[row] < feature) row++;
            if (row == model->feature_count || model->features[row] != feature) continue;
            // The weights of all heads at once, and some of the next row, which are not looked at.
            weights_row own;
            memcpy(&own, model->weights + row * heads, sizeof own);
            sum += __builtin_convertvector(own, sums_row);
        }
        for (int head = 0; head < HEADS; head++) sums[head] += sum[head];
    }
}
