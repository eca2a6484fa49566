# Builds that are made whole (release, sanitizers) join sixteen files of a target into one unit, in a
# third of the time: docs/decisions/joined-units.md. The preset dev compiles each file by itself.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)

# outlast_room(name SOURCES file... [USES room...] [LIBRARIES target...] [ALONE file...])
#
# One room = one folder below src/ = one static library. USES is the room's line of
# tools/rooms.txt (a test compares the two); LIBRARIES are third-party targets, private unless
# the room's headers show them. ALONE are sources that no unit joins with others, as they give a
# name of their own that another file of the room gives too.
function(outlast_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES;ALONE" ${ARGN})
  string(REPLACE "/" "_" target ${name})
  list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_SOURCE_DIR}/src/${name}/)
  list(TRANSFORM ARG_ALONE PREPEND ${CMAKE_SOURCE_DIR}/src/${name}/)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  add_library(outlast_${target} STATIC ${ARG_SOURCES})
  target_include_directories(outlast_${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(outlast_${target} PUBLIC outlast_options)
  foreach(used ${ARG_USES})
    string(REPLACE "/" "_" used_target ${used})
    target_link_libraries(outlast_${target} PUBLIC outlast_${used_target})
  endforeach()
  target_link_libraries(outlast_${target} PRIVATE ${ARG_LIBRARIES})
endfunction()
