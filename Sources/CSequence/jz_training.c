#include "jz_lanes.h"
#include "jz_sequence.h"
#include "jz_training.h"

#pragma STDC FP_CONTRACT OFF

enum { STATE = jz_sequence_state, INPUT = jz_sequence_input, OUTPUT = jz_sequence_output, GATES = 3 * STATE, ROOM = jz_sequence_kept };

enum { FILTERS = jz_filter_count, PLACES = jz_filter_places, INPUTS = jz_filter_inputs, HEADS = jz_linear_heads };

/// The dense values behind the embedding are given, so nothing goes back to them.
enum { EMBEDDING = INPUT - 1 };

typedef float half __attribute__((vector_size(32)));
typedef float quarter __attribute__((vector_size(16)));
typedef double doubles __attribute__((vector_size(128)));

/// The sum of all lanes: of halves, then of their halves.
INLINE float total(const lanes *value) {
    half halves[2];
    memcpy(halves, value, sizeof halves);
    const half eight = halves[0] + halves[1];
    quarter quarters[2];
    memcpy(quarters, &eight, sizeof quarters);
    const quarter four = quarters[0] + quarters[1];
    return (four[0] + four[2]) + (four[1] + four[3]);
}

/// A row of weights times what the loss changes by with each of their sums.
INLINE float product(const lanes row[GATES], const float *errors) {
    lanes sum = {};
    for (int gate = 0; gate < GATES; gate++) {
        lanes error;
        load(&error, errors + gate * LANES);
        sum += row[gate] * error;
    }
    return total(&sum);
}

INLINE void load_row(lanes row[GATES], const float *from) {
    for (int gate = 0; gate < GATES; gate++) load(&row[gate], from + gate * LANES);
}

/// Adds the errors of a message to a row's gradient as often as the row's value says.
INLINE void add_errors(lanes sum[GATES], const float *errors, float value) {
    for (int gate = 0; gate < GATES; gate++) {
        lanes error;
        load(&error, errors + gate * LANES);
        sum[gate] += error * value;
    }
}

INLINE void store_sum(float *gradient, const lanes sum[GATES]) {
    for (int gate = 0; gate < GATES; gate++) {
        lanes own;
        load(&own, gradient + gate * LANES);
        own += sum[gate];
        store(gradient + gate * LANES, &own);
    }
}

/// Adds to a row of the embedding's gradient.
INLINE void add_scaled(float *gradient, const lanes error[EMBEDDING], float value) {
    for (int part = 0; part < EMBEDDING; part++) {
        lanes sum;
        load(&sum, gradient + part * LANES);
        sum += error[part] * value;
        store(gradient + part * LANES, &sum);
    }
}

/// In the room of a message: the errors of the reset and update gates, of the state's part of the candidate, and of the
/// candidate. The first nine are those of the state's sums; the inputs' have the last three in place of those before.
enum { RECALLED = 2 * STATE, CANDIDATE = 3 * STATE };

INLINE void input_errors(float errors[GATES * LANES], const float *room) {
    memcpy(errors, room, RECALLED * LANES * sizeof *room);
    memcpy(errors + RECALLED * LANES, room + CANDIDATE * LANES, STATE * LANES * sizeof *room);
}

FOR_EACH_PROCESSOR
void jz_sequence_back(
    const float *parameters, const float *outputs, const float *kept, float *back, size_t count, int direction, float *gradient,
    float *room) {
    const size_t state_rows = INPUT * LANES * GATES * LANES, biases = state_rows + STATE * LANES * GATES * LANES;
    const size_t candidate_bias = biases + GATES * LANES;
    const size_t own_state = (size_t)direction * STATE * LANES;
    const ptrdiff_t to_previous = (direction == 0 ? -1 : 1) * (ptrdiff_t)(OUTPUT * LANES);
    _Alignas(64) float to_state[STATE * LANES] = {0};
    lanes bias_sum[GATES] = {}, recalled_sum[STATE] = {};
    for (size_t number = count; number-- > 0;) {
        const size_t step = direction == 0 ? number : count - 1 - number;
        const float *gates = kept + step * jz_sequence_kept * LANES;
        const float *state = outputs + step * OUTPUT * LANES + own_state;
        float *errors = room + step * ROOM * LANES;
        for (int part = 0; part < STATE; part++) {
            lanes reset, update, candidate, recalled, error, later, previous = {};
            load(&reset, gates + part * LANES);
            load(&update, gates + (STATE + part) * LANES);
            load(&candidate, gates + (2 * STATE + part) * LANES);
            load(&recalled, gates + (3 * STATE + part) * LANES);
            load(&error, back + step * OUTPUT * LANES + own_state + part * LANES);
            load(&later, to_state + part * LANES);
            if (number > 0) load(&previous, state + to_previous + part * LANES);
            error += later;
            const lanes to_candidate = error * (1.0f - update) * (1.0f - candidate * candidate);
            const lanes to_recalled = to_candidate * reset;
            const lanes to_reset = to_candidate * recalled * reset * (1.0f - reset);
            const lanes to_update = error * (previous - candidate) * update * (1.0f - update);
            const lanes next = error * update;
            store(errors + part * LANES, &to_reset);
            store(errors + (STATE + part) * LANES, &to_update);
            store(errors + (RECALLED + part) * LANES, &to_recalled);
            store(errors + (CANDIDATE + part) * LANES, &to_candidate);
            store(to_state + part * LANES, &next);
            bias_sum[part] += to_reset;
            bias_sum[STATE + part] += to_update;
            bias_sum[2 * STATE + part] += to_candidate;
            recalled_sum[part] += to_recalled;
        }
        if (number == 0) break;
        for (int value = 0; value < STATE * LANES; value++) {
            lanes row[GATES];
            load_row(row, parameters + state_rows + (size_t)value * GATES * LANES);
            to_state[value] += product(row, errors);
        }
    }
    store_sum(gradient + biases, bias_sum);
    for (int part = 0; part < STATE; part++) {
        lanes own;
        load(&own, gradient + candidate_bias + part * LANES);
        own += recalled_sum[part];
        store(gradient + candidate_bias + part * LANES, &own);
    }
    // A row and its gradient are taken once for all messages.
    for (int value = 0; value < STATE * LANES; value++) {
        lanes sum[GATES] = {};
        for (size_t number = 1; number < count; number++) {
            const size_t step = direction == 0 ? number : count - 1 - number;
            const float previous = *(outputs + step * OUTPUT * LANES + own_state + to_previous + value);
            add_errors(sum, room + step * ROOM * LANES, previous);
        }
        store_sum(gradient + state_rows + (size_t)value * GATES * LANES, sum);
    }
    for (size_t step = 0; step < count; step++) {
        // The inputs' errors now stand together.
        float errors[GATES * LANES];
        input_errors(errors, room + step * ROOM * LANES);
        memcpy(room + step * ROOM * LANES, errors, sizeof errors);
    }
    for (int value = 0; value < INPUT * LANES; value++) {
        lanes sum[GATES] = {}, row[GATES];
        load_row(row, parameters + (size_t)value * GATES * LANES);
        for (size_t step = 0; step < count; step++) {
            const float *errors = room + step * ROOM * LANES;
            const size_t at = (step * OUTPUT + 2 * STATE) * LANES + value;
            if (outputs[at] != 0) add_errors(sum, errors, outputs[at]);
            // A value of the embedding that is not above 0 was cut off there.
            if (value < EMBEDDING * LANES && outputs[at] > 0) back[at] += product(row, errors);
        }
        store_sum(gradient + (size_t)value * GATES * LANES, sum);
    }
}

FOR_EACH_PROCESSOR
void jz_sequence_odds_back(
    const float *parameters, const float *outputs, const float *mask, const float *errors, size_t count, float *gradient,
    float *back) {
    lanes bias;
    load(&bias, gradient + OUTPUT * LANES * LANES);
    for (size_t step = 0; step < count; step++) {
        lanes error;
        load(&error, errors + step * LANES);
        bias += error;
    }
    store(gradient + OUTPUT * LANES * LANES, &bias);
    for (int value = 0; value < OUTPUT * LANES; value++) {
        lanes row, sum;
        load(&row, parameters + value * LANES);
        load(&sum, gradient + value * LANES);
        for (size_t step = 0; step < count; step++) {
            const size_t at = step * OUTPUT * LANES + value;
            if (mask[at] == 0) {
                back[at] = 0;
                continue;
            }
            lanes error;
            load(&error, errors + step * LANES);
            sum += error * (outputs[at] * mask[at]);
            error *= row;
            back[at] = total(&error) * mask[at];
        }
        store(gradient + value * LANES, &sum);
    }
}

FOR_EACH_PROCESSOR
void jz_sequence_embed_back(
    const int32_t *traits, size_t count, float scale, const float *value_rows, const float *dense, const float *filtered,
    const float *inputs, const float *back, float *trait_gradient, float *value_gradient, float *to_filtered) {
    lanes error[EMBEDDING];
    for (int part = 0; part < EMBEDDING; part++) {
        lanes value;
        load(&value, inputs + part * LANES);
        load(&error[part], back + part * LANES);
        error[part] = (lanes)((mask_lanes)error[part] & (value > 0));
    }
    const size_t filter_rows = LANES * EMBEDDING * LANES;
    add_scaled(value_gradient + filter_rows + FILTERS * EMBEDDING * LANES, error, 1);
    for (size_t trait = 0; trait < count; trait++) add_scaled(trait_gradient + (size_t)traits[trait] * EMBEDDING * LANES, error, scale);
    for (int value = 0; value < LANES; value++) {
        if (dense[value] != 0) add_scaled(value_gradient + value * EMBEDDING * LANES, error, dense[value]);
    }
    for (int filter = 0; filter < FILTERS; filter++) {
        to_filtered[filter] = 0;
        if (filtered[filter] == 0) continue;
        const size_t row = filter_rows + (size_t)filter * EMBEDDING * LANES;
        add_scaled(value_gradient + row, error, filtered[filter]);
        lanes sum = {};
        for (int part = 0; part < EMBEDDING; part++) {
            lanes weights;
            load(&weights, value_rows + row + part * LANES);
            sum += weights * error[part];
        }
        to_filtered[filter] = total(&sum);
    }
}

/// Filters whose sums are held at once.
enum { PARTS = FILTERS / LANES };

FOR_EACH_PROCESSOR
void jz_filters_forward(const float *filters, const float *inputs, size_t count, float *greatest, int32_t *at) {
    lanes most[PARTS];
    mask_lanes places[PARTS] = {};
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
                    load(&weights, row + part * LANES);
                    sum[part] += weights * value;
                }
            }
        }
        for (int part = 0; part < PARTS; part++) {
            if (here == 0) most[part] = sum[part];
            const mask_lanes is_more = sum[part] > most[part];
            most[part] = (lanes)(((mask_lanes)sum[part] & is_more) | ((mask_lanes)most[part] & ~is_more));
            places[part] = (((mask_lanes){} + (int)here) & is_more) | (places[part] & ~is_more);
        }
    }
    memcpy(greatest, most, sizeof most);
    memcpy(at, places, sizeof places);
}

FOR_EACH_PROCESSOR
void jz_filters_back(
    const float *filters, const float *inputs, size_t count, const float *errors, const int32_t *at, float *filter_gradient,
    float *input_gradient) {
    for (int filter = 0; filter < FILTERS; filter++) {
        const float error = errors[filter];
        if (error == 0) continue;
        for (int place = 0; place < PLACES; place++) {
            const size_t other = (size_t)at[filter] + place - 1;
            if (other >= count) continue;
            const size_t row = (size_t)(filter * PLACES + place) * INPUTS;
            for (int part = 0; part < INPUTS; part += LANES) {
                lanes own, weights, sum;
                load(&own, inputs + other * INPUTS + part);
                load(&sum, filter_gradient + row + part);
                sum += own * error;
                store(filter_gradient + row + part, &sum);
                load(&weights, filters + row + part);
                load(&sum, input_gradient + other * INPUTS + part);
                sum += weights * error;
                store(input_gradient + other * INPUTS + part, &sum);
            }
        }
    }
}

FOR_EACH_PROCESSOR
double jz_sum_of_squares(const float *values, size_t count) {
    doubles sum = {};
    for (size_t at = 0; at < count * LANES; at += LANES) {
        lanes own;
        load(&own, values + at);
        sum += __builtin_convertvector(own * own, doubles);
    }
    double all = 0;
    for (int lane = 0; lane < LANES; lane++) all += sum[lane];
    return all;
}

FOR_EACH_PROCESSOR
void jz_adam_step(
    float *parameters, const float *gradient, float *first, float *second, size_t count, float factor, float first_bias,
    float second_bias, float rate, float pull) {
    for (size_t at = 0; at < count * LANES; at += LANES) {
        lanes g, mean, square, own;
        load(&g, gradient + at);
        load(&mean, first + at);
        load(&square, second + at);
        load(&own, parameters + at);
        g *= factor;
        mean = mean * 0.9f + g * 0.1f;
        square = square * 0.999f + g * g * 0.001f;
        const lanes spread = __builtin_elementwise_sqrt(square / second_bias) + 1e-8f;
        own -= own * pull + mean / first_bias / spread * rate;
        store(first + at, &mean);
        store(second + at, &square);
        store(parameters + at, &own);
    }
}

FOR_EACH_PROCESSOR
void jz_linear_margins(const float *table, const int32_t *rows, size_t count, float value, double *margins) {
    doubles sum;
    memcpy(&sum, margins, sizeof sum);
    for (size_t number = 0; number < count; number++) {
        lanes weights;
        load(&weights, table + (size_t)rows[number] * 2 * HEADS);
        sum += __builtin_convertvector(weights * value, doubles);
    }
    memcpy(margins, &sum, sizeof sum);
}

FOR_EACH_PROCESSOR
void jz_linear_step(
    float *table, const int32_t *rows, size_t count, float value, const float *errors, float rate, float regularization) {
    lanes error;
    load(&error, errors);
    const mask_lanes teaches = (error > 1e-3f) | (error < -1e-3f);
    for (size_t number = 0; number < count; number++) {
        float *row = table + (size_t)rows[number] * 2 * HEADS;
        lanes weights, squares;
        load(&weights, row);
        load(&squares, row + HEADS);
        const lanes gradient = (lanes)((mask_lanes)(error * value + weights * regularization) & teaches);
        squares += gradient * gradient;
        weights -= gradient * rate / __builtin_elementwise_sqrt(squares);
        store(row, &weights);
        store(row + HEADS, &squares);
    }
}
