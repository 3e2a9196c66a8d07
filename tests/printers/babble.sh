#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A helper that says anything but an answer.
read -r _
echo "xin chào, tôi không phải là máy vẽ, nhưng tôi nói rất nhiều"
exec tail -f /dev/null
