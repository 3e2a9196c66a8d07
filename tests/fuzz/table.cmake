motcua_fuzz(table SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/table.c LIBS motcua_dossier motcua_base)
