"""What support is given of a computer: everything that helps, and nothing about anybody."""
