// What this project asks of libarchive for writing: a zip of stored files without times, the same bytes everywhere.
#ifndef JZ_ARCHIVE_WRITER_H
#define JZ_ARCHIVE_WRITER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct jz_archive_writer jz_archive_writer;

/// Writes to an open file descriptor, which stays open; NULL without memory.
jz_archive_writer *_Nullable jz_archive_writer_open(int descriptor);
/// Writes one whole file under a UTF-8 name. On false `errno` says why, and the archive is of no use.
bool jz_archive_writer_add(
    jz_archive_writer *_Nonnull writer, const char *_Nonnull name, const uint8_t *_Nullable bytes, size_t count);
/// Ends the archive and frees the writer. False where it could not be ended.
bool jz_archive_writer_close(jz_archive_writer *_Nonnull writer);

#endif
