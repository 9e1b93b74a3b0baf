// How the inner loops are compiled for several processors, the right one chosen when the program is loaded.
#ifndef JZ_PROCESSORS_H
#define JZ_PROCESSORS_H

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

#define INLINE static inline __attribute__((always_inline))

#endif
