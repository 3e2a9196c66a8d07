/* SPDX-License-Identifier: Apache-2.0
 *
 * core/courier/auth.h — Ways of proving who we are that several families share.
 * Profile member "auth":
 *
 *   mode      "session"  the family's own log-in (NDXP: the session in the body)
 *             "client"   OAuth client credentials → token
 *             "password" user and password → token
 *             "lgsp"     lgspaccesstoken + form grant → token, then both
 *             "basic"    account and secret with every call
 *             "keys"     headers of "keys" with every call
 *             "none"
 *   path      of the token endpoint under base_url, or an absolute address
 *   client_in where id and secret stand: "form" (default), "json", "basic"
 *   client_id default: account; user: default: account; scope
 *   names     {ours: theirs} of grant_type, client_id, client_secret, username,
 *             password, scope in the request
 *   fields    {name: text} more members of the request
 *   lgsp      {name: text} of the JSON inside lgspaccesstoken
 *   token, expires  paths in the reply ("data.access_token"), text or list
 *   header    default "Authorization"; scheme: default "Bearer", "": bare
 *   keys      {header: text} with every call; keys_at_login: also there
 *   renew     a session is renewed before anybody logs in anew: {path, fields,
 *             "token", "expires": where the log-in's and the renewal's reply hold
 *             the word to renew with}; sent as JSON
 *
 * In fields, lgsp and keys "{secret}", "{secret:name}" and "{account}" stand for
 * what courier.secrets and the profile hold, "{renewal}" for the word to renew
 * with. */
#pragma once
#include "core/courier/connector.h"

/* Writes CALL_LOGIN: a renewal when there is something to renew with. */
bool auth_login(const struct profile *, const struct call_facts *, struct http_call *,
                struct error *);
/* Puts the session or the credentials into the headers of any other call. */
void auth_sign(const struct profile *, const struct call_facts *, struct http_call *);
/* The token of a log-in reply, "" when there is none or it cannot be one, and
 * how many seconds it lives (0: not told). */
void auth_session(const struct profile *, const struct answer *, char *out, size_t room,
                  int *seconds);
/* The word to renew with that such a reply holds, as auth_session. */
void auth_renewal(const struct profile *, const struct answer *, char *out, size_t room,
                  int *seconds);
/* A secret of this system by its name ("client_secret"), else its plain one. */
const char *auth_secret(const struct call_facts *, const char *name);
