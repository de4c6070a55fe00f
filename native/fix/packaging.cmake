# The fix as others take it: a shared library to inject, a static one, the objects themselves for
# compiling into a host library, and what `cmake --install` puts in place.

# Linked whole: the constructor that installs the hooks is named by nobody, so that an archive's
# member would be left out where the host calls no function of the interface.
add_library(agx_fix_objects INTERFACE)
target_sources(agx_fix_objects INTERFACE $<TARGET_OBJECTS:agx_fix_parts> $<TARGET_OBJECTS:agx_fix_protection>)
target_link_libraries(agx_fix_objects INTERFACE objc ${CMAKE_THREAD_LIBS_INIT} ${CMAKE_DL_LIBS})

add_library(agx_fix_static STATIC $<TARGET_OBJECTS:agx_fix_parts> $<TARGET_OBJECTS:agx_fix_protection>)
set_target_properties(agx_fix_static PROPERTIES OUTPUT_NAME agx_fix LINKER_LANGUAGE CXX)
target_link_libraries(agx_fix_static INTERFACE objc ${CMAKE_THREAD_LIBS_INIT} ${CMAKE_DL_LIBS})

set_target_properties(agx_fix PROPERTIES INSTALL_NAME_DIR @rpath BUILD_WITH_INSTALL_NAME_DIR ON)
# arm64 code runs only when it is signed, if only ad hoc; so is the other half, and both can be checked.
if(APPLE)
  target_link_options(agx_fix PRIVATE LINKER:-adhoc_codesign)
endif()

include(GNUInstallDirs)
install(TARGETS agx_fix agx_fix_static EXPORT agx_fix-config INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES agx_fix.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT agx_fix-config NAMESPACE agx_fix:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/agx_fix)
