"""The catalogue at the editors' desk."""
