// The Objective-C types, as Apple's runtime declares them.
#pragma once

typedef struct objc_class *Class;
typedef struct objc_object *id;
typedef struct objc_selector *SEL;
typedef void (*IMP)(void);

#if defined(__aarch64__)
#include <stdbool.h>
typedef bool BOOL;
#else
typedef signed char BOOL;
#endif

#define YES ((BOOL)1)
#define NO ((BOOL)0)

#ifdef __cplusplus
#define Nil nullptr
#define nil nullptr
extern "C" {
#endif

SEL sel_registerName(const char *name);
const char *sel_getName(SEL selector);

#ifdef __cplusplus
}
#endif
