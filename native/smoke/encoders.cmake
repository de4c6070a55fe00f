# Scenarios on encoders of every class.
target_sources(smoke PRIVATE encoder-conflict-scenarios.cpp encoder-race-scenarios.cpp)

# The smoke program, and the census of classes and selectors, on the driver with parts missing as well.
add_executable(smoke_partial $<TARGET_OBJECTS:smoke_parts> $<TARGET_OBJECTS:smoke>)
target_link_libraries(smoke_partial PRIVATE agx_sim_partial agx_schedule objc Threads::Threads ${CMAKE_DL_LIBS})

add_library(smoke_census_parts OBJECT census.cpp fix-statistics.cpp)
add_executable(census $<TARGET_OBJECTS:smoke_census_parts>)
target_link_libraries(census PRIVATE agx_sim objc ${CMAKE_DL_LIBS})
add_executable(census_partial $<TARGET_OBJECTS:smoke_census_parts>)
target_link_libraries(census_partial PRIVATE agx_sim_partial objc ${CMAKE_DL_LIBS})
set_target_properties(smoke_partial census census_partial PROPERTIES LINKER_LANGUAGE CXX)
