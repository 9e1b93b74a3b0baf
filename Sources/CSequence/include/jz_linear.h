// The inner loops of the linear model: the features of a message, and the sum of their weights.
//
// All of it is in whole numbers, so that the order of a sum is of no account.
#ifndef JZ_LINEAR_H
#define JZ_LINEAR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The longest sequence of characters that is a feature.
enum { jz_longest_sequence = 4 };

/// Hashes all sequences of one to four characters, as `FeatureHash` does.
///
/// - empty: the state of a hash before the first character.
/// - twice: whether each sequence is hashed once more, with a 7 behind it.
/// - states: room for `count` numbers.
/// - features: takes up to four times `count`, or eight times.
/// - Returns: how many there are.
size_t jz_sequence_features(
    const uint32_t *_Nonnull characters, size_t count, uint32_t empty, bool twice, uint32_t *_Nonnull states,
    uint32_t *_Nonnull features);

/// Leaves each feature once, in no order that counts, and says how many are left.
///
/// - table: room for `size` numbers, a power of two, more than `count`.
size_t jz_distinct_features(uint32_t *_Nonnull features, size_t count, uint32_t *_Nonnull table, size_t size);

/// A linear model; see `FeatureIndex` and `LinearModel`.
typedef struct {
    const uint32_t *_Nonnull features;
    size_t feature_count;
    const uint64_t *_Nonnull bits;
    const uint32_t *_Nonnull starts;
    uint32_t shift;
    /// A row of `head_count` (at most 16) weights for each feature, and at least 16 numbers behind the last row's beginning.
    const int16_t *_Nonnull weights;
    size_t head_count;
} jz_linear_model;

/// Sums up the rows of those features that have one.
///
/// It goes through them step by step, so that the processor waits for many places of memory at once.
///
/// - room: for twice `count` numbers.
/// - sums: takes 16 sums, of which those behind the last head say nothing.
void jz_sum_weights(
    const jz_linear_model *_Nonnull model, const uint32_t *_Nonnull features, size_t count, uint32_t *_Nonnull room,
    int64_t *_Nonnull sums);

#endif
