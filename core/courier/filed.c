/* SPDX-License-Identifier: Apache-2.0 */
#include "core/courier/filed.h"

#include "core/courier/codec.h"

struct filed filed_of(const json_t *payload)
{
	const json_t *filed = json_object_get(payload, "filed");
	struct filed out = { .at = MOMENT_NONE };
	long channel = 0;
	char at[48];
	codec_number(json_object_get(payload, "channel"), &channel);
	out.at = codec_moment(codec_text(filed, "at", at, sizeof at));
	codec_text(filed, "paid", out.paid, sizeof out.paid);
	codec_text(filed, "through", out.through, sizeof out.through);
	const json_t *verified = json_object_get(filed, "verified");
	out.verified = json_is_boolean(verified) ? json_is_true(verified) : -1;
	if (channel != 2 && !json_is_object(filed)) {
		out.at = codec_moment(codec_text(payload, "received_at", at, sizeof at));
		out.verified = 0;
	}
	return out;
}
