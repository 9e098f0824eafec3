"""The edge towards the browser: language, security, errors, pages."""
