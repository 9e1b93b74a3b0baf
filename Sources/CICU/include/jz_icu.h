// What this project asks of ICU, behind opaque handles: ICU's own headers carry version-suffixed names and clash with
// the ICU inside Foundation, so they stay in the .c files.
#ifndef JZ_ICU_H
#define JZ_ICU_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// MARK: Character sets

typedef struct jz_converter jz_converter;

/// Opens a decoder by ICU's name of the character set, or returns NULL where there is none of that name.
jz_converter *_Nullable jz_converter_open(const char *_Nonnull name);
void jz_converter_close(jz_converter *_Nullable converter);
void jz_converter_reset(jz_converter *_Nonnull converter);
/// Decodes `bytes` to UTF-16; what is no character becomes U+FFFD. For each unit `offsets` receives the position in
/// `bytes` of the character it came from, or -1 where that began in an earlier call. `units` must hold
/// `2 * count + 16`. Returns the number of units, or -1 on an error of the library.
int64_t jz_converter_decode(jz_converter *_Nonnull converter, const uint8_t *_Nonnull bytes, size_t count, bool last,
                            uint16_t *_Nonnull units, int32_t *_Nonnull offsets);

// MARK: Word boundaries

typedef struct jz_word_breaker jz_word_breaker;

/// Opens a word breaker for Chinese text, or returns NULL where ICU's data is missing.
jz_word_breaker *_Nullable jz_word_breaker_open(void);
void jz_word_breaker_close(jz_word_breaker *_Nullable breaker);
/// Writes the boundaries of `units` after the first (which is 0) to `boundaries`, which must hold `count`. Returns
/// their number, or -1 on an error of the library.
int64_t jz_word_breaker_boundaries(jz_word_breaker *_Nonnull breaker, const uint16_t *_Nullable units, size_t count,
                                   int32_t *_Nonnull boundaries);

// MARK: Folding

/// Writes NFKC_Casefold of `units` to `folded`. Returns the number of units, more than `capacity` where they did not
/// fit (then nothing useful was written), or -1 on an error of the library.
int64_t jz_nfkc_casefold(const uint16_t *_Nullable units, size_t count, uint16_t *_Nonnull folded, size_t capacity);
/// Writes NFKC_Casefold of one character without its marks and invisible characters, as code points. Returns their
/// number, 0 where nothing visible is left, or -1 on an error of the library.
int32_t jz_fold_scalar(uint32_t scalar, uint32_t *_Nonnull folded, int32_t capacity);
/// Does the same for all code points from `first` to `last`: writes the one each folds to, or 1 << 31 where they are
/// several, 3 << 30 for a mark and 5 << 29 for what is invisible.
void jz_fold_range(uint32_t first, uint32_t last, uint32_t *_Nonnull folded);
/// Whether the character is drawn onto the one before it.
bool jz_is_mark(uint32_t scalar);
/// Applies one of ICU's transliterators, as `Hant-Hans`, to `units` in place. Returns the new number of units, or -1
/// where there is no such transliterator or `capacity` is too small.
int64_t jz_transliterate(const char *_Nonnull identifier, uint16_t *_Nonnull units, size_t count, size_t capacity);
/// ICU's version, as `72.1`.
const char *_Nonnull jz_icu_version(void);

#endif
