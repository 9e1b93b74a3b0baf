// The inner loops of training, compiled for several processors as the others are.
//
// Sums go in a fixed order, so that every processor comes to the same model.
#ifndef JZ_TRAINING_H
#define JZ_TRAINING_H
#include <stddef.h>
#include <stdint.h>

/// Goes back through one direction of the network over `count` messages that `jz_sequence_run` has read.
///
/// - parameters, outputs, kept: those of the run.
/// - back: for each message what the loss changes by with each value of its output; what the inputs do by way of the
///   states is added.
/// - gradient: of the parameters; added to.
/// - room: for `jz_sequence_kept` lanes a message.
void jz_sequence_back(
    const float *_Nonnull parameters, const float *_Nonnull outputs, const float *_Nonnull kept, float *_Nonnull back,
    size_t count, int direction, float *_Nonnull gradient, float *_Nonnull room);

/// Goes back from the odds of `count` messages to their outputs.
///
/// - parameters, outputs, mask: those of `jz_sequence_odds`.
/// - errors: for each message what the loss changes by with each of the 16 odds.
/// - gradient: of the parameters; added to.
/// - back: takes for each message what the loss changes by with each value of its output.
void jz_sequence_odds_back(
    const float *_Nonnull parameters, const float *_Nonnull outputs, const float *_Nonnull mask, const float *_Nonnull errors,
    size_t count, float *_Nonnull gradient, float *_Nonnull back);

/// Goes back from the inputs of a message to what `jz_sequence_embed` made them of.
///
/// - inputs: what it made; `back`: what the loss changes by with each of them.
/// - trait_gradient, value_gradient: of `trait_rows` and `value_rows`; added to.
/// - to_filtered: takes what the loss changes by with each value of `filtered`; 0 for those that are 0.
void jz_sequence_embed_back(
    const int32_t *_Nullable traits, size_t count, float scale, const float *_Nonnull value_rows, const float *_Nonnull dense,
    const float *_Nonnull filtered, const float *_Nonnull inputs, const float *_Nonnull back, float *_Nonnull trait_gradient,
    float *_Nonnull value_gradient, float *_Nonnull to_filtered);

/// The values that stand for a character in training: those of the character itself, then those of the class it stands in.
enum { jz_filter_inputs = 48 };

/// What the filters, in rows of all filters for each place and input, give for `count` (at least one) characters of
/// `jz_filter_inputs` values each.
///
/// - greatest: the greatest sum of each filter; `at`: the character in whose place it stands.
void jz_filters_forward(
    const float *_Nonnull filters, const float *_Nonnull inputs, size_t count, float *_Nonnull greatest,
    int32_t *_Nonnull at);

/// Adds to the gradients of the filters and of the inputs what `errors` of the greatest sums mean for them.
///
/// - filters, filter_gradient: in rows of all places and inputs for each filter.
void jz_filters_back(
    const float *_Nonnull filters, const float *_Nonnull inputs, size_t count, const float *_Nonnull errors,
    const int32_t *_Nonnull at, float *_Nonnull filter_gradient, float *_Nonnull input_gradient);

/// The sum of the squares of all values in `count` lanes.
double jz_sum_of_squares(const float *_Nonnull values, size_t count);

/// One step of Adam over `count` lanes.
///
/// - factor: what the gradient is multiplied with.
/// - first_bias, second_bias: what the two means are divided by.
/// - pull: the share of each parameter that is taken away.
void jz_adam_step(
    float *_Nonnull parameters, const float *_Nonnull gradient, float *_Nonnull first, float *_Nonnull second, size_t count,
    float factor, float first_bias, float second_bias, float rate, float pull);

/// Heads of a linear model in training; behind the last there are zeroes.
enum { jz_linear_heads = 16 };

/// Adds to the margins of all heads the weights of some rows, each times `value`.
///
/// - table: for each row the weights of all heads, then the sums of their squared gradients.
void jz_linear_margins(
    const float *_Nonnull table, const int32_t *_Nullable rows, size_t count, float value, double *_Nonnull margins);

/// One step of AdaGrad for the weights of some rows, each of which counted `value`.
///
/// - errors: what the loss changes by with the margin of each head; those near 0 teach nothing.
void jz_linear_step(
    float *_Nonnull table, const int32_t *_Nullable rows, size_t count, float value, const float *_Nonnull errors, float rate,
    float regularization);

#endif
