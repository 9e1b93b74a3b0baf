// The inner loops of the sequence model, compiled for several processors: Swift compiles a function for one alone.
//
// Every variant does the same IEEE operations on each lane in the same order and fuses none, so that all come to the
// same bits.
#ifndef JZ_SEQUENCE_H
#define JZ_SEQUENCE_H
#include <stddef.h>

/// Sizes in lanes of sixteen floats; they must be those of `SequenceModel.Size`.
enum { jz_sequence_state = 3, jz_sequence_input = 3, jz_sequence_output = 9, jz_sequence_kept = 12 };

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

#endif
