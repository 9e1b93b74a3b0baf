// Sixteen floats at once, as the models hold them.
#ifndef JZ_LANES_H
#define JZ_LANES_H

#include "jz_processors.h"

#include <string.h>

enum { LANES = 16 };

typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int mask_lanes __attribute__((vector_size(64)));

INLINE void load(lanes *value, const float *from) { memcpy(value, from, sizeof *value); }
INLINE void store(float *to, const lanes *value) { memcpy(to, value, sizeof *value); }

#endif
