"""A simulated job portal: a real, server-rendered web site of its own with synthetic seafarers.

It behaves as the portal's contract says and knows nothing of the programs that drive it. `people`
invents the seafarers, `sessions` decides about logins, `faults` about what goes wrong on purpose, `site`
serves the pages, `server` runs them.
"""
