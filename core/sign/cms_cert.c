/* SPDX-License-Identifier: Apache-2.0 */
#include "core/sign/cms_cert.h"

#include <time.h>

#include <openssl/x509.h>

#include "core/base/text.h"

#define NAME_MOST 200

const char *cert_name(struct arena *arena, const X509 *cert)
{
	X509_NAME *subject = X509_get_subject_name(cert);
	int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
	unsigned char *text = NULL;
	int size = at < 0 ? -1 : ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
	const char *name = size > 0 ? text_mend(arena, (const char *)text, size < NAME_MOST ? (size_t)size : NAME_MOST) : "";
	OPENSSL_free(text);
	return name;
}

moment_t cert_time(const ASN1_TIME *time)
{
	struct tm parts;
	return time && ASN1_TIME_to_tm(time, &parts) ? (moment_t)timegm(&parts) : MOMENT_NONE;
}
