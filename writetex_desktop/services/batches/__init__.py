"""Many pictures: read here side by side, or handed to a provider's batch service."""
