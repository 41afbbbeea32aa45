"""The portal's pages, one module each, over a `Page` of the browser."""
