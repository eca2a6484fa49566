# outlast_room(name SOURCES file... [USES room...] [LIBRARIES target...])
#
# One room = one folder below src/ = one static library. USES is the room's line of
# tools/rooms.txt (a test compares the two); LIBRARIES are third-party targets, private unless
# the room's headers show them.
function(outlast_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target ${name})
  list(TRANSFORM ARG_SOURCES PREPEND ${CMAKE_SOURCE_DIR}/src/${name}/)
  add_library(outlast_${target} STATIC ${ARG_SOURCES})
  target_include_directories(outlast_${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(outlast_${target} PUBLIC outlast_options)
  foreach(used ${ARG_USES})
    string(REPLACE "/" "_" used_target ${used})
    target_link_libraries(outlast_${target} PUBLIC outlast_${used_target})
  endforeach()
  target_link_libraries(outlast_${target} PRIVATE ${ARG_LIBRARIES})
endfunction()
