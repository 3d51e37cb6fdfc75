local fast = require "fastsync"
fast.warn("too early")
