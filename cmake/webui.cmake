# The page of webui/ as one file, WEBUI_PAGE: built again only where its sources have changed.
set(WEBUI_PAGE ${CMAKE_BINARY_DIR}/webui/report.html)
set(WEBUI_FOLDER ${CMAKE_SOURCE_DIR}/webui)
file(GLOB_RECURSE WEBUI_SOURCES CONFIGURE_DEPENDS ${WEBUI_FOLDER}/src/*)
add_custom_command(OUTPUT ${WEBUI_PAGE}
  COMMAND ${CMAKE_SOURCE_DIR}/tools/build_webui ${WEBUI_PAGE}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/build_webui ${WEBUI_SOURCES} ${WEBUI_FOLDER}/report.html
    ${WEBUI_FOLDER}/package.json ${WEBUI_FOLDER}/package-lock.json ${WEBUI_FOLDER}/one_file.ts
    ${WEBUI_FOLDER}/svelte.config.js ${WEBUI_FOLDER}/vite.config.ts ${WEBUI_FOLDER}/tsconfig.json
  COMMENT "Building the page of webui" VERBATIM)
