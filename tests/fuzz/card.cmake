motcua_fuzz(card SOURCES card.c LIBS motcua_dossier motcua_base)
