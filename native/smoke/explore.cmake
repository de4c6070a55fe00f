# Exploration of small programs, and free-running stress.

# The programs that explore stand before the mutex functions, where ThreadSanitizer has to.
if(NOT AGX_SANITIZE STREQUAL "thread")
  add_library(smoke_explore_parts OBJECT
    explore.cpp explore-course.cpp explore-search.cpp fix-statistics.cpp)
  set(explore_parts $<TARGET_OBJECTS:smoke_parts> $<TARGET_OBJECTS:smoke_explore_parts> $<TARGET_OBJECTS:agx_lock_watch>)
  add_executable(explore ${explore_parts} explore-driver-programs.cpp application.mm)
  target_link_libraries(explore PRIVATE agx_sim agx_schedule objc Threads::Threads ${CMAKE_DL_LIBS})
  foreach(form "" _borrowing)
    add_executable(explore_mps${form} ${explore_parts} explore-tensor-programs.cpp)
    target_link_libraries(explore_mps${form} PRIVATE mps${form} agx_schedule Threads::Threads ${CMAKE_DL_LIBS})
  endforeach()
  add_executable(explore_known ${explore_parts} explore-known.cpp)
  target_link_libraries(explore_known PRIVATE agx_schedule Threads::Threads ${CMAKE_DL_LIBS})
  set_target_properties(explore explore_mps explore_mps_borrowing explore_known PROPERTIES LINKER_LANGUAGE CXX ENABLE_EXPORTS ON)
endif()

add_library(smoke_stress_parts OBJECT stress.cpp)
set(stress_parts $<TARGET_OBJECTS:smoke_parts> $<TARGET_OBJECTS:smoke_stress_parts>)
add_executable(stress ${stress_parts} stress-driver.cpp fix-statistics.cpp application.mm)
target_link_libraries(stress PRIVATE agx_sim agx_schedule objc Threads::Threads ${CMAKE_DL_LIBS})
foreach(form "" _borrowing)
  add_executable(stress_mps${form} ${stress_parts} stress-tensors.cpp)
  target_link_libraries(stress_mps${form} PRIVATE mps${form} agx_schedule Threads::Threads ${CMAKE_DL_LIBS})
endforeach()
add_executable(stress_known ${stress_parts} stress-known.cpp)
target_link_libraries(stress_known PRIVATE agx_schedule Threads::Threads)
set_target_properties(stress stress_mps stress_mps_borrowing stress_known PROPERTIES LINKER_LANGUAGE CXX)
