"""Files: settings, history, spending, results, submissions, logs, and the program's own data."""
