# clang 19 and lld 19 for macOS 13 and newer, on any host: headers and symbol lists are the repository's
# own (macho/sysroot). The architectures are the preset's. arm64e is not among them: lld 19 links it
# without a word and writes the wrong cpu subtype.
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_PROCESSOR arm64)
set(CMAKE_OSX_SYSROOT "${CMAKE_CURRENT_LIST_DIR}/../macho/sysroot")
set(CMAKE_OSX_DEPLOYMENT_TARGET 13.0)
# Programs for macOS neither link here (no start-up code) nor run.
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
# libSystem holds the threads; a test that cannot link would not find that out.
set(CMAKE_HAVE_LIBC_PTHREAD TRUE)

# By its versioned name anywhere, or by its plain name where version 19 is kept apart (Homebrew).
set(places /usr/lib/llvm-19/bin /opt/homebrew/opt/llvm@19/bin /opt/homebrew/opt/lld@19/bin
  /usr/local/opt/llvm@19/bin /usr/local/opt/lld@19/bin)
macro(find_tool variable name)
  find_program(${variable} NAMES ${name}-19 HINTS ${places})
  find_program(${variable} NAMES ${name} PATHS ${places} NO_DEFAULT_PATH)
  find_program(${variable} NAMES ${name}-19 REQUIRED)
endmacro()
find_tool(AGX_CLANGXX clang++)
find_tool(AGX_LLD ld64.lld)
find_tool(AGX_LIPO llvm-lipo)
find_tool(AGX_LIBTOOL llvm-libtool-darwin)
find_tool(CMAKE_INSTALL_NAME_TOOL llvm-install-name-tool)
find_tool(CMAKE_AR llvm-ar)

# clang runs `lipo` and `ld64.lld` by these names, wherever they are installed.
set(tools "${CMAKE_BINARY_DIR}/tools")
file(MAKE_DIRECTORY "${tools}")
file(CREATE_LINK "${AGX_LIPO}" "${tools}/lipo" SYMBOLIC)
file(CREATE_LINK "${AGX_LLD}" "${tools}/ld64.lld" SYMBOLIC)

set(CMAKE_CXX_COMPILER "${AGX_CLANGXX}")
set(CMAKE_CXX_COMPILER_TARGET arm64-apple-macos)
set(CMAKE_CXX_FLAGS_INIT "-B\"${tools}\"")
set(CMAKE_SHARED_LINKER_FLAGS_INIT -fuse-ld=lld)
# ar and ranlib know nothing of objects for two architectures. Without -U the members carry no date.
set(CMAKE_RANLIB "")
set(CMAKE_CXX_ARCHIVE_CREATE "\"${AGX_LIBTOOL}\" -static -o <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_FINISH "")
set(CMAKE_CXX_ARCHIVE_APPEND "")
