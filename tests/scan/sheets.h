/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/scan/sheets.h — Sheets as a scanner would send them: a form in Vietnamese,
 * drawn, laid askew, turned, darkened, with a QR. */
#pragma once
#include <stdbool.h>

#define SHEET_TEXT                                                                             \
	"CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"                                                \
	"Độc lập - Tự do - Hạnh phúc\n"                                                       \
	"TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN\n"                                     \
	"Kính gửi: Uỷ ban nhân dân xã Núi Cấm\n"                                              \
	"Họ, chữ đệm, tên người yêu cầu: Nguyễn Thị Thuỳ Dương\n"                             \
	"Nơi cư trú: ấp Tà Lọt, xã An Hảo, tỉnh An Giang\n"                                   \
	"Giấy tờ tuỳ thân: thẻ căn cước số 089199990001\n"                                    \
	"Trong thời gian cư trú tại địa phương từ ngày 12 tháng 8 năm 2021 đến nay,\n"        \
	"chưa đăng ký kết hôn với ai. Tôi cam đoan những nội dung khai trên đây là đúng\n"    \
	"sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình.\n"                 \
	"Mục đích sử dụng: bổ túc hồ sơ vay vốn tại ngân hàng chính sách.\n"                  \
	"Làm tại xã Núi Cấm, ngày 20 tháng 11 năm 2026"

struct sheet {
	const char *text;    /* NULL: SHEET_TEXT; "": nothing            */
	int dpi;             /* 0: 200                                   */
	double skew;         /* degrees                                  */
	int quarters;        /* turned clockwise                         */
	int paper, ink;      /* gray; 0: 245 and 30                      */
	double left;         /* millimetres from the left edge; 0: 20    */
	const char *qr;      /* a QR …                                   */
	double qr_mm;        /* … so wide; 0: 60                         */
};
/* A JPEG of an A4 sheet; a PGM when its name ends so. */
void draw_sheet(const char *path, const struct sheet *);
