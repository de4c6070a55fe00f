# clang 19 for C++ and Objective-C++ on the GCC runtime. clang looks for no objc/ headers of GCC's, and
# the folder they lie in holds GCC's own intrinsics too: only objc/ is shown to it, through a link.
find_program(AGX_CLANGXX NAMES clang++-19 REQUIRED HINTS /usr/lib/llvm-19/bin)
set(CMAKE_CXX_COMPILER "${AGX_CLANGXX}")
set(CMAKE_OBJCXX_COMPILER "${AGX_CLANGXX}")

file(GLOB objc_headers /usr/lib/gcc/*/*/include/objc)
list(SORT objc_headers COMPARE NATURAL)
if(NOT objc_headers)
  message(FATAL_ERROR "Could not find OBJC using the following names: objc/runtime.h")
endif()
list(GET objc_headers -1 objc_headers)
set(shown_headers "${CMAKE_BINARY_DIR}/gcc-objc")
file(MAKE_DIRECTORY "${shown_headers}")
file(CREATE_LINK "${objc_headers}" "${shown_headers}/objc" SYMBOLIC)
set(CMAKE_CXX_FLAGS_INIT "-isystem \"${shown_headers}\"")
set(CMAKE_OBJCXX_FLAGS_INIT "-isystem \"${shown_headers}\" -fobjc-runtime=gcc -fobjc-exceptions")
