return require "fastsync".col "Chưa có"
