motcua_fuzz(escpos SOURCES escpos.c LIBS motcua_carriers)
motcua_fuzz(fields SOURCES fields.c LIBS motcua_papers)
motcua_fuzz(form SOURCES form.c LIBS motcua_draw_lib)
motcua_fuzz(draw_request SOURCES draw_request.c LIBS motcua_draw_lib)
