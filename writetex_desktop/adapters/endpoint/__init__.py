"""Endpoints over HTTP, in the OpenAI protocol."""
