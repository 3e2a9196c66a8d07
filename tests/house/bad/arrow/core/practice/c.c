/* SPDX-License-Identifier: Apache-2.0 */
#include "core/practice/c.h"
#include "core/store/seal.h"
