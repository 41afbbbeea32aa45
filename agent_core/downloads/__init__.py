"""The download job: what to fetch or skip, and the run that gives every listed person an outcome."""
