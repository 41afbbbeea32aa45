"""Tests of the whole product; `unit` mirrors the packages."""
