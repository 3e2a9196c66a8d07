motcua_fuzz(keys SOURCES keys.c LIBS motcua_tui)
motcua_fuzz(theme SOURCES theme.c LIBS motcua_tui)
motcua_fuzz(keymap SOURCES keymap.c LIBS motcua_tui)
