"""Starting at login: what each system wants to be told, and telling it."""
