motcua_fuzz(answer SOURCES answer.c LIBS motcua_courier_lib)
motcua_fuzz(template SOURCES template.c LIBS motcua_courier_lib)
motcua_fuzz(link SOURCES link.c LIBS motcua_courier_lib)
motcua_fuzz(rights SOURCES rights.c LIBS motcua_courier_lib)
