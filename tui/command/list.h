/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/list.h — The one-shot commands: word, arguments, what it does.  The
 * table, --help and the manual agree because they are this list. */
#pragma once

#define COMMANDS(X)                                                                        \
	X(setup, "", N_("Khởi động cơ sở dữ liệu, nạp danh mục, mở bộ chuyển hồ sơ."))     \
	X(stop, "", N_("Dừng cơ sở dữ liệu và bộ chuyển hồ sơ của máy này."))
