"""The page of a batch, and of a provider's batch service, with their presenters. May use the toolkit."""
