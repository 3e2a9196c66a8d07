# SPDX-License-Identifier: Apache-2.0
# Tests of screens start motcua-draw some hundred times, and starting is what the sanitizers make dear: a sixth of a
# run.  So in their build it is made of objects without them; tests of drawing run motcua-draw-checked, which has them.
add_executable(motcua-draw-checked draw_main.c)
target_link_libraries(motcua-draw-checked PRIVATE motcua_draw_lib)

set(plain)
foreach(room motcua_base motcua_dossier motcua_papers motcua_forms motcua_qr motcua_pdf motcua_draw_lib)
	get_target_property(folder ${room} SOURCE_DIR)
	get_target_property(names ${room} SOURCES)
	foreach(name ${names})
		cmake_path(ABSOLUTE_PATH name BASE_DIRECTORY "${folder}")
		list(APPEND plain "${name}")
	endforeach()
endforeach()
add_library(motcua_plain STATIC ${plain})
set_source_files_properties("${CMAKE_SOURCE_DIR}/core/base/path.c" TARGET_DIRECTORY motcua_plain PROPERTIES COMPILE_DEFINITIONS
	"MOTCUA_SOURCE=\"${CMAKE_SOURCE_DIR}\";MOTCUA_PREFIX=\"${CMAKE_INSTALL_PREFIX}\"")
target_link_libraries(motcua_plain PUBLIC PkgConfig::PANGOCAIRO)
target_compile_options(motcua_plain PRIVATE -fno-sanitize=all)
target_compile_options(motcua-draw PRIVATE -fno-sanitize=all)
target_link_options(motcua-draw PRIVATE -fno-sanitize=all)
# The plain objects come first and hold everything; behind them stand the same rooms for the libraries they need.
target_link_libraries(motcua-draw PRIVATE motcua_plain motcua_draw_lib)
