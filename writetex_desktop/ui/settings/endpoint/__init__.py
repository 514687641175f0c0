"""Settings: the endpoint page, its parts and its presenter.

May use the toolkit and the parts that settings pages share.
"""
