"""One operating-system facility each, behind a port; QtCore, QtGui and QtDBus at most."""
