// What this project asks of libarchive: the members of an archive that lies in memory, one after the other.
#ifndef JZ_ARCHIVE_H
#define JZ_ARCHIVE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "jz_archive_writer.h"

typedef struct jz_archive jz_archive;

typedef enum jz_archive_step {
    jz_archive_member = 0,
    jz_archive_end = 1,
    /// The archive is damaged here; nothing can be read after it.
    jz_archive_damaged = 2,
} jz_archive_step;

/// Opens a zip, 7z, rar or (compressed) tar that must stay in memory until it is closed; NULL where it is none. With
/// `compressed_file`, what is compressed and no tar is one member named `data`.
jz_archive *_Nullable jz_archive_open(const uint8_t *_Nonnull bytes, size_t count, bool compressed_file);
void jz_archive_close(jz_archive *_Nullable archive);
/// Goes to the next member.
jz_archive_step jz_archive_next(jz_archive *_Nonnull archive);
/// The name of the member as the archive holds it, in whatever character set; valid until the next step.
const char *_Nonnull jz_archive_name(jz_archive *_Nonnull archive);
/// Whether the member is a regular file, and not a folder, a link or a device.
bool jz_archive_is_file(jz_archive *_Nonnull archive);
bool jz_archive_is_encrypted(jz_archive *_Nonnull archive);
/// Reads on in the member. Returns the number of bytes, 0 at its end, or -1 where it is damaged or encrypted.
int64_t jz_archive_read(jz_archive *_Nonnull archive, uint8_t *_Nonnull buffer, size_t capacity);
/// libarchive's version, as `3.6.2`.
const char *_Nonnull jz_archive_version(void);

#endif
