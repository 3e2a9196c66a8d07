/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/b.h"
#include "printers/qr.h"
