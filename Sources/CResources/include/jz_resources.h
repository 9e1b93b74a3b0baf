// The data files the program carries inside itself, so that one copied binary is the whole program.
#ifndef JZ_RESOURCES_H
#define JZ_RESOURCES_H
#include <stddef.h>
#include <stdint.h>

/// The bytes of the resource of that name, and their number in `count`; NULL where there is none.
const uint8_t *_Nullable jz_resource(const char *_Nonnull name, size_t *_Nonnull count);
/// The name of resource number `index`, or NULL past the last.
const char *_Nullable jz_resource_name(size_t index);

#endif
