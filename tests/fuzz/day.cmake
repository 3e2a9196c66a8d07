motcua_fuzz(day SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/day.c LIBS motcua_practice_lib)
