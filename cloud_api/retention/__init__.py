"""Slice: how long the office keeps people, legal holds, and erasing somebody."""
