// Being told of images as dyld loads them.
#pragma once

#include <stdint.h>

struct mach_header;

#ifdef __cplusplus
extern "C" {
#endif

uint32_t _dyld_image_count(void);
const char *_dyld_get_image_name(uint32_t index);
void _dyld_register_func_for_add_image(void (*function)(const struct mach_header *image, intptr_t slide));

#ifdef __cplusplus
}
#endif
