# gcc for C++ and Objective-C++, by full path: CMake does not search the path for the latter.
find_program(AGX_GXX NAMES g++ REQUIRED)
set(CMAKE_CXX_COMPILER "${AGX_GXX}")
set(CMAKE_OBJCXX_COMPILER "${AGX_GXX}")
