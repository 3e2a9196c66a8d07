motcua_fuzz(said SOURCES said.c LIBS motcua_scan motcua_dossier motcua_base)
