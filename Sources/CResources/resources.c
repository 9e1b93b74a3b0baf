#include "jz_resources.h"
#include <string.h>

// To add a resource: put the file into the `Resources` folder of the module that reads it (which its target excludes
// in Package.swift), embed it here, and name it in the table below. The compiler records embedded files as
// dependencies, so an edited file is taken in by the next build; a test compares both and says what is missing.

// A warning of C17 compilers; the one of the toolchain knows #embed in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t complaint_routes[] = {
#embed "../Reporting/Resources/complaint-routes.json5"
};
static const uint8_t cues[] = {
#embed "../Classification/Resources/cues.txt"
};
static const uint8_t model[] = {
#embed "../Classification/Resources/model.bin"
};
static const uint8_t lookalikes[] = {
#embed "../Tokenization/Resources/lookalikes.txt"
};
static const uint8_t pinyin[] = {
#embed "../Tokenization/Resources/pinyin.txt"
};
static const uint8_t readings[] = {
#embed "../Tokenization/Resources/readings.txt"
};
static const uint8_t simplified[] = {
#embed "../Tokenization/Resources/simplified.txt"
};
static const uint8_t words[] = {
#embed "../Tokenization/Resources/words.txt"
};
static const uint8_t field_words[] = {
#embed "../Tokenization/Resources/field-words.txt"
};
static const uint8_t terms[] = {
#embed "../Tokenization/Resources/terms.txt"
};
static const uint8_t splits[] = {
#embed "../Tokenization/Resources/splits.txt"
};
static const uint8_t shapes[] = {
#embed "../Tokenization/Resources/shapes.txt"
};
static const uint8_t clean_words[] = {
#embed "../Tokenization/Resources/clean-words.txt"
};

static const struct {
    const char *name;
    const uint8_t *bytes;
    size_t count;
} resources[] = {
    {"complaint-routes.json5", complaint_routes, sizeof complaint_routes},
    {"cues.txt", cues, sizeof cues},
    {"model.bin", model, sizeof model},
    {"lookalikes.txt", lookalikes, sizeof lookalikes},
    {"pinyin.txt", pinyin, sizeof pinyin},
    {"readings.txt", readings, sizeof readings},
    {"simplified.txt", simplified, sizeof simplified},
    {"words.txt", words, sizeof words},
    {"field-words.txt", field_words, sizeof field_words},
    {"terms.txt", terms, sizeof terms},
    {"splits.txt", splits, sizeof splits},
    {"shapes.txt", shapes, sizeof shapes},
    {"clean-words.txt", clean_words, sizeof clean_words},
};

const uint8_t *jz_resource(const char *name, size_t *count) {
    for (size_t i = 0; i < sizeof resources / sizeof *resources; i++) {
        if (strcmp(resources[i].name, name) != 0) continue;
        *count = resources[i].count;
        return resources[i].bytes;
    }
    *count = 0;
    return NULL;
}

const char *jz_resource_name(size_t index) {
    return index < sizeof resources / sizeof *resources ? resources[index].name : NULL;
}
