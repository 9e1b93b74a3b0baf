#define _GNU_SOURCE
#include "jz_archive.h"
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>

struct jz_archive {
    struct archive *reader;
    struct archive_entry *entry;
    locale_t locale;
};

// libarchive turns names into the character set of the thread's locale, so that has to be UTF-8 while it works.
static locale_t enter(const jz_archive *archive) {
    return archive->locale ? uselocale(archive->locale) : (locale_t)0;
}

static void leave(locale_t before) {
    if (before) uselocale(before);
}

jz_archive *jz_archive_open(const uint8_t *bytes, size_t count, bool compressed_file) {
    jz_archive *archive = calloc(1, sizeof *archive);
    if (archive == NULL) return NULL;
    archive->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    archive->reader = archive_read_new();
    if (archive->reader == NULL) {
        jz_archive_close(archive);
        return NULL;
    }
    archive_read_support_filter_gzip(archive->reader);
    archive_read_support_filter_bzip2(archive->reader);
    archive_read_support_filter_xz(archive->reader);
    archive_read_support_filter_lzma(archive->reader);
    archive_read_support_filter_zstd(archive->reader);
    archive_read_support_format_zip(archive->reader);
    archive_read_support_format_7zip(archive->reader);
    archive_read_support_format_rar(archive->reader);
    archive_read_support_format_rar5(archive->reader);
    archive_read_support_format_tar(archive->reader);
    if (compressed_file) archive_read_support_format_raw(archive->reader);
    locale_t before = enter(archive);
    int status = archive_read_open_memory(archive->reader, bytes, count);
    leave(before);
    if (status < ARCHIVE_WARN) {
        jz_archive_close(archive);
        return NULL;
    }
    return archive;
}

void jz_archive_close(jz_archive *archive) {
    if (archive == NULL) return;
    if (archive->reader) archive_read_free(archive->reader);
    if (archive->locale) freelocale(archive->locale);
    free(archive);
}

jz_archive_step jz_archive_next(jz_archive *archive) {
    locale_t before = enter(archive);
    int status = archive_read_next_header(archive->reader, &archive->entry);
    leave(before);
    if (status == ARCHIVE_EOF) return jz_archive_end;
    return status < ARCHIVE_WARN ? jz_archive_damaged : jz_archive_member;
}

const char *jz_archive_name(jz_archive *archive) {
    locale_t before = enter(archive);
    const char *name = archive_entry_pathname(archive->entry);
    if (name == NULL) name = archive_entry_pathname_utf8(archive->entry);
    leave(before);
    return name ? name : "";
}

bool jz_archive_is_file(jz_archive *archive) {
    return archive_entry_filetype(archive->entry) == AE_IFREG && archive_entry_hardlink(archive->entry) == NULL;
}

bool jz_archive_is_encrypted(jz_archive *archive) { return archive_entry_is_encrypted(archive->entry) == 1; }

int64_t jz_archive_read(jz_archive *archive, uint8_t *buffer, size_t capacity) {
    locale_t before = enter(archive);
    la_ssize_t count = archive_read_data(archive->reader, buffer, capacity);
    leave(before);
    return count < 0 ? -1 : count;
}

const char *jz_archive_version(void) { return archive_version_string() + sizeof "libarchive"; }
