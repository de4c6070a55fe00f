// The C interface of Apple's Objective-C runtime, as far as the fix uses it.
#pragma once

#include <objc/objc.h>
#include <stddef.h>
#include <stdint.h>

typedef struct objc_ivar *Ivar;
typedef struct objc_method *Method;

#ifdef __cplusplus
extern "C" {
#endif

Class object_getClass(id object);
const char *object_getClassName(id object);

Class objc_getClass(const char *name);
Class objc_lookUpClass(const char *name);
Class *objc_copyClassList(unsigned int *count);
int objc_getClassList(Class *out, int capacity);

const char *class_getName(Class cls);
Class class_getSuperclass(Class cls);
BOOL class_isMetaClass(Class cls);
size_t class_getInstanceSize(Class cls);
BOOL class_respondsToSelector(Class cls, SEL selector);
Ivar class_getInstanceVariable(Class cls, const char *name);
Ivar *class_copyIvarList(Class cls, unsigned int *count);
Method class_getInstanceMethod(Class cls, SEL selector);
Method class_getClassMethod(Class cls, SEL selector);
Method *class_copyMethodList(Class cls, unsigned int *count);
IMP class_getMethodImplementation(Class cls, SEL selector);
BOOL class_addMethod(Class cls, SEL selector, IMP method, const char *types);

SEL method_getName(Method method);
IMP method_getImplementation(Method method);
IMP method_setImplementation(Method method, IMP implementation);
const char *method_getTypeEncoding(Method method);
unsigned int method_getNumberOfArguments(Method method);

const char *ivar_getName(Ivar ivar);
ptrdiff_t ivar_getOffset(Ivar ivar);
const char *ivar_getTypeEncoding(Ivar ivar);

BOOL sel_isEqual(SEL a, SEL b);

#ifdef __cplusplus
}
#endif
