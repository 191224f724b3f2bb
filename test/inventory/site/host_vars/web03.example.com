level: host_vars
