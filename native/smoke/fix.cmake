# What concerns the fix alone: monitors, a second driver, a driver that is loaded late or never, what is said.
add_executable(smoke_fix
  $<TARGET_OBJECTS:smoke_parts> fix-program.cpp fix-scenarios.cpp fix-fork-scenarios.cpp fix-monitor-scenarios.cpp
  fix-hooking-scenarios.cpp fix-record-scenarios.cpp fix-driver.mm fix-statistics.cpp application.mm)
target_link_libraries(smoke_fix PRIVATE agx_sim agx_schedule objc Threads::Threads ${CMAKE_DL_LIBS})

add_executable(smoke_late $<TARGET_OBJECTS:smoke_parts> fix-late-program.cpp fix-statistics.cpp)
target_link_libraries(smoke_late PRIVATE agx_schedule objc Threads::Threads ${CMAKE_DL_LIBS})
add_dependencies(smoke_late agx_sim agx_sim_partial agx_fix)

add_executable(smoke_built $<TARGET_OBJECTS:smoke_parts> fix-built-program.cpp fix-statistics.cpp)
target_link_libraries(smoke_built PRIVATE agx_schedule objc Threads::Threads ${CMAKE_DL_LIBS})

add_executable(smoke_said $<TARGET_OBJECTS:smoke_parts> fix-said-program.cpp)
target_link_libraries(smoke_said PRIVATE agx_schedule Threads::Threads)
add_dependencies(smoke_said smoke_fix smoke_late smoke_partial)
if(NOT AGX_SANITIZE)
  add_dependencies(smoke_said host_program host_program_plain)
endif()
set_target_properties(smoke_built smoke_fix smoke_late smoke_said PROPERTIES LINKER_LANGUAGE CXX)

add_fix_library(agx_fix_kept_in_child controls/guard-kept-in-child.cpp
  "${CMAKE_SOURCE_DIR}/fix/references.cpp" "${CMAKE_SOURCE_DIR}/fix/encoder-table.cpp")
add_fix_library(agx_fix_looking_up controls/references-looked-up.cpp
  "${CMAKE_SOURCE_DIR}/fix/guard.cpp" "${CMAKE_SOURCE_DIR}/fix/encoder-table.cpp")

if(NOT AGX_SANITIZE)
  add_library(smoke_open_mutexes SHARED controls/mutexes-of-the-fix-open.cpp)
  target_link_libraries(smoke_open_mutexes PRIVATE ${CMAKE_DL_LIBS})
endif()
add_library(smoke_stopped_hooking SHARED controls/hooking-that-stops.cpp)
target_link_libraries(smoke_stopped_hooking PRIVATE agx_schedule objc ${CMAKE_DL_LIBS})
