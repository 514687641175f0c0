"""Finding out about endpoints: trials, lists of models, servers on this machine."""
