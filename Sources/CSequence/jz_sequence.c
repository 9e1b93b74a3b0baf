#include "jz_lanes.h"
#include "jz_sequence.h"

#include <stdbool.h>

#pragma STDC FP_CONTRACT OFF

enum { STATE = jz_sequence_state, INPUT = jz_sequence_input, OUTPUT = jz_sequence_output, GATES = 3 * STATE };

/// The embedding stands before the dense values among the inputs.
enum { EMBEDDING = INPUT - 1 };

/// Messages whose inputs are summed up before any state is, so that the rows of either stay near at hand.
enum { STRETCH = 64 };

/// Messages whose outputs are summed together, so that a row is fetched once for all of them.
enum { BLOCK = 4 };

typedef bool bits __attribute__((ext_vector_type(LANES)));

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

/// A bit for each of `count` (at most four) lanes of values that is not 0: a value of 0 adds nothing to a sum.
INLINE uint64_t not_zero(const float *values, int count) {
    uint64_t all = 0;
    for (int part = 0; part < count; part++) {
        lanes value;
        load(&value, values + part * LANES);
        const bits own = __builtin_convertvector(value != 0, bits);
        uint16_t mask;
        memcpy(&mask, &own, sizeof mask);
        all |= (uint64_t)mask << (part * LANES);
    }
    return all;
}

/// The number of the lowest bit, which is taken away.
INLINE int take_lowest(uint64_t *mask) {
    const int lowest = __builtin_ctzll(*mask);
    *mask &= *mask - 1;
    return lowest;
}

/// Adds a row of the embedding as often as a value says.
INLINE void add_row(lanes sum[EMBEDDING], const float *row, float value) {
    for (int part = 0; part < EMBEDDING; part++) {
        lanes weights;
        load(&weights, row + part * LANES);
        sum[part] += weights * value;
    }
}

/// Adds to some of the gates what the inputs whose bit is set add.
INLINE void add_inputs(float *sums, int count, const float *rows, const float *inputs, uint64_t mask) {
    lanes sum[GATES];
    for (int gate = 0; gate < count; gate++) load(&sum[gate], sums + gate * LANES);
    while (mask) {
        const int value = take_lowest(&mask);
        const float *row = rows + value * GATES * LANES;
        for (int gate = 0; gate < count; gate++) {
            lanes weights;
            load(&weights, row + gate * LANES);
            sum[gate] += weights * inputs[value];
        }
    }
    for (int gate = 0; gate < count; gate++) store(sums + gate * LANES, &sum[gate]);
}

/// Adds to some of the gates what the state adds.
INLINE void add_state(lanes *sum, int count, const float *rows, const float state[STATE * LANES]) {
    for (int value = 0; value < STATE * LANES; value++, rows += GATES * LANES) {
        for (int gate = 0; gate < count; gate++) {
            lanes weights;
            load(&weights, rows + gate * LANES);
            sum[gate] += weights * state[value];
        }
    }
}

/// Gates whose sums are held at once: as many as there are registers for.
enum { FIRST_GATES = 5, OTHER_GATES = GATES - FIRST_GATES };

FOR_EACH_PROCESSOR
void jz_sequence_run(const float *parameters, float *outputs, size_t count, int direction, float *kept) {
    const float *const input_rows = parameters;
    const float *const state_rows = input_rows + INPUT * LANES * GATES * LANES;
    const float *const biases = state_rows + STATE * LANES * GATES * LANES;
    const float *const candidate_bias = biases + GATES * LANES;
    _Alignas(64) float sums[STRETCH][GATES * LANES];
    _Alignas(64) float state[STATE * LANES] = {0};
    for (size_t start = 0; start < count; start += STRETCH) {
        const size_t end = count - start < STRETCH ? count : start + STRETCH;
        for (size_t number = start; number < end; number++) {
            const size_t step = direction == 0 ? number : count - 1 - number;
            const float *inputs = outputs + (step * OUTPUT + 2 * STATE) * LANES;
            const uint64_t mask = not_zero(inputs, INPUT);
            float *sum = sums[number - start];
            memcpy(sum, biases, sizeof sums[0]);
            add_inputs(sum, FIRST_GATES, input_rows, inputs, mask);
            add_inputs(sum + FIRST_GATES * LANES, OTHER_GATES, input_rows + FIRST_GATES * LANES, inputs, mask);
        }
        for (size_t number = start; number < end; number++) {
            const size_t step = direction == 0 ? number : count - 1 - number;
            const float *sum = sums[number - start];
            // What the state adds to the candidate is kept apart.
            lanes gates[GATES], candidate[STATE];
            lanes *const reset = gates, *const update = gates + STATE, *const recalled = gates + 2 * STATE;
            for (int part = 0; part < STATE; part++) {
                load(&reset[part], sum + part * LANES);
                load(&update[part], sum + (STATE + part) * LANES);
                load(&candidate[part], sum + (2 * STATE + part) * LANES);
                load(&recalled[part], candidate_bias + part * LANES);
            }
            add_state(gates, FIRST_GATES, state_rows, state);
            add_state(gates + FIRST_GATES, OTHER_GATES, state_rows + FIRST_GATES * LANES, state);
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
    for (uint64_t mask = not_zero(dense, 1); mask;) {
        const int value = take_lowest(&mask);
        add_row(sum, value_rows + value * EMBEDDING * LANES, dense[value]);
    }
    for (uint64_t mask = not_zero(filtered, jz_filter_count / LANES); mask;) {
        const int filter = take_lowest(&mask);
        add_row(sum, filter_rows + filter * EMBEDDING * LANES, filtered[filter]);
    }
    for (int part = 0; part < EMBEDDING; part++) {
        sum[part] = (lanes)((mask_lanes)sum[part] & ~(sum[part] < 0));
        store(inputs + part * LANES, &sum[part]);
    }
    memcpy(inputs + EMBEDDING * LANES, dense, LANES * sizeof *dense);
}
