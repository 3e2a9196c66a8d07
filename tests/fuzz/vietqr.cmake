motcua_fuzz(vietqr SOURCES vietqr.c LIBS motcua_dossier motcua_base)
