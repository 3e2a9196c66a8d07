/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/profiles.h — The shipped profiles, as core/store reads them. */
#pragma once
#include "core/store/profiles.h"
