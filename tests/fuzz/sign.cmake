motcua_fuzz(ranges SOURCES ranges.c LIBS motcua_ranges)
motcua_fuzz(image SOURCES image.c LIBS motcua_ranges)
