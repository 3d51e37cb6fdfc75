"""Holds the journal's lock as a run does."""
import fcntl
import time

lock = open(".fastsync/kh/journal.lock", "r+")
fcntl.lockf(lock, fcntl.LOCK_EX)
open("held", "w").close()
time.sleep(60)
