/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever stands in a profile's template, expanding it must not hurt, and
 * whatever a peer writes as XML, reading it must not. */
#include <stdint.h>
#include <stdlib.h>

#include "core/courier/codec.h"
#include "core/courier/template.h"
#include "core/courier/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char payload_text[] =
	"{\"code\":\"H01.999-261120-0007\",\"owner\":{\"name\":\"A\",\"kind\":\"person\"},\"channel\":1,"
	"\"received_at\":\"2026-11-20T09:41:00+07:00\",\"components\":[{\"name\":\"x\",\"action\":\"submit\"},"
	"{\"name\":\"y\"}],\"extra\":\"<a><b>1</b></a>\"}";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct profile profile;
	struct error err = { 0 };
	struct bytes line = { 0 };
	json_t *own = json_loads("{\"base_url\":\"x\",\"account\":\"x\",\"maps\":{\"m\":{\"1\":\"2\"}}}", 0,
	                         NULL);
	if (!profile_take(&profile, "x", "x", "json", own, NULL))
		abort();
	struct call_facts facts = {
		.session = "s", .secret = "k", .code = "c", .cursor = "",
		.payload = json_loads(payload_text, 0, NULL),
		.files = json_loads("[{\"id\":1,\"component\":0,\"name\":\"f\",\"size\":3}]", 0, NULL),
		.memory = json_object(), .known = json_object(),
	};
	struct template_scope scope = { .profile = &profile, .facts = &facts };
	json_t *node = json_loadb((const char *)data, size, JSON_DECODE_ANY, NULL);
	json_t *out = node ? template_expand(&scope, node, &err) : NULL;
	if (node && !out && err.fault != FAULT_INPUT && err.fault != FAULT_BUG)
		abort();
	bytes_add(&line, data, size);
	struct bytes expanded = { 0 };
	template_line(&scope, bytes_string(&line), true, &expanded, NULL);
	json_decref(template_find(&scope, bytes_string(&line)));
	json_t *xml = xml_read((const char *)data, size);
	if (xml) {
		bytes_clear(&expanded);
		void *root = json_object_iter(xml);
		xml_write(&expanded, json_object_iter_key(root), json_object_iter_value(root));
		json_t *again = xml_read(bytes_string(&expanded), expanded.size);
		if (!again)
			abort();
		json_decref(again);
	}
	json_decref(xml);
	bytes_free(&line);
	bytes_free(&expanded);
	json_decref(out);
	json_decref(node);
	json_decref((json_t *)(uintptr_t)facts.payload);
	json_decref((json_t *)(uintptr_t)facts.files);
	json_decref(facts.memory);
	json_decref(facts.known);
	profile_clear(&profile);
	json_decref(own);
	return 0;
}
