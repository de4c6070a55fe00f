# The programs that fork and that interrupt, and their controls: each is the program with one object in
# the place of a member of libmps. The work of a child reaches for libobjc.
add_library(smoke_fork_parts OBJECT fork-child.cpp fork-entries.cpp fork-program.cpp fork-scenarios.cpp)
add_library(smoke_signal_parts OBJECT signal-handlers.cpp signal-program.cpp signal-scenarios.cpp)

function(add_mps_program topic name)
  add_executable(${name} $<TARGET_OBJECTS:smoke_parts> $<TARGET_OBJECTS:smoke_${topic}_parts> ${ARGN})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(${name} PRIVATE mps agx_schedule $<$<STREQUAL:${topic},fork>:objc> Threads::Threads)
endfunction()

add_mps_program(fork smoke_fork)
add_mps_program(signal smoke_signal)

if(NOT AGX_SANITIZE)
  add_executable(smoke_mps_abandoning
    $<TARGET_OBJECTS:smoke_parts> $<TARGET_OBJECTS:smoke_mps_parts> controls/mps-dispatch-leaves-lock.cpp)
  set_target_properties(smoke_mps_abandoning PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(smoke_mps_abandoning PRIVATE mps agx_schedule Threads::Threads)
  add_executable(smoke_mps_unlocked
    $<TARGET_OBJECTS:smoke_parts> $<TARGET_OBJECTS:smoke_mps_parts> controls/mps-mutex-that-excludes-nobody.cpp)
  set_target_properties(smoke_mps_unlocked PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(smoke_mps_unlocked PRIVATE mps agx_schedule Threads::Threads)
  add_mps_program(fork smoke_fork_unmarked controls/mps-fork-handler-missing.cpp)
  add_mps_program(fork smoke_fork_locking controls/mps-fork-handler-locks.cpp)
  add_mps_program(fork smoke_fork_tested_late controls/mps-pool-flag-tested-late.cpp)
  add_mps_program(fork smoke_fork_registered_late controls/mps-pool-registered-late.cpp)
  add_mps_program(fork smoke_fork_without_lock controls/mps-pool-without-lock.cpp)
  add_mps_program(fork smoke_fork_null controls/mps-default-stream-null.cpp)
  add_mps_program(fork smoke_fork_stale controls/mps-afresh-keeps-state.cpp)
  add_mps_program(signal smoke_signal_locking controls/mps-interrupt-handler-locks.cpp)
  add_mps_program(signal smoke_signal_calling controls/mps-interrupt-handler-calls-anything.cpp)
  add_mps_program(signal smoke_signal_unchained controls/mps-interrupt-handler-ends-chain.cpp)
  add_mps_program(signal smoke_signal_untaken controls/mps-interrupt-never-taken.cpp)
  add_mps_program(signal smoke_signal_naive controls/mps-trace-naive.cpp)
  add_mps_program(signal smoke_signal_staying controls/mps-trace-never-restores.cpp)
endif()

