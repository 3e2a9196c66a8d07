/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/command/copies.h — A copy of the shop is made, proved, damaged, and brought back after all
 * was lost: the last cases of receive_test.c. */
#pragma once

extern char shop_code[40], shop_qr[400]; /* a dossier of the shop and the QR of its receipt */

void a_copy_is_whole_private_and_proved(void **state);
void a_server_elsewhere_is_dumped(void **state);
void a_damaged_copy_is_refused(void **state);
void what_was_lost_comes_back(void **state);
