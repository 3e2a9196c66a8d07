#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A helper that never answers.
exec tail -f /dev/null
