/* SPDX-License-Identifier: Apache-2.0 */
#include "core/dossier/a.h"

long a(void)
{
	return time(NULL);
}
