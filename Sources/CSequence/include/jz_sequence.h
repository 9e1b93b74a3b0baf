// The inner loops of the sequence model, compiled for several processors: Swift compiles a function for one alone.
//
// Every variant does the same IEEE operations on each lane in the same order and fuses none, so that all come to the
// same bits.
#ifndef JZ_SEQUENCE_H
#define JZ_SEQUENCE_H
#include <stddef.h>
#include <stdint.h>

/// Sizes in lanes of sixteen floats; they must be those of `SequenceModel.Size`.
enum { jz_sequence_state = 3, jz_sequence_input = 4, jz_sequence_output = 10, jz_sequence_kept = 12 };

/// Embeds a message: sums up the rows of what it holds, nothing below 0, and puts the dense values behind.
///
/// - traits: `count` numbers of `trait_rows`, each of which counts `scale`.
/// - value_rows: a row for each of the 16 dense values, one for each filter, and the bias.
/// - filtered: what the filters found.
/// - inputs: takes the inputs of the message.
void jz_sequence_embed(
    const float *_Nonnull trait_rows, const int32_t *_Nullable traits, size_t count, float scale,
    const float *_Nonnull value_rows, const float *_Nonnull dense, const float *_Nonnull filtered, float *_Nonnull inputs);

/// Runs one direction of the network over `count` messages.
///
/// - parameters: the rows of the inputs, those of the state, the biases of the gates and of the candidate.
/// - outputs: for each message both states, then its inputs; this direction's states are written.
/// - kept: where not NULL, takes for each message the reset, update and candidate gates and the state's part of the last.
void jz_sequence_run(
    const float *_Nonnull parameters, float *_Nonnull outputs, size_t count, int direction, float *_Nullable kept);

/// Sums up the outputs of `count` messages, each value times `mask` where there is one, into 16 odds a message.
///
/// - parameters: a row for each value of an output, then the bias.
void jz_sequence_odds(
    const float *_Nonnull parameters, const float *_Nonnull outputs, const float *_Nullable mask, size_t count,
    float *_Nonnull odds);

/// Filters over the characters of a message, and the neighbours each sees.
enum { jz_filter_count = 64, jz_filter_places = 3 };

/// The greatest sum of each filter over the `count` (at least one) characters of a message.
///
/// - characters, marks: for each row and place what it adds to every filter.
/// - rows: for each character of the message its row of `characters` and its row of `marks`.
void jz_filters_greatest(
    const int8_t *_Nonnull characters, const int8_t *_Nonnull marks, const uint16_t *_Nonnull rows, size_t count,
    int16_t *_Nonnull greatest);

#endif
