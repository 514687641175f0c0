"""One outside library each, behind a port of `writetex_desktop.ports`; no Qt widgets."""
