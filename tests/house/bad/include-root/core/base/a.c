/* SPDX-License-Identifier: Apache-2.0 */
#include "core/base/a.h"
#include "b.h"
