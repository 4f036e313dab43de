"""Figures of the diploma: counted at night, looked at in chat and on pages, taken along as files."""
