"""What `make check` looks at beside format, lint, types and import contracts; each module is a command."""
