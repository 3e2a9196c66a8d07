pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
motcua_fuzz(filing SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/filing.c
	${CMAKE_SOURCE_DIR}/tui/command/filing.c ${CMAKE_SOURCE_DIR}/tui/command/filing_fill.c
	LIBS motcua_tui PkgConfig::JANSSON)
