motcua_fuzz(told SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/told.c LIBS motcua_scan)
motcua_fuzz(folder SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/folder.c LIBS motcua_scan)
motcua_fuzz(mark SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/mark.c LIBS motcua_scan)
motcua_fuzz(page SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/page.c LIBS motcua_pages)
