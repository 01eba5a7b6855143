"""Tests of this computer as an account."""
