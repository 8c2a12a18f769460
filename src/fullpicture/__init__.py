"""Evidence on the response to vulnerability, safe to publish and traced to its rows."""
