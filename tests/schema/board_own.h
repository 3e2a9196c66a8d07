/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/schema/board_own.h — The cases of the board's test, in three files; each logs in by
 * itself and works on dossiers of its own. */
#pragma once

/* board_kpi.c: the SQL and core/dossier/kpi.c judge random histories alike. */
void both_judges_agree(void **state);
void the_unit_is_the_sum_of_its_dossiers(void **state);
void a_missing_field_leads_to_its_dossiers(void **state);
/* board_province.c */
void the_province_sees_its_units_and_no_person(void **state);
void the_province_has_the_units_form06(void **state);
/* board_forecast.c */
void the_forecast_counts_what_it_says(void **state);
void its_error_is_measured_on_simulated_days(void **state);
void lateness_comes_by_itself_once(void **state);
void a_clock_that_stands_is_late_nowhere(void **state);
void the_watch_watches_everything(void **state);
void loads_follow_the_hands(void **state);
void practice_weeks_are_made_once(void **state);
