/* SPDX-License-Identifier: Apache-2.0 */
#include <sodium.h>
#include "core/store/b.h"
