/* SPDX-License-Identifier: Apache-2.0 */
#include <xlsxwriter.h>
#include "core/sheet/e.h"
