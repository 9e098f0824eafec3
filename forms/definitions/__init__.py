"""The e-services that come with the portal, one TOML file each."""
