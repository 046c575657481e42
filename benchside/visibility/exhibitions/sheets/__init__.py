"""Panels as sheets to print: A1, tagged, with or without bleed and crop marks. No Django here."""
