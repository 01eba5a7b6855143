"""Tests of set-up, checks and packages."""
