/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/address.h — Where a call goes: straight to a system, through the
 * national exchange's REST adapter, or through a security server's own REST
 * transport (X-Road).  Profile members:
 *
 *   base_url      https://host[:port][/prefix], "{practice}" is a port
 *   transport     "adapter" (also for plain systems; the default) or "xroad"
 *   dstcode       "VN:GOV:<agency>:<subsystem>"; none: no exchange between
 *   dstcode_in    "header" "query" "query-encoded" "none", for the adapter
 *   provider_url  put into the query, percent-encoded, for the adapter
 *   xroad_client  "VN/GOV/<agency>/<subsystem>": we, for X-Road
 *   ca_file, cert_file, key_file   PEM files, for https */
#pragma once
#include "core/base/error.h"
#include "core/courier/http.h"
#include "core/courier/profile.h"

/* Puts base, path (its own query may follow a '?'; its parts are percent-
 * encoded where the transport wants it) and the exchange's query into url, its
 * headers and certificates into the call.  FAULT_OFFLINE while the practice
 * world does not run. */
bool address_write(const struct profile *, const char *path, unsigned practice_port,
                   struct http_call *, struct error *);
/* What an X-Road-Error means for a changing call: did the security servers give
 * up before the provider could have seen it? */
bool address_never_arrived(const char *xroad_error);
/* A link they sent (Q15): http://{their-name-for-our-adapter}/XrdAdapter/…, often
 * with '&' where '?' belongs.  Its host becomes ours where it is one of the
 * profile's "link_hosts" (blank-separated), the first '&' without a '?' before
 * it becomes '?'.  FAULT_INPUT when the result is not on the profile's hosts. */
bool address_of_link(const struct profile *, const char *link, unsigned practice_port, char *out,
                     size_t room, struct error *);
