motcua_fuzz(answer SOURCES answer.c LIBS motcua_courier_lib)
