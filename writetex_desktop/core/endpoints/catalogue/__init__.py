"""The catalogue of providers and models, and what a server's own list says.

The data stands in `resources/providers.toml`. May use what `endpoints` may, and its addresses.
"""
