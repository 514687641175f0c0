"""Endpoints over HTTP, by the SDK of the OpenAI protocol."""
