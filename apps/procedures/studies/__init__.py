"""Municipal studies, and requests of organisations for one."""
