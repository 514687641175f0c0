"""Results on their way out: forms, files, clipboard, the application that the user came from."""
