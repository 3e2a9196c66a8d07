/* SPDX-License-Identifier: Apache-2.0
 *
 * tui/command/list.h — The one-shot commands: word, arguments, what it does.  The
 * table, --help and the manual agree because they are this list. */
#pragma once

#define COMMANDS(X)                                                                        \
	X(board, "[--province]",                                                           \
	  N_("Bảng điều hành toàn màn hình cho người phụ trách: đăng nhập một lần, để cả ngày; --province: tỉnh xem các đơn vị.")) \
	X(receive, "[--json] [--out FILE|DIR] [--printer NAME] FILE.json|-",               \
	  N_("Nhận một hồ sơ từ tệp JSON, in giấy tiếp nhận và hẹn trả kết quả."))         \
	X(search, "[--json] [--by code|name|id|phone|words] [--most N] TEXT…",                   \
	  N_("Tìm hồ sơ theo mã, tên không dấu, số giấy tờ, số điện thoại."))              \
	X(print, "[--json] [--form 01] [--original] [--out FILE|DIR] [--printer NAME] CODE | " \
	         "[--preview FORM] | [--check FILE] | --form FORM [--fields FILE] | "      \
	         "[--list] [--most N] | [--test]",                                         \
	  N_("In lại giấy tờ của một hồ sơ; xem trước, kiểm tra một mẫu; in mẫu từ tệp dữ liệu; máy in, việc in, trang thử.")) \
	X(result, "[--json] [--save FOLDER] CODE",                                         \
	  N_("Kết quả các hệ thống gửi về cho một hồ sơ; --save lưu tệp vào thư mục."))    \
	X(report, "[--json] [--from DAY] [--to DAY] [--period [last-]month|…] [--deciding] [--field NAME] " \
	          "[--personal REASON] [--out FILE] KIND",                                     \
	  N_("Ghi một báo cáo hay bảng kê của một kỳ ra tệp XLSX, CSV hoặc PDF; KIND lạ thì kể ra các loại.")) \
	X(verify, "[--json] TEXT|-",                                                       \
	  N_("Kiểm tra mã QR của giấy tiếp nhận, không cần mạng."))                        \
	X(sign, "[--json] [--key NAME] [--pin-file FILE] [--out DIR] FILE… | [--list]",    \
	  N_("Ký số tệp bằng USB ký số của máy này, một lần PIN; tệp gốc giữ nguyên."))    \
	X(blanks, "[--json] [--most N]",                                                   \
	  N_("Các tập giấy tiếp nhận in sẵn: bao nhiêu tờ còn, đã nhập, huỷ, mất; ai in.")) \
	X(guide, "[--json] CODE",                                                          \
	  N_("Hướng dẫn một thủ tục như danh mục của đơn vị ghi: giấy tờ, thời hạn, phí, căn cứ.")) \
	X(import, "[--json] [--dry-run] FILE…",                                            \
	  N_("Nạp tệp danh mục (KIND.tsv), hồ sơ kết nối (.json, thư mục) vào cơ sở dữ liệu.")) \
	X(export, "[--json] KIND|profiles [FILE|-] | all DIR",                             \
	  N_("Ghi một danh mục, hồ sơ kết nối, hay tất cả, trong cơ sở dữ liệu ra tệp."))  \
	X(doctor, "[--json]",                                                              \
	  N_("Kiểm tra máy này: cơ sở dữ liệu, danh mục, máy in, bộ chuyển hồ sơ, đồng hồ…")) \
	X(backup, "[--json] [--keep N] [--verify] [FOLDER|COPY]",                          \
	  N_("Sao lưu cơ sở dữ liệu, khoá, cấu hình; --verify dựng thử bản mới nhất trên một cơ sở dữ liệu tạm.")) \
	X(restore, "[--json] [FOLDER|COPY]",                                               \
	  N_("Phục hồi từ một bản sao lưu, chỉ ở nơi chưa có cơ sở dữ liệu."))             \
	X(setup, "[--json]",                                                               \
	  N_("Khởi động cơ sở dữ liệu, nạp danh mục, mở bộ chuyển hồ sơ."))                \
	X(stop, "[--json]", N_("Dừng cơ sở dữ liệu và bộ chuyển hồ sơ của máy này."))
