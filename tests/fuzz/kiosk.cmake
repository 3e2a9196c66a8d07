motcua_fuzz(kiosk_keep SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/kiosk_keep.c LIBS motcua_tui)
motcua_fuzz(kiosk_known SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/kiosk_known.c LIBS motcua_tui)
motcua_fuzz(facts SOURCES ${CMAKE_CURRENT_SOURCE_DIR}/facts.c LIBS motcua_store)
