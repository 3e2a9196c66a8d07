/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/xml.h — The little XML that peers put inside JSON strings, or
 * send where JSON was asked for: elements and text, as JSON and back.  An
 * element with children becomes an object, one without a string; elements of
 * one name in a row become an array; attributes and namespace prefixes are
 * dropped.  No document types, so no entities but the five and numbers. */
#pragma once
#include <jansson.h>
#include <stddef.h>
#include "core/base/bytes.h"

/* {root: …}, a new reference; NULL when it is no XML (or more than 16 deep). */
json_t *xml_read(const char *text, size_t n);
/* value inside an element of that name; arrays repeat it, null is left out. */
void xml_write(struct bytes *, const char *name, const json_t *value);
