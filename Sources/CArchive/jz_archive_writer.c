#define _GNU_SOURCE
#include "jz_archive_writer.h"
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>

struct jz_archive_writer {
    struct archive *archive;
    locale_t locale;
};

jz_archive_writer *jz_archive_writer_open(int descriptor) {
    jz_archive_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) return NULL;
    writer->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    writer->archive = archive_write_new();
    if (writer->archive == NULL || archive_write_set_format_zip(writer->archive) != ARCHIVE_OK ||
        archive_write_zip_set_compression_store(writer->archive) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(writer->archive, 1) != ARCHIVE_OK ||
        archive_write_open_fd(writer->archive, descriptor) != ARCHIVE_OK) {
        if (writer->archive) archive_write_free(writer->archive);
        if (writer->locale) freelocale(writer->locale);
        free(writer);
        return NULL;
    }
    return writer;
}

static bool fail(jz_archive_writer *writer) {
    int number = archive_errno(writer->archive);
    errno = number > 0 ? number : EIO;
    return false;
}

bool jz_archive_writer_add(jz_archive_writer *writer, const char *name, const uint8_t *bytes, size_t count) {
    struct archive_entry *entry = archive_entry_new();
    if (entry == NULL) {
        errno = ENOMEM;
        return false;
    }
    // No time is set: a zip's times are local, so any would depend on the machine's zone.
    archive_entry_set_pathname_utf8(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (int64_t)count);
    // libarchive marks names as UTF-8 only in a UTF-8 locale.
    locale_t before = writer->locale ? uselocale(writer->locale) : (locale_t)0;
    bool good = archive_write_header(writer->archive, entry) == ARCHIVE_OK;
    if (before) uselocale(before);
    archive_entry_free(entry);
    size_t written = 0;
    while (good && written < count) {
        la_ssize_t step = archive_write_data(writer->archive, bytes + written, count - written);
        if (step <= 0) good = false;
        else written += (size_t)step;
    }
    if (good) good = archive_write_finish_entry(writer->archive) == ARCHIVE_OK;
    return good || fail(writer);
}

bool jz_archive_writer_close(jz_archive_writer *writer) {
    bool good = archive_write_close(writer->archive) == ARCHIVE_OK;
    int number = good ? 0 : archive_errno(writer->archive);
    archive_write_free(writer->archive);
    if (writer->locale) freelocale(writer->locale);
    free(writer);
    if (!good) errno = number > 0 ? number : EIO;
    return good;
}
