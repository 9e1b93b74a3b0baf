#include "jz_processors.h"
#include "jz_sequence.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

enum { LANES = 16, STATE = jz_sequence_state, INPUT = jz_sequence_input, OUTPUT = jz_sequence_output, GATES = 3 * STATE };

/// The embedding stands before the dense values among the inputs.
enum { EMBEDDING = INPUT - 1 };

/// Messages whose inputs are summed together, so that a row is fetched once for all of them.
enum { BLOCK = 4, STRETCH = 64 };

typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int mask_lanes __attribute__((vector_size(64)));

INLINE void load(lanes *value, const float *from) { memcpy(value, from, sizeof *value); }
INLINE void store(float *to, const lanes *value) { memcpy(to, value, sizeof *value); }

/// See `Activation.tanh`.
INLINE void hyperbolic_tangent(lanes *value) {
    const lanes low = (lanes){} - 7.9f, high = (lanes){} + 7.9f;
    lanes x = *value;
    x = (lanes)(((mask_lanes)low & (x < low)) | ((mask_lanes)x & ~(x < low)));
    x = (lanes)(((mask_lanes)high & (x > high)) | ((mask_lanes)x & ~(x > high)));
    const lanes square = x * x;
    lanes above = square * -2.7607685e-16f + 2.0001879e-13f;
    above = above * square - 8.604672e-11f;
    above = above * square + 5.1222971e-8f;
    above = above * square + 1.4857224e-5f;
    above = above * square + 6.3726193e-4f;
    above = above * square + 4.8935246e-3f;
    lanes below = square * 1.1982584e-6f + 1.1853471e-4f;
    below = below * square + 2.2684346e-3f;
    below = below * square + 4.893525e-3f;
    *value = x * above / below;
}

INLINE void logistic(lanes *value) {
    lanes half = *value * 0.5f;
    hyperbolic_tangent(&half);
    *value = half * 0.5f + 0.5f;
}

/// For up to `BLOCK` messages the biases of the gates and what the inputs add to them.
INLINE void sum_inputs(
    const float *rows, const float *biases, const float *const inputs[BLOCK], float (*sums)[GATES * LANES], int count) {
    for (int gate = 0; gate < GATES; gate++) {
        lanes sum[BLOCK];
        for (int message = 0; message < BLOCK; message++) load(&sum[message], biases + gate * LANES);
        const float *row = rows + gate * LANES;
        for (int value = 0; value < INPUT * LANES; value++, row += GATES * LANES) {
            lanes weights;
            load(&weights, row);
            for (int message = 0; message < BLOCK; message++) sum[message] += weights * inputs[message][value];
        }
        for (int message = 0; message < count; message++) store(sums[message] + gate * LANES, &sum[message]);
    }
}

/// Adds a row of the embedding as often as a value says.
INLINE void add_row(lanes sum[EMBEDDING], const float *row, float value) {
    for (int part = 0; part < EMBEDDING; part++) {
        lanes weights;
        load(&weights, row + part * LANES);
        sum[part] += weights * value;
    }
}

/// Adds what the state adds to the three parts of one gate.
INLINE void add_state(lanes sum[STATE], const float *rows, const float state[STATE * LANES]) {
    for (int value = 0; value < STATE * LANES; value++, rows += GATES * LANES) {
        for (int part = 0; part < STATE; part++) {
            lanes weights;
            load(&weights, rows + part * LANES);
            sum[part] += weights * state[value];
        }
    }
}

FOR_EACH_PROCESSOR
void jz_sequence_run(const float *parameters, float *outputs, size_t count, int direction, float *kept) {
    const float *const input_rows = parameters;
    const float *const state_rows = input_rows + INPUT * LANES * GATES * LANES;
    const float *const biases = state_rows + STATE * LANES * GATES * LANES;
    const float *const candidate_bias = biases + GATES * LANES;
    float sums[STRETCH][GATES * LANES];
    float state[STATE * LANES] = {0};
    for (size_t start = 0; start < count; start += STRETCH) {
        const size_t end = count - start < STRETCH ? count : start + STRETCH;
        for (size_t number = start; number < end; number += BLOCK) {
            const float *inputs[BLOCK];
            for (size_t message = 0; message < BLOCK; message++) {
                const size_t at = number + message < end ? number + message : number;
                const size_t step = direction == 0 ? at : count - 1 - at;
                inputs[message] = outputs + (step * OUTPUT + 2 * STATE) * LANES;
            }
            sum_inputs(input_rows, biases, inputs, sums + (number - start), end - number < BLOCK ? (int)(end - number) : BLOCK);
        }
        for (size_t number = start; number < end; number++) {
            const size_t step = direction == 0 ? number : count - 1 - number;
            const float *sum = sums[number - start];
            lanes reset[STATE], update[STATE], candidate[STATE], recalled[STATE];
            for (int part = 0; part < STATE; part++) {
                load(&reset[part], sum + part * LANES);
                load(&update[part], sum + (STATE + part) * LANES);
                load(&candidate[part], sum + (2 * STATE + part) * LANES);
                load(&recalled[part], candidate_bias + part * LANES);
            }
            add_state(reset, state_rows, state);
            add_state(update, state_rows + STATE * LANES, state);
            add_state(recalled, state_rows + 2 * STATE * LANES, state);
            for (int part = 0; part < STATE; part++) {
                logistic(&reset[part]);
                logistic(&update[part]);
                candidate[part] = candidate[part] + reset[part] * recalled[part];
                hyperbolic_tangent(&candidate[part]);
                lanes value;
                load(&value, state + part * LANES);
                value = candidate[part] + update[part] * (value - candidate[part]);
                store(state + part * LANES, &value);
                store(outputs + (step * OUTPUT + direction * STATE + part) * LANES, &value);
                if (kept) {
                    float *own = kept + step * jz_sequence_kept * LANES;
                    store(own + part * LANES, &reset[part]);
                    store(own + (STATE + part) * LANES, &update[part]);
                    store(own + (2 * STATE + part) * LANES, &candidate[part]);
                    store(own + (3 * STATE + part) * LANES, &recalled[part]);
                }
            }
        }
    }
}

FOR_EACH_PROCESSOR
void jz_sequence_odds(const float *parameters, const float *outputs, const float *mask, size_t count, float *odds) {
    for (size_t start = 0; start < count; start += BLOCK) {
        lanes sum[BLOCK];
        const float *values[BLOCK];
        float masked[BLOCK][OUTPUT * LANES];
        for (size_t message = 0; message < BLOCK; message++) {
            const size_t at = (start + message < count ? start + message : start) * OUTPUT * LANES;
            load(&sum[message], parameters + OUTPUT * LANES * LANES);
            values[message] = outputs + at;
            if (mask) {
                for (int value = 0; value < OUTPUT * LANES; value++) masked[message][value] = outputs[at + value] * mask[at + value];
                values[message] = masked[message];
            }
        }
        for (int value = 0; value < OUTPUT * LANES; value++) {
            lanes weights;
            load(&weights, parameters + value * LANES);
            for (int message = 0; message < BLOCK; message++) sum[message] += weights * values[message][value];
        }
        for (size_t message = 0; message < BLOCK && start + message < count; message++) {
            store(odds + (start + message) * LANES, &sum[message]);
        }
    }
}

FOR_EACH_PROCESSOR
void jz_sequence_embed(
    const float *trait_rows, const int32_t *traits, size_t count, float scale, const float *value_rows, const float *dense,
    const float *filtered, float *inputs) {
    const float *const filter_rows = value_rows + LANES * EMBEDDING * LANES;
    lanes sum[EMBEDDING];
    for (int part = 0; part < EMBEDDING; part++) load(&sum[part], filter_rows + (jz_filter_count * EMBEDDING + part) * LANES);
    for (size_t trait = 0; trait < count; trait++) add_row(sum, trait_rows + (size_t)traits[trait] * EMBEDDING * LANES, scale);
    for (int value = 0; value < LANES; value++) {
        if (dense[value] != 0) add_row(sum, value_rows + value * EMBEDDING * LANES, dense[value]);
    }
    for (int filter = 0; filter < jz_filter_count; filter++) {
        if (filtered[filter] != 0) add_row(sum, filter_rows + filter * EMBEDDING * LANES, filtered[filter]);
    }
    for (int part = 0; part < EMBEDDING; part++) {
        sum[part] = (lanes)((mask_lanes)sum[part] & ~(sum[part] < 0));
        store(inputs + part * LANES, &sum[part]);
    }
    memcpy(inputs + EMBEDDING * LANES, dense, LANES * sizeof *dense);
}
